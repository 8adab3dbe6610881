"""A column of the format, and the use of its cells."""

from dataclasses import dataclass
from functools import cached_property

from graph.model import Label
from graph.writes.loading import Link
from loaders.format.cells import Reader, read_name


def camel(name: str) -> str:
    """The property name of a column: `short_name` becomes `shortName`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


@dataclass(frozen=True)
class Column:
    """One column: how its cells are read, and what is stored of the value."""

    name: str
    read: Reader = read_name
    optional: bool = False
    """The column may be absent and its cells may be empty."""
    blank: bool = False
    """Cells may be empty, but the column is required."""
    words: tuple[str, ...] = ()
    """The words of an enum, if the column has one."""
    names: Label | None = None
    """The label of the node that a code in a cell names; the value is then a reference and not a property."""
    link: Link | None = None
    """The relationship of a reference; None if the row itself is a relationship."""
    many: bool = False
    """The cell holds a list."""
    stored: bool = True
    """Whether the value becomes the property. False for references, and for identifiers, which the table's check
    stores."""
    document: bool = False
    """Besides the property, store the number in its compared form, in a property with `Key` added to the name."""

    @property
    def target(self) -> Label:
        """The label of a reference. Raises TypeError for another column."""
        if self.names is None:
            raise TypeError(f"{self.name} is no reference")
        return self.names

    @cached_property
    def prop(self) -> str:
        """Name of the property."""
        return camel(self.name)

    @property
    def required(self) -> bool:
        """Whether its cells must not be empty."""
        return not (self.optional or self.blank)
