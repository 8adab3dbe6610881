"""Computes the values of a node that follow from others of its row: when it is read, and again when it is stored."""

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
        self._names = searched(table.node)
        self._documents = [(column.prop, f"{column.prop}Key") for column in table.columns if column.document]

    def of(self, key: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        """The values by property, for the key and the other properties of a node."""
        found = {"id": global_id(self._label, key)}
        for name, folded in self._documents:
            if name in properties:
                found[folded] = fold_document_number(properties[name])
        return found | self._searched.of({**properties, **found})

    def stale(self, key: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Those that a stored node should have and does not; None for one that it should not have."""
        expected = dict.fromkeys(self._names) | self.of(key, properties)
        return {name: value for name, value in expected.items() if properties.get(name) != value}
