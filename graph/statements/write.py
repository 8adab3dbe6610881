"""A statement that writes, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Write:
    """A statement with its name, which appears in the transaction log and metrics."""

    name: str
    text: str

    @property
    def reads(self) -> bool:
        """Whether it only reads. The name of such a statement says so."""
        return self.name.startswith("read")
