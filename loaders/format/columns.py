"""A column of the format, and what its cells become."""

from dataclasses import dataclass
from functools import cached_property

from graph.model import Label
from graph.writes.loading import Link
from loaders.format.cells import Reader, read_name


def camel(name: str) -> str:
    """The property of a column: `short_name` is `shortName`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


@dataclass(frozen=True)
class Column:
    """One column: how its cells are read and what becomes of the value."""

    name: str
    read: Reader = read_name
    optional: bool = False
    """The column may be absent and its cells may be empty."""
    blank: bool = False
    """Cells may be empty, but the column must be there."""
    words: tuple[str, ...] = ()
    """The vocabulary, for those columns that have one."""
    names: Label | None = None
    """What the code or codes in a cell name; the value is then a reference and no property."""
    link: Link | None = None
    """The relationship that a reference makes; None where the row itself is a relationship."""
    many: bool = False
    """The cell holds a list."""
    stored: bool = True
    """The value becomes the property; not so for references, and for identifiers, which the table's check stores."""
    document: bool = False
    """Beside the property, the number as it is matched is stored under the same name with `Key` after it."""

    @property
    def target(self) -> Label:
        """What a reference names. Raises TypeError for another column."""
        if self.names is None:
            raise TypeError(f"{self.name} is no reference")
        return self.names

    @cached_property
    def prop(self) -> str:
        """Name of the property."""
        return camel(self.name)

    @property
    def required(self) -> bool:
        """Whether its cells must hold something."""
        return not (self.optional or self.blank)
