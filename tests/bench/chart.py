"""Runs as a chart and tables: into docs/speed.md between its two markers, and beside this file as SVG."""

from typing import Any
from xml.sax.saxutils import escape

from tests.bench.tables import ratio, ratio_text, ratios
from tests.support.neo4j import REPOSITORY

PAGE = REPOSITORY / "docs" / "speed.md"
SVG = REPOSITORY / "tests" / "bench" / "speed.svg"
BEGIN, END = "<!-- speed: written by python -m tests.bench chart -->", "<!-- /speed -->"
AT_ONCE = 8
"""The concurrency that the chart shows, and of which the table tells requests and p99."""

_NAMES = {
    "a": "jointcredit",
    "c": "bare handler, same statement",
    "d": "jointcredit, fast path off",
    "b": "@neo4j/graphql",
}
_COLOURS = {"a": "#0b6e4f", "c": "#9aa5ab", "d": "#7fb69e", "b": "#c8553d"}
_LEFT, _WIDTH, _BAR, _GAP = 150, 560, 13, 16


def draw(results: list[dict[str, Any]]) -> None:
    """Write both. The chart shows the largest graph. Raises SystemExit where docs/speed.md has no markers, or a run was
    made without the gateway and @neo4j/graphql at that concurrency."""
    ordered = sorted(results, key=lambda result: int(result["entities"]))
    shown = [
        cell for cell in ordered[-1]["cells"] if cell["concurrency"] == AT_ONCE and {"a", "b"} <= {*cell["servers"]}
    ]
    if not shown:
        raise SystemExit(f"a chart needs a run of (a) and (b) at concurrency {AT_ONCE}")
    text = PAGE.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{PAGE} must hold the lines {BEGIN} and {END}, between which the tables go")
    SVG.write_text(svg(shown, ordered[-1]["entities"]), "utf-8")
    written = "\n\n".join(
        ["![Requests a second, as multiples of @neo4j/graphql](../tests/bench/speed.svg)", *map(table, ordered)]
    )
    PAGE.write_text(f"{before}{begin}\n\n{written}\n\n{end}{after}", "utf-8")


def table(result: dict[str, Any]) -> str:
    """A run as a table of docs/speed.md."""
    by_operation: dict[str, dict[int, dict[str, Any]]] = {}
    for cell in result["cells"]:
        by_operation.setdefault(cell["title"], {})[cell["concurrency"]] = cell
    at_once = sorted({cell["concurrency"] for cell in result["cells"]})
    beside = "/".join(map(str, at_once))
    lines = [
        f"{result['entities']:,} entities; {result['machine']['cores']} cores shared by database, gateway and load:",
        "",
        f"| operation | requests/s | p99 ms | × @neo4j/graphql at {beside} | × its p99 | × bare handler "
        "| × slow path |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for title, cells in by_operation.items():
        times = " / ".join(ratio_text(ratio(cells[one], "a", "b")) if one in cells else "–" for one in at_once)
        cell = cells.get(AT_ONCE) or next(iter(cells.values()))
        found, of = cell["servers"]["a"], ratios(cell)
        lines.append(
            f"| {title} | {found['rps']:,.0f} | {found['p99']:.1f} | {times} | {ratio_text(of['p99 a/b'])} | "
            f"{ratio_text(of['a/c'])} | {ratio_text(of['a/d'])} |"
        )
    return "\n".join(lines)


def svg(cells: list[dict[str, Any]], entities: int) -> str:
    """Bars for each operation: requests a second of each server, as multiples of (b)'s."""
    most = max(ratio(cell, letter, "b") or 0.0 for cell in cells for letter in cell["servers"])
    body, y = [], 58
    for cell in cells:
        letters = [letter for letter in _NAMES if letter in cell["servers"]]
        middle = y + len(letters) * _BAR / 2 + 4
        body.append(f'<text x="{_LEFT - 10}" y="{middle:.0f}" text-anchor="end">{escape(cell["title"])}</text>')
        for letter in letters:
            times, rps = ratio(cell, letter, "b") or 0.0, cell["servers"][letter]["rps"]
            width = times / most * _WIDTH
            body.append(
                f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_BAR - 2}" fill="{_COLOURS[letter]}"/>'
                f'<text x="{_LEFT + width + 5:.1f}" y="{y + 9}" class="value">{times:.1f} × ({rps:,.0f}/s)</text>'
            )
            y += _BAR
        y += _GAP
    legend, x = [], _LEFT
    for letter in [letter for letter in _NAMES if any(letter in cell["servers"] for cell in cells)]:
        legend.append(
            f'<rect x="{x}" y="34" width="10" height="10" fill="{_COLOURS[letter]}"/>'
            f'<text x="{x + 14}" y="43" class="value">{escape(_NAMES[letter])}</text>'
        )
        x += 40 + 6 * len(_NAMES[letter])
    width, title = _LEFT + _WIDTH + 130, f"Requests a second as multiples of @neo4j/graphql, {AT_ONCE} at once"
    font = 'font-family="sans-serif" font-size="12"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y}" {font}>',
            "<style>text { fill: #222 } .value { font-size: 10px }</style>",
            f'<rect width="{width}" height="{y}" fill="#fff"/>',
            f'<text x="{_LEFT}" y="20" font-size="14">{escape(title)}, {entities:,} entities</text>',
            *legend,
            *body,
            "</svg>\n",
        ]
    )
