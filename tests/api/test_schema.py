"""The published schema changes only together with its snapshot."""

import os
import re
from pathlib import Path

from graphql import build_schema, get_named_type, validate_schema
from graphql.utilities import find_schema_changes

from api.schema.build import schema
from tests.support.client import Client

SNAPSHOT = Path(__file__).parent / "schema.graphql"


def test_the_schema_is_the_snapshot() -> None:
    """UPDATE_GOLDEN=1 rewrites it: the difference is what clients see."""
    text = schema.as_str() + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        SNAPSHOT.write_text(text, "utf-8")
    known = SNAPSHOT.read_text("utf-8")
    changes = [change.description for change in find_schema_changes(build_schema(known), build_schema(text))]
    assert text == known, changes


def test_the_snapshot_is_a_schema() -> None:
    assert validate_schema(build_schema(SNAPSHOT.read_text("utf-8"))) == []


def test_it_is_served(client: Client) -> None:
    response = client.http.get("/schema.graphql")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text == schema.as_str() + "\n"
    assert response.headers["cache-control"] == "public, max-age=60"
    again = client.http.get("/schema.graphql", headers={"if-none-match": response.headers["etag"]})
    assert again.status_code == 304


def test_every_description_holds_the_chinese_term() -> None:
    missing = []
    for name, named in schema._schema.type_map.items():
        if name.startswith("__") or name in ("String", "Int", "Float", "Boolean", "ID"):
            continue
        described = {name: named.description}
        described |= {f"{name}.{value}": node.description for value, node in getattr(named, "values", {}).items()}
        for field, definition in getattr(named, "fields", {}).items():
            described[f"{name}.{field}"] = definition.description
            described |= {f"{name}.{field}({a})": arg.description for a, arg in definition.args.items()}
        missing += [place for place, text in described.items() if not re.search("[\u4e00-\u9fff]", text or "")]
    assert not missing


FILTERED = {
    "measures": {"Measure", "ApplicableMeasure"},
    "grounds": {"ApplicableMeasure"},
    "items": {"PowerItem"},
    "key": {"PowerItem"},
    "listings": {"Listing"},
    "lists": {"CreditList"},
    "agencies": {"AgencyNetwork"},
    "edges": {"AgencyNetwork"},
    "paths": {"MeasurePath"},
    "for": {"ApplicableAgency"},
}
"""The nouns in descriptions of filters ("Only measures of …"), and the types of the fields that may use them."""


def test_a_filter_speaks_of_what_its_field_answers() -> None:
    """Arguments of several fields share a description."""
    types = schema._schema.type_map
    said = set()
    for name, named in types.items():
        for field, definition in getattr(named, "fields", {}).items():
            answered = get_named_type(definition.type).name.removesuffix("Connection")
            for argument, described in getattr(definition, "args", {}).items():
                word = re.match("Only (?!those|what|these|this)([a-z]+)", described.description or "")
                if word and not name.startswith("__"):
                    assert answered in FILTERED[word[1]], f"{name}.{field}({argument}:): {described.description}"
                    said.add(word[1])
    assert said == FILTERED.keys()
