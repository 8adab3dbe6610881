"""The oracle finds no problem in a good load, and finds planted ones: each of its checks can fail."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.resilience import oracle
from tests.resilience.leaks import HALF, WHOLE, Leaks
from tests.resilience.loading import Run

NUMBER, NAME = "11010419491231002X", "张三丰"
LEAKS = Leaks([NUMBER], [NAME], HALF)
FILES: dict[str, bytes | None] = {
    "regions.csv": 'code,name,level\n1,一,CITY\n\n2,二,TOWN\n3,"三\n三",CITY\n'.encode(),
    "agencies.csv": "code,name\n1,一\n".encode(),
}
FIGURES = {"read": 3, "loaded": 2, "created": 2, "updated": 0, "unchanged": 0, "refused": 1, "mended": 0}
NONE = dict.fromkeys(FIGURES, 0)
REFUSAL = {"file": "regions.csv", "line": 4, "column": "level", "value": "TOWN", "reason": "no such word"}
REPORT: dict[str, Any] = {
    "dataset": "d", "jointcredit": "1", "started": "now", "refusals": [REFUSAL], "files": {"regions.csv": FIGURES},
    "totals": FIGURES, "seconds": 0.1,
}  # fmt: skip
TABLE = "d: 0.1 s\nfile  read  created  updated  unchanged  refused\nall      3        2        0          0        1\n"
GOOD = Run(1, "", TABLE, json.dumps(REPORT))
STOPPED = Run(2, "", "DATASET: regions.csv is not UTF-8\n", None)


def with_report(**fields: Any) -> Run:
    return replace(GOOD, report=json.dumps(REPORT | fields, ensure_ascii=False))


def with_refusal(**fields: Any) -> Run:
    return with_report(refusals=[REFUSAL | fields])


def test_nothing_is_wrong_with_a_good_load() -> None:
    assert oracle.problems_of(GOOD, LEAKS) == oracle.problems_of(STOPPED, LEAKS) == []
    assert oracle.miscounted(GOOD, FILES) == oracle.differences(GOOD, GOOD) == []
    assert oracle.unlike_graph(GOOD, {"Region": 2, "Meta": 2}) == []
    unchanged = FIGURES | {"created": 0, "unchanged": 2}
    assert oracle.rewritten(GOOD, with_report(totals=unchanged)) == []


@pytest.mark.parametrize(
    ("run", "kind"),
    [
        (replace(STOPPED, status=None, trace="ValueError at x"), "trace: ValueError"),
        (replace(STOPPED, err="Traceback (most recent call last)\n"), "trace: printed"),
        (replace(STOPPED, status=3), "status: 3"),
        (replace(STOPPED, status=1), "report: none"),
        (replace(STOPPED, err="one\ntwo\n"), "lines:"),
        (replace(GOOD, left=(".report.json.7",)), "left:"),
        (replace(GOOD, seconds=5.1), "slow:"),
        (replace(GOOD, out="x" * 200_001), "long:"),
        (replace(GOOD, err=GOOD.err + "\x1b[31mred"), "control:"),
        (replace(GOOD, err=GOOD.err + f"name {NUMBER}"), f"number: {NUMBER} in stderr"),
        (replace(GOOD, out=f"{NUMBER[:6]}\u3000{NUMBER[6:14]} \n {NUMBER[14:]}"), f"number: {NUMBER} in stdout"),
        (replace(GOOD, err=f"{NAME}{GOOD.err}"), f"name: {NAME} in stderr"),
        (with_refusal(value=NUMBER), f"number: {NUMBER} in report"),
        (with_refusal(reason=f"{NAME}: none"), f"name: {NAME} in report"),
        (with_refusal(value="\n".join(NUMBER)), f"number: {NUMBER} in report"),
        (replace(GOOD, report=json.dumps(REPORT | {"refusals": [REFUSAL | {"value": NAME}]})), f"number: ['{NAME}']"),
        (replace(GOOD, report="{"), "report: no JSON"),
        (with_report(more=1), "report:"),
        (replace(GOOD, trace="ValueError at x"), "report:"),
        (with_refusal(reason="x" * 6_001), "long:"),
        (with_refusal(reason=""), "figures: a refusal without"),
        (with_refusal(file="agencies.csv"), "figures: refusals of"),
        (with_refusal(line=1), "figures: regions.csv: refusals on"),
        (with_report(refusals=[REFUSAL, REFUSAL | {"line": 5}]), "figures: regions.csv: refusals on 2 lines"),
        (with_report(files={"regions.csv": FIGURES | {"read": 4}}), "figures: regions.csv"),
        (with_report(files={"regions.csv": FIGURES | {"created": 1}}), "figures: regions.csv"),
        (with_report(totals=FIGURES | {"read": 4, "refused": 2}), "figures: the totals"),
        (replace(GOOD, status=0), "status: 0, 1 is expected"),
        (replace(GOOD, err=TABLE.replace("3", "4")), "figures: printed"),
        (replace(GOOD, err=""), "figures: printed None"),
    ],
)  # fmt: skip
def test_what_is_planted_is_found(run: Run, kind: str) -> None:
    assert [problem for problem in oracle.problems_of(run, LEAKS) if problem.startswith(kind)]


def test_rows_that_are_lost_are_found() -> None:
    fewer = FIGURES | {"read": 2, "loaded": 1, "created": 1}
    assert oracle.miscounted(with_report(files={"regions.csv": fewer}), FILES) == [
        "count: regions.csv: 2 read, 3 there"
    ]
    assert [oracle.records(content or b"") for content in FILES.values()] == [3, 1]
    assert oracle.records(b'a,b\n1,"2\n') is oracle.records(b'a,b\n1,"2\n3"x,4\n') is oracle.records(b"\xff") is None
    assert oracle.records(b"a,b\n1\n1,2,3\n") == 2


def test_loads_that_differ_are_found() -> None:
    assert oracle.differences(GOOD, replace(GOOD, status=0))
    assert oracle.differences(GOOD, with_refusal(reason="another"))
    assert oracle.differences(GOOD, with_report(totals=NONE))
    assert oracle.differences(GOOD, STOPPED)
    assert oracle.rewritten(GOOD, GOOD)
    assert oracle.rewritten(GOOD, STOPPED)
    assert oracle.rewritten(GOOD, with_report(totals=FIGURES | {"created": 0, "updated": 2}))


def test_a_graph_that_holds_something_else_is_found() -> None:
    assert oracle.unlike_graph(GOOD, {"Region": 1})
    assert oracle.unlike_graph(GOOD, {"Region": 2, "AFFILIATED_WITH": 1})
    kept = Leaks([NUMBER], (), WHOLE)
    assert oracle.stored([NUMBER[:9], f"reason {NUMBER[:6]} {NUMBER[6:]}"], kept) == [
        f"stored: ['{NUMBER}']: 'reason {NUMBER[:6]} {NUMBER[6:]}'"
    ]
    assert oracle.stored([NUMBER[:9], NUMBER[9:]], kept) == []
