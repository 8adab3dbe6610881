"""Computes again, for nodes that are stored, the values that a load derives from a row's other values."""

from collections.abc import Mapping
from typing import Any

from graph.ids import global_id
from graph.search.folding import fold_document_number
from graph.search.stored_text import searched
from loaders.format.tables import Table

from .search_text import SearchProperties


class DerivedValues:
    """Computes them for the nodes of one table."""

    def __init__(self, table: Table) -> None:
        self._label = table.node
        self._searched = SearchProperties(table.node)
        self._names = set(searched(table.node))
        self._documents = [column.prop for column in table.columns if column.document]

    def of(self, key: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        """The values by property; None for what must not be there."""
        given = {name: properties[name] for name in self._documents if name in properties}
        documents = {f"{name}Key": fold_document_number(value) for name, value in given.items()}
        texts = self._searched.of({**properties, **documents})
        return {
            "id": global_id(self._label, key),
            **documents,
            **{name: texts.get(name) for name in self._names},
        }
