"""Scalars: a literal that they reject is reported with its place, for built-in and custom scalars."""

import pytest
from graphql import GraphQLArgument, GraphQLError, GraphQLScalarType, get_named_type

from api.documents.cache import DocumentRejected, Documents
from api.documents.limits import DEFAULTS
from api.schema.build import schema

CORE = schema._schema
ARGUMENTS: dict[str, tuple[str, str, GraphQLArgument]] = {}
"""For each scalar among the arguments of root fields, one such field and argument."""
if CORE.query_type is not None:
    for field, definition in CORE.query_type.fields.items():
        for name, argument in definition.args.items():
            if isinstance(named := get_named_type(argument.type), GraphQLScalarType):
                ARGUMENTS.setdefault(named.name, (field, name, argument))


def refusals(text: str) -> list[GraphQLError]:
    with pytest.raises(DocumentRejected) as refused:
        Documents(CORE, DEFAULTS).prepare(text)
    return [error for error in refused.value.errors if "cannot represent" in error.message]


def test_the_schemas_own_scalars_are_tried() -> None:
    builtin = {"String", "Int", "Float", "Boolean", "ID"}
    own = {name for name, named in CORE.type_map.items() if isinstance(named, GraphQLScalarType)} - builtin
    assert own == {"Date"} <= ARGUMENTS.keys()


@pytest.mark.parametrize("scalar", sorted(ARGUMENTS))
@pytest.mark.parametrize("literal", ["{wrong: 1}", "{wrong: [WORD, null]}"])
def test_a_wrong_literal_is_reported_with_its_place(scalar: str, literal: str) -> None:
    """At the argument, and as the default of a variable."""
    field, name, argument = ARGUMENTS[scalar]
    for text in (
        f"{{ {field}({name}: {literal}) {{ __typename }} }}",
        f"query ($given: {argument.type} = {literal}) {{ {field}({name}: $given) {{ __typename }} }}",
    ):
        [error] = refusals(text)
        assert error.message.startswith(scalar)
        assert [place.column for place in error.locations or ()] == [text.index(literal) + 1]
        assert (error.extensions or {})["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    "literal",
    [
        '"2019-02-29"',
        '"2018-8-30"',
        '"20180830"',
        '"２０１８-08-30"',
        '""',
        "2018",
        "2018.5",
        "true",
        "WORD",
        "[]",
        "9" * 5000,
    ],
)
def test_what_is_no_day(literal: str) -> None:
    text = f"{{ memoranda(inForceOn: {literal}) {{ totalCount }} }}"
    [error] = refusals(text)
    assert error.message.startswith("Date cannot represent ")
    assert [place.column for place in error.locations or ()] == [text.index(literal) + 1]
