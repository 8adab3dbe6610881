"""The context that every operation shares."""

from dataclasses import dataclass

from graph.calendar import today
from graph.identity.key import IdentityKey
from graph.statements.arguments import RequestContext
from graph.store.database import Database


@dataclass(frozen=True)
class Context:
    """The context of every operation."""

    database: Database
    key: IdentityKey
    max_page: int
    max_batch: int

    def request_context(self) -> RequestContext:
        """The context of an operation that starts now, the same for all its fields."""
        return RequestContext(today(), self.key, self.max_page, self.max_batch)
