"""A run as text: every cell, and the ratios."""

from typing import Any

HEAD = (
    f"{'operation':<16} {'at once':>7} {'':>3} {'requests/s':>10} {'p50 ms':>8} {'p99 ms':>8} {'bytes':>8} "
    f"{'errors':>6} {'CPU ms':>7} {'Neo4j':>7}"
)


def ratio(cell: dict[str, Any], one: str, other: str, figure: str = "rps") -> float | None:
    """How many times the figure of the server `one` is that of `other`; None where one of them has none."""
    top, bottom = (cell["servers"].get(letter, {}).get(figure) for letter in (one, other))
    return top / bottom if top and bottom else None


def ratios(cell: dict[str, Any]) -> dict[str, float | None]:
    """Those that the targets speak of."""
    return {
        "a/b": ratio(cell, "a", "b"),
        "a/c": ratio(cell, "a", "c"),
        "a/d": ratio(cell, "a", "d"),
        "p99 a/b": ratio(cell, "a", "b", "p99"),
    }


def ratio_text(value: float | None) -> str:
    """A ratio as it is printed."""
    return "–" if value is None else f"{value:.2f}"


def cell_rows(cell: dict[str, Any]) -> list[str]:
    """A line for each server, and the ratios."""
    rows = []
    for number, letter in enumerate(sorted(cell["servers"])):
        found = cell["servers"][letter]
        title, connections = (cell["title"], cell["concurrency"]) if number == 0 else ("", "")
        figures = [
            f"{'–' if found[name] is None else format(found[name], form):>{width}}"
            for name, form, width in (
                ("rps", ",.1f", 10),
                ("p50", ".2f", 8),
                ("p99", ".2f", 8),
                ("bytes", ",.0f", 8),
                ("errors", ",", 6),
                ("cpu", ".2f", 7),
                ("neo4j_cpu", ".2f", 7),
            )
        ]
        rows.append(f"{title:<16} {connections:>7} ({letter}) {' '.join(figures)}")
    rows.append(" " * 25 + "   ".join(f"{name} {ratio_text(value)}" for name, value in ratios(cell).items()))
    return rows


def table(result: dict[str, Any]) -> str:
    """The whole run."""
    machine = ", ".join(f"{name} {value}" for name, value in result["machine"].items())
    lines = [
        f"{result['entities']:,} entities; {result['rounds']} rounds, {result['seconds']:g} s a cell; {machine}",
        HEAD,
    ]
    for cell in result["cells"]:
        lines += cell_rows(cell)
    lines.append("resident MB after each operation")
    for operation, memory in result["memory"].items():
        lines.append(f"{operation:<16} " + "  ".join(f"({letter}) {size:.0f}" for letter, size in memory.items()))
    return "\n".join(lines)
