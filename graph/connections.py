"""Pages of rows as Relay connections: keysets, never offsets; `totalCount` is counted only where it is selected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .errors import InputError
from .ids import Part, parse_cursor
from .statement import Scope, Selected, Writer


@dataclass(frozen=True)
class Keyset:
    """The total order of the rows of a connection: what decides it, first things first."""

    keys: tuple[str, ...]
    """Templates over the roles of a row, never null: ids, which are in the order of codes, or plain ASCII texts."""
    parts: tuple[Part, ...]
    """What each of them is."""

    def order(self, scope: Scope) -> str:
        """For ORDER BY."""
        return ", ".join(key.format_map(scope) for key in self.keys)

    def after(self, scope: Scope, parameter: str) -> str:
        """The predicate of the rows that come after the cursor whose parts are in `parameter`, a list."""
        return f"[{self.order(scope)}] > {parameter}"

    def cursor_of(self, scope: Scope) -> str:
        """The expression of a row's cursor."""
        return " + '.' + ".join(key.format_map(scope) for key in self.keys)


@dataclass(frozen=True)
class Page:
    """What the arguments `first` and `after` ask for."""

    first: int
    after: list[str] | None


def page_of(selected: Selected, keyset: Keyset, writer: Writer) -> Page:
    """Check the arguments of a connection field. Raises InputError, which names the figure and the limit."""
    first, after = selected.arguments.get("first"), selected.arguments.get("after")
    limit = writer.request.max_page
    if first is None:
        first = min(20, limit)
    if not 0 <= first <= limit:
        raise InputError(f"first: {first} is out of range: ask for 0 to {limit} at a time and go on with `after`")
    return Page(first, None if after is None else parse_cursor(after, keyset.parts))


def write_connection(
    selected: Selected,
    imports: Sequence[str],
    columns: Sequence[str],
    keyset: Keyset,
    source: Callable[[], None],
    writer: Writer,
) -> str:
    """Write a connection over the rows that `source` writes, which bind `columns`; returns its name."""
    page = page_of(selected, keyset, writer)
    loose = {column: column for column in columns}
    in_row = {column: f"row.{column}" for column in columns}
    row = "{" + ", ".join(f"{column}: {column}" for column in columns) + "}"
    first, limit = writer.parameter(page.first), writer.parameter(page.first + 1)
    after = None if page.after is None else writer.parameter(page.after)
    with writer.call("connection", imports) as name:
        source()
        if selected.child("totalCount"):
            writer.line(f"WITH {row} AS row ORDER BY {keyset.order(loose)}")
            writer.line("WITH collect(row) AS rows")
            rest = "rows" if after is None else f"[row IN rows WHERE {keyset.after(in_row, after)}]"
            writer.line(f"WITH size(rows) AS total, {rest}[..{limit}] AS page")
        else:
            if after is not None:
                writer.line(f"WITH * WHERE {keyset.after(loose, after)}")
            writer.line(f"WITH {row} AS row ORDER BY {keyset.order(loose)} LIMIT {limit}")
            writer.line("WITH collect(row) AS page")
        parts = []
        for part in selected.children(None):
            match part.name:
                case "totalCount":
                    value = "total"
                case "pageInfo":
                    value = _page_info(part, keyset.cursor_of(in_row), first, after is not None)
                case _:
                    value = _rows(part, columns, keyset, first, writer)
            parts.append(f"`{part.key}`: {value}")
        writer.line(f"RETURN {{{', '.join(parts)}}} AS {name}")
    return name


def _rows(part: Selected, columns: Sequence[str], keyset: Keyset, first: str, writer: Writer) -> str:
    """`nodes` or `edges`: the rows of the page, projected in order."""
    loose = {column: column for column in columns}
    with writer.call(part.name, ["page"]) as name:
        writer.line(f"UNWIND page[..{first}] AS row")
        writer.line("WITH " + ", ".join(f"row.{column} AS {column}" for column in columns))
        if part.name == "nodes":
            value = writer.map(part.children(None), loose)
        else:
            entries = [
                f"`{child.key}`: "
                + (keyset.cursor_of(loose) if child.name == "cursor" else writer.map(child.children(None), loose))
                for child in part.children(None)
            ]
            value = "{" + ", ".join(entries) + "}"
        writer.line(f"RETURN collect({value}) AS {name}")
    return name


def _page_info(part: Selected, cursor: str, first: str, continued: bool) -> str:
    values = {
        "hasNextPage": f"size(page) > {first}",
        # A cursor points at a row that was there: what lies at or before it is the page before.
        "hasPreviousPage": str(continued).lower(),
        "startCursor": f"[row IN page[..{first}][..1] | {cursor}][0]",
        "endCursor": f"[row IN page[..{first}][-1..] | {cursor}][0]",
    }
    return "{" + ", ".join(f"`{child.key}`: {values[child.name]}" for child in part.children(None)) + "}"
