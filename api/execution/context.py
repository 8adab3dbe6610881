"""What every operation is executed with."""

from dataclasses import dataclass

from graph.calendar import today
from graph.identity.key import IdentityKey
from graph.statements.arguments import RequestContext
from graph.store.database import Database


@dataclass(frozen=True)
class Context:
    """What an operation is executed with."""

    database: Database
    key: IdentityKey
    max_page: int
    max_batch: int

    def request_context(self) -> RequestContext:
        """What is the same for the whole of an operation that begins now."""
        return RequestContext(today(), self.key, self.max_page, self.max_batch)
