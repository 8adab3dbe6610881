"""From a record to a row: reads its cells and runs its own checks, and records all problems. Looks nothing up."""

from graph.errors import IdentifierError
from graph.identity.identifiers import identify
from graph.identity.key import IdentityKey
from graph.masking import Masked, mask_text
from graph.model import Label
from loaders.format.cells import CellError
from loaders.format.columns import Column, camel
from loaders.format.tables import Table

from .dataset import Record
from .derived import DerivedValues
from .identifiers import identify_entity, unreadable
from .row import Cells, Problem, Row


class RowReader:
    """Turns the records of one file into rows."""

    def __init__(self, table: Table, header: tuple[str, ...], key: IdentityKey) -> None:
        self._table = table
        columns = [table.by_name[name] for name in header]
        # Looked up once, because a million rows use them.
        self._columns = [(column, column.read, column.prop, column.stored, column.required) for column in columns]
        self._names = header
        self._key = key
        self._derived = DerivedValues(table) if table.label else None
        self._key_property = table.by_name[table.key[0]].prop
        self._orders = [(first, second, camel(first), camel(second)) for first, second in table.orders]

    def read(self, record: Record) -> Row:
        """Read a record. Never raises for its content."""
        row = Row(record.line, private=not self._table.catalogue)
        if record.problem:
            row.problems.append(Problem("", Masked(), mask_text(record.problem)))
            return row
        cells = list(map(str.strip, record.cells))
        row.cells = Cells(dict(zip(self._names, cells, strict=True)))
        properties, table = row.properties, self._table
        for (column, read, prop, stored, required), text in zip(self._columns, cells, strict=True):
            if not text:
                if required:
                    row.refuse(column.name, "the cell is empty")
                continue
            try:
                if stored:
                    properties[prop] = read(text)
                elif column.names:
                    row.references[column.name] = self._read_reference(row, column, text)
            except CellError as error:
                row.refuse(column.name, str(error))
        if table.label is Label.ENTITY:
            identify_entity(row, self._key)
        elif table.label:
            row.key = properties.get(self._key_property, "")
        if self._derived and row.key:
            properties.update(self._derived.of(row.key, properties))
        for first, second, earlier, later in self._orders:
            if earlier in properties and later in properties and properties[later] < properties[earlier]:
                row.refuse(second, f"it lies before {first} ({properties[earlier].isoformat()})")
        return row

    def _read_reference(self, row: Row, column: Column, text: str) -> list[tuple[str, ...]]:
        if column.names is Label.ENTITY:
            try:
                return [identify(text, self._key).values]
            except IdentifierError as error:
                row.refuse(column.name, str(error))
                return [(unreadable(text, self._key),)]
        codes = column.read(text)
        return [(code,) for code in codes] if column.many else [(codes,)]
