"""Plans: a document is parsed, checked and translated once; each request only fills in its values.

A plan serves an operation as long as the directive variables are the same and its guards
(graph.statements.arguments.PlanGuard) give the same results for the other variables. Plans live as long as their
document.
"""

from dataclasses import dataclass, replace
from typing import Any

from graphql import GraphQLError, GraphQLSchema
from graphql.execution.values import VariableValues, get_variable_values

from api.documents.cache import CheckedDocument
from api.documents.limits import Limits
from graph.errors import InputError
from graph.statements.arguments import Arguments, RequestContext
from graph.statements.selected import CatalogueFragment
from graph.statements.statement import Statement
from graph.statements.writer import Writer

from .catalogue_cache import CachedFragment
from .executor import MAX_STATEMENT, StatementExecutor
from .response_builder import Builder, ResponseBuilder, UseSlowPath
from .selection import Selection, Site

MAX_VARIANTS = 16
"""Plans per operation: one for each combination of optional arguments."""
MAX_DIRECTED = 32
"""Combinations of directive variables per document; 5 boolean variables have as many."""


@dataclass(frozen=True)
class Plan:
    """One way to answer an operation."""

    statement: Statement
    """Its parameters are those of the request for which the plan was made."""
    sites: tuple[Site, ...]
    builder: Builder
    fragments: tuple[CachedFragment, ...]
    roots: frozenset[str]

    def bind(self, variable_values: VariableValues, context: RequestContext) -> "BoundPlan | None":
        """The plan with the values of a request, or None if it does not serve them."""
        try:
            arguments = [Arguments(site.values(variable_values), context) for site in self.sites]
            for statement in (self.statement, *(fragment.statement for fragment in self.fragments)):
                for guard in statement.guards:
                    if arguments[guard.site].read(guard.reading) != guard.result:
                        return None
            statement, *fragments = (
                _filled(statement, arguments, context)
                for statement in (self.statement, *(fragment.statement for fragment in self.fragments))
            )
        except (InputError, GraphQLError):
            return None
        return BoundPlan(self, statement, fragments)


@dataclass(frozen=True)
class BoundPlan:
    """A plan with the statements to run."""

    plan: Plan
    statement: Statement
    fragments: list[Statement]

    @property
    def arguments(self) -> list[str]:
        """For each fragment, a text that distinguishes calls with different arguments."""
        return [repr(fragment.parameters) if fragment.parameters else "" for fragment in self.fragments]


def _filled(statement: Statement, arguments: list[Arguments], context: RequestContext) -> Statement:
    if not statement.bindings and "today" not in statement.parameters:
        return statement
    parameters = dict(statement.parameters)
    for binding in statement.bindings:
        parameters[binding.name] = arguments[binding.site].read(binding.value)
    if "today" in parameters:
        parameters["today"] = context.today
    return replace(statement, parameters=parameters)


class PlanCache:
    """Makes plans and keeps them on their documents."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self.hits = 0
        self.misses = 0

    def ready(
        self,
        checked: CheckedDocument,
        name: str | None,
        variables: dict[str, Any],
        context: RequestContext,
        *,
        with_fragments: bool,
    ) -> BoundPlan | None:
        """A cached plan for the operation, bound to the request, or None. Takes microseconds."""
        found = self._place(checked, name, variables, with_fragments)
        if found is None:
            return None
        variable_values, plans = found
        for place, plan in enumerate(plans):
            bound = plan.bind(variable_values, context)
            if bound is not None:
                if place:
                    plans.insert(0, plans.pop(place))
                self.hits += 1
                return bound
        return None

    def make(
        self,
        checked: CheckedDocument,
        name: str | None,
        variables: dict[str, Any],
        context: RequestContext,
        *,
        with_fragments: bool,
    ) -> BoundPlan | None:
        """A new plan for the operation, bound to the request. None if the slow path must answer: it meets an error of
        an argument or a condition again, and knows the field. Raises LimitExceeded and DocumentRejected."""
        self.misses += 1
        executor = StatementExecutor.of(self._schema, checked, name, variables)
        try:
            plan = self._plan(executor, context, with_fragments)
        except (UseSlowPath, GraphQLError):
            return None
        if plan is None:
            return None
        found = self._place(checked, name, variables, with_fragments)
        if found is not None:
            found[1].insert(0, plan)
            del found[1][MAX_VARIANTS:]
        return BoundPlan(plan, plan.statement, [fragment.statement for fragment in plan.fragments])

    def for_core(self, executor: StatementExecutor, context: RequestContext, *, with_fragments: bool) -> Plan:
        """A plan of the same statement that builds the data for graphql-core to complete, for a row with failed checks.
        It is not cached. Raises UseSlowPath."""
        plan = self._plan(executor, context, with_fragments, for_core=True)
        if plan is None:
            raise UseSlowPath
        executor.roots = plan.roots
        return plan

    def _place(
        self, checked: CheckedDocument, name: str | None, variables: dict[str, Any], with_fragments: bool
    ) -> tuple[VariableValues, list[Plan]] | None:
        operation = checked.operation(name)
        # One error is enough: the slow path lists all of them.
        values = get_variable_values(self._schema, operation.variable_definitions or (), variables, max_errors=1)
        if isinstance(values, list):
            return None
        directed = tuple(values.coerced.get(variable) for variable in checked.directed)
        place = (name, directed, with_fragments)
        if place not in checked.plans and len(checked.plans) >= MAX_DIRECTED:
            checked.plans.clear()
        return values, checked.plans.setdefault(place, [])

    def _plan(
        self, executor: StatementExecutor, context: RequestContext, with_fragments: bool, *, for_core: bool = False
    ) -> Plan | None:
        selection = Selection(executor, context, self._limits)
        fields = selection.roots()
        if not fields:
            return None
        roots = frozenset(field.name for field in fields)
        writer = Writer(context, as_lists=True, with_fragments=with_fragments)
        statement = writer.statement("+".join(sorted(roots)), fields)
        if statement.failures or len(statement.text) > MAX_STATEMENT:
            return None
        places = {place: number for number, place in enumerate(statement.fragments)}
        builder = ResponseBuilder(selection, places, for_core=for_core)
        fragments = tuple(self._fragment(fragment, selection, context) for fragment in statement.fragments.values())
        if not selection.complete:  # known only here: fragments are selected when they are printed
            return None
        return Plan(statement, tuple(selection.sites), builder.operation(), fragments, roots)

    def _fragment(self, fragment: CatalogueFragment, selection: Selection, context: RequestContext) -> CachedFragment:
        statement = Writer(context, as_lists=True).fragment(fragment)
        if statement.failures or statement.checks:
            raise UseSlowPath
        return CachedFragment(statement, ResponseBuilder(selection, {}).thing(fragment.selected, fragment.label))
