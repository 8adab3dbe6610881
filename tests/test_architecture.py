"""Names stand once, files are short, and every field says how it is fetched and what it means."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
)

from api.schema.build import schema
from api.schema.fields import fetch_of
from graph.model import CATALOGUE, Label, Rel

ROOT = Path(__file__).parents[1]
PACKAGES = ("api", "graph", "loaders")
# Parts that their parent fetches: a connection its pages, a path its steps.
FETCHED_BY_PARENT = ("PageInfo", "PathStep")


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def texts(path: Path) -> Iterator[tuple[str, int]]:
    """The string literals of a module with their lines, docstrings left out."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value, node.lineno


@pytest.mark.parametrize("package", ["api", "loaders"])
def test_cypher_stands_in_graph_alone(package: str) -> None:
    words: tuple[str, ...] = ("MATCH (", "MERGE (", "UNWIND ", "OPTIONAL MATCH", "DETACH DELETE")
    words += ("ORDER BY", "RETURN ", "WHERE ") if package == "api" else ()  # loaders have SQL of their own
    for path in modules(package):
        for text, line in texts(path):
            assert not any(word in text for word in words), (path, line)


def fetches(path: Path) -> Iterator[tuple[ast.Call, set[str]]]:
    """Calls of what the module imports from `graph`, and of `property_field` with the property alone; and the names
    that it imports from there."""
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("graph.")
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in imported:
                yield node, imported
            elif node.func.id == "property_field":
                yield ast.Call(node.func, node.args[:1], []), {*imported, "property_field"}


def composes(call: ast.Call, imported: set[str]) -> list[str]:
    """What an argument holds besides words, arrows, and names imported from `graph`."""
    plain = ast.Call | ast.keyword | ast.Attribute | ast.Tuple | ast.List | ast.Dict | ast.Load
    found = []
    for node in ast.walk(call):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            allowed = re.fullmatch(r"\w+|->|<-", node.value) is not None
        elif isinstance(node, ast.Name):
            allowed = node.id in imported
        else:
            allowed = isinstance(node, plain | ast.Constant)
        if not allowed:
            found.append(ast.unparse(node))
    return found


def test_the_schema_composes_no_condition() -> None:
    """It names what `graph` declares: no condition, order or rule is put together in a field."""
    for path in modules("api/schema"):
        if path.name != "fields.py":  # it passes on the names that the fields give
            for call, imported in fetches(path):
                assert not composes(call, imported), (path, call.lineno)


@pytest.mark.parametrize(
    "argument", ["'row.covered AND row.x'", "('{self}.role',)", "lambda *_: gates", "local", "f'{Label.LISTING}'"]
)
def test_a_condition_in_the_schema_is_found(argument: str) -> None:
    call = ast.parse(f"Related(Rel.NAMES, '->', where=(equals('nature', 'nature'),), order={argument})").body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert composes(call.value, {"Related", "Rel", "Label", "equals"})


def test_labels_and_relationships_are_spelled_in_the_model_alone() -> None:
    names = {f":{name}" for name in (*Label, *Rel)}
    for path in modules("graph"):
        if path.name == "model.py":
            continue
        for text, line in texts(path):
            assert "(" not in text or not any(name in text for name in names), (path, line)


def test_files_are_short() -> None:
    for package in (*PACKAGES, "tests"):
        for path in modules(package):
            assert len(path.read_text("utf-8").splitlines()) <= 300, path


def test_every_type_field_argument_and_value_is_described() -> None:
    missing: list[str] = []
    for name, named in schema._schema.type_map.items():
        if name.startswith("__") or name in ("String", "Int", "Boolean", "ID"):
            continue
        if not named.description:
            missing.append(name)
        if isinstance(named, GraphQLEnumType):
            missing += [f"{name}.{value}" for value, node in named.values.items() if not node.description]
        elif isinstance(named, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in named.fields.items():
                if not field.description:
                    missing.append(f"{name}.{field_name}")
                for argument_name, argument in getattr(field, "args", {}).items():
                    if not argument.description:
                        missing.append(f"{name}.{field_name}({argument_name})")
    assert not missing


def test_every_field_says_how_it_is_fetched() -> None:
    missing = [
        f"{name}.{field_name}"
        for name, named in schema._schema.type_map.items()
        if isinstance(named, GraphQLObjectType)
        and not name.startswith("__")
        and not name.endswith(("Connection", "Edge", *FETCHED_BY_PARENT))
        for field_name, field in named.fields.items()
        if fetch_of(field) is None
    ]
    assert not missing


def test_nothing_in_a_catalogue_fragment_is_of_an_abstract_type() -> None:
    """graphql-core asks such a thing for its type, which a fragment does not hold (api.execution.response_builder)."""
    core = schema._schema
    waiting: list[GraphQLNamedType] = [core.type_map[label] for label in CATALOGUE]
    seen: set[str] = set()
    while waiting:
        named = waiting.pop()
        assert not is_abstract_type(named), named
        if named.name not in seen:
            seen.add(named.name)
            waiting += [get_named_type(field.type) for field in getattr(named, "fields", {}).values()]
