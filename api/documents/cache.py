"""Documents, ready to execute: parsed, within the limits, valid. Each text is prepared once while it is remembered."""

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
"""Characters of all documents that are remembered. Parsed, each takes 100 bytes, in documents made to 400: 200 MB."""


class _LocatedValuesRule(ValuesOfCorrectTypeRule):
    """graphql-core's rule, which alone knows where a literal stands: the error of a scalar whose parser was given a
    value and not its node, and of a built-in scalar for a list or an object, has no place of its own."""

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
    """A document that may be executed."""

    def __init__(self, document: DocumentNode, analysis: Analysis, limits: Limits) -> None:
        self.document = document
        self._analysis = analysis
        self._limits = limits
        self.directed = _directed(document)
        """The variables that its directives use."""
        self.plans: dict[Any, list[Any]] = {}
        """What api.execution.plans remembers of it."""

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of this name, or the only one. Raises DocumentRejected with the code BAD_USER_INPUT."""
        operations = self._analysis.operations
        if name is None:
            if len(operations) == 1:
                return operations[0]
            problem = "the document holds several operations: say in `operationName` which one is meant"
        else:
            for operation in operations:
                if operation.name is not None and operation.name.value == name:
                    return operation
            problem = f"the document holds no operation {quoted(name)}: `operationName` must name one that it does"
        raise DocumentRejected([GraphQLError(problem, extensions={"code": "BAD_USER_INPUT"})])

    def cost(self, name: str | None, variables: dict[str, Any]) -> int:
        """What the operation costs with these variables, which need not fit (api.documents.cost says what a unit
        is). Raises DocumentRejected where that is more than the limit or no operation is meant."""
        operation = self.operation(name)
        amount = self._analysis.cost(operation)
        cost = self._analysis.costs.evaluate(amount, with_defaults(operation, variables))
        if cost > self._limits.cost:
            raise DocumentRejected([exceeded("cost", self._limits.cost, cost, operation)])
        return cost


class Documents:
    """Prepares documents and remembers those that were good, the latest used of them, by their text. What is refused is
    refused anew each time. Several threads may share one."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, size: int = 1000) -> None:
        """`size` is how many documents are remembered, of MAX_CHARACTERS altogether."""
        # The knob that graphql-core has for it.
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
        """The document of a text. Raises DocumentRejected: no GraphQL, beyond a limit, or unfit for the schema."""
        checked = self.known(text)
        if checked is None:
            self.misses += 1
            checked = self._prepare(text)
            # One large document must not push out all the others.
            if len(text) <= MAX_CHARACTERS // 10:
                self._remember(text, checked)
        return checked

    def known(self, text: str) -> CheckedDocument | None:
        """The document of a text that is remembered; it takes no time."""
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
            # Suggestions ("Did you mean …?") stay: the schema is public, they tell nothing that it does not.
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
