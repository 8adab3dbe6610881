"""The cache of checked documents: parsed, within the limits, valid. While a text is in it, it is not checked again."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    ValueNode,
    ValuesOfCorrectTypeRule,
    VariableNode,
    Visitor,
    VisitorAction,
    parse,
    specified_rules,
    validate,
    visit,
)
from graphql.validation.rules import overlapping_fields_can_be_merged

from api.errors import masked_message
from graph.masking import quoted

from .analysis import Analysis
from .cost import with_defaults
from .limits import Limits, exceeded

MAX_CHARACTERS = 500_000
"""Characters of all cached documents. Parsed, a document takes 100 bytes per character, a hostile one up to 400: 200
MB."""


class _LocatedValuesRule(ValuesOfCorrectTypeRule):
    """Adds a place to the errors that graphql-core raises without one: of a scalar whose parser gets a value instead of
    a node, and of a built-in scalar for a list or an object. Only this rule knows the literal."""

    _literal: ValueNode | None = None

    def is_valid_value_node(self, node: ValueNode, input_type: GraphQLInputType | None) -> VisitorAction:
        self._literal = node
        return super().is_valid_value_node(node, input_type)

    def report_error(self, error: GraphQLError) -> None:
        super().report_error(error if error.locations else GraphQLError(error.message, self._literal))


RULES = [_LocatedValuesRule if rule is ValuesOfCorrectTypeRule else rule for rule in specified_rules]


class DocumentRejected(Exception):
    """Raised for a document that is not executed. `errors` says why; `extensions.code` of each is one of
    GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, LIMIT_EXCEEDED and BAD_USER_INPUT."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


class CheckedDocument:
    """A document that has passed all checks."""

    def __init__(self, document: DocumentNode, analysis: Analysis, limits: Limits) -> None:
        self.document = document
        self._analysis = analysis
        self._limits = limits
        self.directed = _directed(document)
        """The variables that its directives use."""
        self.plans: dict[Any, list[Any]] = {}
        """The plans of the document; api.execution.plans keeps them here."""

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of this name, or the only one. Raises DocumentRejected with the code BAD_USER_INPUT."""
        operations = self._analysis.operations
        if name is None:
            if len(operations) == 1:
                return operations[0]
            problem = "the document has several operations: name one of them in `operationName`"
        else:
            for operation in operations:
                if operation.name is not None and operation.name.value == name:
                    return operation
            problem = f"the document has no operation {quoted(name)}: name one of its operations in `operationName`"
        raise DocumentRejected([GraphQLError(problem, extensions={"code": "BAD_USER_INPUT"})])

    def cost(self, name: str | None, variables: dict[str, Any]) -> int:
        """The cost of the operation with these variables, which need not be valid; api.documents.cost defines the unit.
        Raises DocumentRejected if the cost exceeds the limit or `name` is no operation of the document."""
        operation = self.operation(name)
        amount = self._analysis.cost(operation)
        cost = self._analysis.costs.evaluate(amount, with_defaults(operation, variables))
        if cost > self._limits.cost:
            raise DocumentRejected([exceeded("cost", self._limits.cost, cost, operation)])
        return cost


class Documents:
    """Checks documents and caches the valid ones by their text, least recently used out first. A rejected document is
    checked again each time. Thread-safe."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, size: int = 1000) -> None:
        """`size` is the largest number of cached documents; together they have at most MAX_CHARACTERS."""
        # graphql-core has no other way to set this limit.
        overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = limits.validation
        self._schema = schema
        self._limits = limits
        self._size = size
        self._characters = 0
        self._prepared: OrderedDict[str, CheckedDocument] = OrderedDict()
        self._lock = Lock()
        self.hits = 0
        self.misses = 0

    def prepare(self, text: str) -> CheckedDocument:
        """The document of a text. Raises DocumentRejected if it is no GraphQL, exceeds a limit or does not fit the
        schema."""
        checked = self.known(text)
        if checked is None:
            self.misses += 1
            checked = self._prepare(text)
            # One large document must not push out all the others.
            if len(text) <= MAX_CHARACTERS // 10:
                self._remember(text, checked)
        return checked

    def known(self, text: str) -> CheckedDocument | None:
        """The cached document of a text, or None. Fast enough for the event loop."""
        with self._lock:
            checked = self._prepared.get(text)
            if checked is not None:
                self.hits += 1
                self._prepared.move_to_end(text)
            return checked

    def _remember(self, text: str, checked: CheckedDocument) -> None:
        with self._lock:
            if text not in self._prepared:
                self._characters += len(text)
            self._prepared[text] = checked
            while len(self._prepared) > self._size or self._characters > MAX_CHARACTERS:
                forgotten, _ = self._prepared.popitem(last=False)
                self._characters -= len(forgotten)

    def _prepare(self, text: str) -> CheckedDocument:
        document = self._parse(text)
        analysis, errors = self._limits.analyse(document, self._schema)
        if not errors:
            # Suggestions ("Did you mean …?") stay: the schema is public, so they reveal nothing.
            errors = self._validate(document)
        if errors:
            raise DocumentRejected(errors)
        return CheckedDocument(document, analysis, self._limits)

    def _validate(self, document: DocumentNode) -> list[GraphQLError]:
        errors = validate(self._schema, document, RULES, max_errors=self._limits.errors)
        if any(error.message == "Validation aborted." for error in errors):
            return [exceeded("validation", self._limits.validation, self._limits.validation + 1)]
        return [_coded(error, "GRAPHQL_VALIDATION_FAILED") for error in errors]

    def _parse(self, text: str) -> DocumentNode:
        most = self._limits.tokens
        try:
            return parse(text, max_lexical_tokens=most, max_comments=most)
        except GraphQLSyntaxError as error:
            if "Document contains more than" in error.message:
                raise DocumentRejected([exceeded("tokens", most, most + 1)]) from None
            raise DocumentRejected([_coded(error, "GRAPHQL_PARSE_FAILED")]) from None


def _coded(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {**(error.extensions or {}), "code": code}
    error.message = masked_message(error.message)
    return error


class _Directed(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.variables: dict[str, None] = {}

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        for argument in node.arguments or ():
            if isinstance(argument.value, VariableNode):
                self.variables[argument.value.name.value] = None


def _directed(document: DocumentNode) -> tuple[str, ...]:
    """The variables that the directives of a document use."""
    found = _Directed()
    visit(document, found)
    return tuple(found.variables)
