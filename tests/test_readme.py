"""The README's query gives the README's answer from the seeds; the figure of the graph shows all of it."""

import json
import re

from tests.support.client import Client
from tests.support.neo4j import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
QUERY = README.partition("\n## A query\n")[2].partition("\n## ")[0]


def test_the_query_has_its_answer(client: Client, seeds: None) -> None:
    (query,) = re.findall(r"```graphql\n(.*?)```", QUERY, re.DOTALL)
    (answer,) = re.findall(r"```json\n(.*?)```", QUERY, re.DOTALL)
    assert client.ask(query) == json.loads(answer)["data"]


def test_the_model_figure_shows_every_label_and_relationship() -> None:
    from graph.model import Label, Rel

    text = (REPOSITORY / "docs" / "graph.md").read_text("utf-8")
    (figure,) = re.findall(r"```mermaid\n(.*?)```", text, re.DOTALL)
    words = set(re.findall(r"\w+", figure))
    assert set(Rel) <= words
    assert set(Label) - {Label.META} <= words
