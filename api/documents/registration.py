"""Builds the manifest of the operations in a folder of .graphql files."""

from collections.abc import Iterator
from pathlib import Path

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    Source,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

from graph.errors import InputError
from graph.files.paths import read_input, shown

from .allow_list import Manifest, Operation
from .cache import RULES, DocumentRejected, Documents
from .limits import Limits
from .persisted import digest_of


def register(folder: Path, schema: GraphQLSchema, limits: Limits) -> Manifest:
    """The manifest of all operations in the .graphql files of a folder and its subfolders, in the order of their names.
    An operation may spread fragments of other files. Raises InputError, which names file, line and column of each
    operation that cannot be executed."""
    paths = sorted(folder.rglob("*.graphql"))
    if not paths:
        raise InputError(f"{shown(folder)} holds no .graphql files: name the folder of the client's operations")
    problems: list[str] = []
    operations: dict[str, OperationDefinitionNode] = {}
    fragments: dict[str, FragmentDefinitionNode] = {}
    for definition in _definitions(paths, problems):
        name = definition.name.value if definition.name else None
        known = operations if isinstance(definition, OperationDefinitionNode) else fragments
        if name is None:
            problems.append(f"{_place(definition)}: the operation has no name: give it one")
        elif name in known:
            problems.append(f"{_place(definition)}: the name {name} is taken by {_place(known[name])}")
        elif isinstance(definition, OperationDefinitionNode):
            operations[name] = definition
        else:
            fragments[name] = definition
    documents = Documents(schema, limits)
    registered = []
    for name, operation in sorted(operations.items()):
        document = DocumentNode(definitions=(operation, *_spread(operation, fragments)))
        body = print_ast(document)
        problems += _problems(document, body, schema, documents)
        registered.append(Operation(id=digest_of(body), name=name, type=operation.operation.value, body=body))
    if not registered and not problems:
        problems.append("there is no operation in the folder")
    if problems:
        raise InputError("these operations cannot be registered:\n" + "\n".join(dict.fromkeys(problems)))
    return Manifest(operations=tuple(registered))


def _definitions(paths: list[Path], problems: list[str]) -> Iterator[OperationDefinitionNode | FragmentDefinitionNode]:
    for path in paths:
        try:
            document = parse(Source(read_input(path).decode("utf-8"), shown(path)))
        except GraphQLError as error:
            problems.append(_located(error, shown(path)))
            continue
        except OSError as error:
            problems.append(f"{shown(path)}: it cannot be read ({error.strerror})")
            continue
        except UnicodeError as error:
            problems.append(f"{shown(path)}: it is not UTF-8 ({error})")
            continue
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
                yield definition
            else:
                problems.append(f"{_place(definition)}: this is neither an operation nor a fragment")


def _spread(
    operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]
) -> list[FragmentDefinitionNode]:
    """The fragments by name that an operation spreads, directly or through others."""
    found: dict[str, FragmentDefinitionNode] = {}
    waiting: list[Node] = [operation]
    while waiting:
        spreads = _Spreads()
        visit(waiting.pop(), spreads)
        for name in spreads.names - found.keys():
            if name in fragments:
                found[name] = fragments[name]
                waiting.append(fragments[name])
    return [found[name] for name in sorted(found)]


class _Spreads(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.names.add(node.name.value)


def _problems(document: DocumentNode, body: str, schema: GraphQLSchema, documents: Documents) -> list[str]:
    operation = document.definitions[0]
    invalid = [_located(error, _place(operation)) for error in validate(schema, document, RULES)]
    if invalid:
        return invalid
    try:
        documents.prepare(body)
    except DocumentRejected as refused:
        # The limits are checked on the text that clients send. Its lines are not those of the files.
        return [f"{_place(operation)}: {error.message}" for error in refused.errors]
    return []


def _located(error: GraphQLError, otherwise: str) -> str:
    """The message of an error with its place in the file, or with `otherwise` if it has none."""
    if error.nodes:
        return f"{_place(error.nodes[0])}: {error.message}"
    if error.source and error.locations:
        return f"{error.source.name}:{error.locations[0].line}:{error.locations[0].column}: {error.message}"
    return f"{otherwise}: {error.message}"


def _place(node: Node) -> str:
    if node.loc is None:
        return "somewhere"
    line, column = node.loc.source.get_location(node.loc.start)
    return f"{node.loc.source.name}:{line}:{column}"
