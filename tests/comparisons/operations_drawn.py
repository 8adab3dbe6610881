"""Operations that hypothesis-graphql generates from the schema."""

import graphql as gql
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

from tests.comparisons.operations_values import DAYS


def drawn(schema: str, root: str, count: int) -> list[gql.OperationDefinitionNode]:
    """Operations of hypothesis-graphql with a root field; the same ones each time."""
    found: list[gql.OperationDefinitionNode] = []
    dates = {"Date": st.sampled_from(DAYS).map(nodes.String)}

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(queries(schema, fields=[root], custom_scalars=dates, allow_x00=False, print_ast=lambda document: document))
    def draw(document: gql.DocumentNode) -> None:
        found.extend(node for node in document.definitions if isinstance(node, gql.OperationDefinitionNode))

    draw()
    return found[:count]
