"""A statement that writes, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Write:
    """A statement with its name, which goes into the transaction log and metrics."""

    name: str
    text: str

    @property
    def reads(self) -> bool:
        """Whether it changes nothing: such a statement is named for that."""
        return self.name.startswith("read")
