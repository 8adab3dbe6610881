"""The analysis of a document takes linear time, however its fragments chain."""

import time

import pytest
from graphql import parse

from api.documents.analysis import Analysis
from api.documents.cost import CAP
from api.documents.limits import DEFAULTS
from tests.api.test_limits import CORE, analysed, chained, cost


def test_counting_is_linear_in_the_document() -> None:
    for make, length in (
        (lambda n: chained(2, n), 400),
        (lambda n: "{ " + "agencies { nodes { code } } " * n + "}", 800),
        (lambda n: "{ " + " ".join(f"a{i}: agencies(first: $n) {{ totalCount }}" for i in range(n)) + "}", 800),
    ):
        once, twice = (analysed(make(n)) for n in (length, 2 * length))
        assert once.visited > length
        assert twice.visited <= 2 * once.visited
        assert twice.costs.steps <= 2 * once.costs.steps


def test_counting_takes_milliseconds_however_fragments_chain() -> None:
    document = parse(chained(4, 1000))
    started = time.process_time()
    figures = Analysis(document, CORE, DEFAULTS.page).figures()
    assert time.process_time() - started < 2  # a fiftieth of that on a quiet machine
    assert figures.aliases == CAP
    assert figures.selections >= CAP


def test_a_cost_of_variables_takes_a_step_for_each_place_however_often_it_is_spread() -> None:
    length = 500
    text = (
        "query ($n: Int) { ...f0 } "
        + " ".join(f"fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }}" for i in range(length))
        + f" fragment f{length} on Query {{ agencies(first: $n) {{ nodes {{ code }} }} }}"
    )
    assert analysed(text).costs.steps <= 2 * length + 5
    assert cost(text, n=3) == CAP
    assert cost(text, n=0) == CAP  # the connections themselves


@pytest.mark.parametrize(
    "text",
    [
        "{ ...a } fragment a on Query { ...a ...b } fragment b on Query { agencies { nodes { code } } ...a }",
        "fragment a on Query { ...a }",
        "type Agency { code: String }",
        "{ nothing { at(all: 1) { here } } ...missing ... on Nowhere { x } }",
        "mutation { a { b } } subscription { c }",
    ],
)
def test_a_document_need_not_be_valid_to_be_counted(text: str) -> None:
    assert not DEFAULTS.analyse(parse(text), CORE)[1]
