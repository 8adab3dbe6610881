"""The limits of a document, checked before anything runs, in time linear in the document however its fragments
chain."""

from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, GraphQLError, GraphQLSchema, Node

from graph.settings import Settings

from .analysis import COUNTED, DEPTHS, Analysis

LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
MAX_OPERATIONS = 50
"""Operations of a document. A request executes one; a file with all operations of a client holds fewer."""
MAX_VARIABLES = 200
"""Variables of an operation: more than all arguments of all root fields."""
MAX_NESTING = 100
"""Levels of selection sets, fragments in fragments included: graphql-core's validation recurses into them."""
MAX_INTROSPECTION_DEPTH = 17
"""Levels from `__schema` or `__type` down. The introspection query of graphql-js and of the code generators nests 15:
`__schema`, `types`, `fields`, `args`, `type`, 9 times `ofType`, `name`."""
MAX_INTROSPECTION = 160_000
"""Cost of the introspection in a document, as api.documents.analysis counts it: half a second of graphql-core's work.
The introspection query with all its options costs 115,000."""
MAX_VALIDATION = 50_000
"""Comparisons of fields with the same name and walks through fragments, the part of validation that is not linear: a
tenth of a second. graphql-core allows ten times as many."""
MAX_ERRORS = 20
"""Errors of validation. A developer reads the first ones, and each costs time and bytes."""


@dataclass(frozen=True)
class Limits:
    """The figures; api.documents.analysis says how each is counted."""

    tokens: int
    depth: int
    aliases: int
    selections: int
    directives: int
    cost: int
    page: int
    """Rows of a page. graph.statements.connections checks it; here it limits the cost of a page."""
    operations: int = MAX_OPERATIONS
    variables: int = MAX_VARIABLES
    nesting: int = MAX_NESTING
    introspection_depth: int = MAX_INTROSPECTION_DEPTH
    introspection: int = MAX_INTROSPECTION
    validation: int = MAX_VALIDATION
    errors: int = MAX_ERRORS

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """The limits of the settings."""
        return cls(
            tokens=settings.max_tokens,
            depth=settings.max_depth,
            aliases=settings.max_aliases,
            selections=settings.max_selections,
            directives=settings.max_directives,
            cost=settings.max_cost,
            page=settings.max_page,
        )

    def analyse(self, document: DocumentNode, schema: GraphQLSchema) -> tuple[Analysis, list[GraphQLError]]:
        """The figures of the document, and an error for each limit that it exceeds. The document need not be valid."""
        analysis = Analysis(document, schema, self.page)
        errors = []
        if len(analysis.operations) > self.operations:
            errors.append(exceeded("operations", self.operations, len(analysis.operations), document))
        for operation in analysis.operations:
            if (found := len(operation.variable_definitions or ())) > self.variables:
                errors.append(exceeded("variables", self.variables, found, operation))
        figures = analysis.figures()
        for name in (*DEPTHS, *COUNTED):
            maximum, found = getattr(self, name), getattr(figures, name)
            if found > maximum:
                errors.append(exceeded(name, maximum, found))
        return analysis, errors


def exceeded(limit: str, maximum: int, found: int, node: Node | None = None) -> GraphQLError:
    """The error for an exceeded limit; `limit` is a field of Limits."""
    what, fix = _WORDS[limit]
    extensions: dict[str, Any] = {"code": LIMIT_EXCEEDED, "limit": limit, "maximum": maximum, "found": found}
    return GraphQLError(f"{what} {found}; the maximum is {maximum}: {fix}", node, extensions=extensions)


DEFAULTS = Limits.of(Settings.model_construct())
"""The limits if no setting changes them."""
_SPLIT = "split the operation into several"
_WORDS = {
    "tokens": ("the number of tokens in the document is at least", "request less at once"),
    "operations": ("the number of operations in the document is", "send only those that are executed"),
    "variables": ("the number of variables of an operation is", "write constants into the document"),
    "depth": ("the depth of nested fields is", "start a second operation at the inner objects, by code or id"),
    "nesting": ("the depth of nested selections, including fragments in fragments, is", "nest fewer of them"),
    "validation": (
        "the number of comparisons to validate the document is at least",
        "select each field once and spread fewer fragments with the same fields",
    ),
    "aliases": ("the number of aliases, counted wherever a fragment is spread, is", _SPLIT),
    "selections": ("the number of fields and fragments, counted wherever a fragment is spread, is", _SPLIT),
    "directives": ("the number of directives, counted wherever a fragment is spread, is", _SPLIT),
    "introspection_depth": ("the depth below __schema or __type is", "request less of the schema"),
    "introspection": ("the cost of the introspection is", "request less of the schema at once"),
    "cost": (
        "the cost of the operation, its fields multiplied by the sizes of pages and lists, is",
        "request smaller pages, fewer objects at once or fewer lists in lists",
    ),
}
