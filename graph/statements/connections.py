"""Pages of rows as Relay connections: with keysets, never offsets. `totalCount` is computed only if it is selected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.errors import InputError, LimitExceeded
from graph.ids import CursorPart, parse_cursor
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .arguments import Arguments

PAGE = 20
"""Rows of a page if its size is null."""


@dataclass(frozen=True)
class Keyset:
    """The total order of the rows of a connection, by several keys, the most significant first."""

    keys: tuple[str, ...]
    """Templates over the roles of a row, never null: ids, which sort like codes, or ASCII texts."""
    parts: tuple[CursorPart, ...]
    """The form of each key in a cursor."""

    def order(self, scope: Scope, *, backward: bool = False) -> str:
        """The keys for ORDER BY."""
        direction = " DESC" if backward else ""
        return ", ".join(f"{key.format_map(scope)}{direction}" for key in self.keys)

    def beyond(self, scope: Scope, comparison: str, parameter: str) -> str:
        """The predicate of the rows after (`>`) or before (`<`) a cursor; `parameter` is the list of its parts."""
        if len(self.keys) == 1:  # an index can seek this form
            return f"{self.order(scope)} {comparison} {parameter}[0]"
        return f"[{self.order(scope)}] {comparison} {parameter}"

    def cursor_of(self, scope: Scope) -> str:
        """The expression of the cursor of a row."""
        return " + '.' + ".join(key.format_map(scope) for key in self.keys)


@dataclass(frozen=True)
class Page:
    """The page that the arguments `first`, `after`, `last` and `before` describe."""

    backward: bool
    """Whether it counts from the end."""
    after: str | None
    """The parameters of the cursors, each the list of its parts."""
    before: str | None

    def bounds(self, keyset: Keyset, scope: Scope) -> list[str]:
        """The predicates of the rows between the cursors."""
        cursors = ((">", self.after), ("<", self.before))
        return [keyset.beyond(scope, sign, cursor) for sign, cursor in cursors if cursor is not None]


def page_of(selected: Selected, keyset: Keyset, writer: Writer) -> Page:
    """Check the arguments of a connection field. Raises InputError, which names the value and the limit."""
    selected.arguments.read(_size)  # report it before the cursors, even if no rows are selected

    def cursor(argument: str) -> str | None:
        if not writer.has(selected, argument):
            return None
        return writer.parameter_from(selected, lambda arguments: parse_cursor(arguments[argument], keyset.parts))

    return Page(writer.has(selected, "last"), cursor("after"), cursor("before"))


def _size(arguments: Arguments) -> int:
    first, last = arguments.get("first"), arguments.get("last")
    if first is not None and last is not None:
        raise InputError(f"first: {first} and last: {last} exclude each other: pass one of them")
    argument, size = ("first", first) if last is None else ("last", last)
    limit = arguments.context.max_page
    if size is None:
        return min(PAGE, limit)
    if size < 0:
        raise InputError(f"{argument}: {size} is out of range: ask for 0 or more")
    if size > limit:
        onward = "after" if last is None else "before"
        message = f"{argument}: {size} is out of range: ask for at most {limit} at a time and go on with `{onward}`"
        raise LimitExceeded("page", limit, size, f"{message} (JOINTCREDIT_MAX_PAGE)")
    return int(size)


def write_connection(
    selected: Selected,
    imports: Sequence[str],
    columns: Sequence[str],
    keyset: Keyset,
    source: Callable[[Page], None],
    writer: Writer,
) -> str:
    """Write a connection over the rows that `source` writes, with the variables `columns`. Returns the name of its
    value. `source` gets the page, so that it may leave out rows beyond it."""
    page = page_of(selected, keyset, writer)
    loose = {column: column for column in columns}
    in_row = {column: f"row.{column}" for column in columns}
    row = "{" + ", ".join(f"{column}: {column}" for column in columns) + "}"
    order = keyset.order(loose, backward=page.backward)
    size, one_more = (
        writer.parameter_from(selected, _size),
        writer.parameter_from(selected, lambda arguments: arguments.read(_size) + 1),
    )
    with writer.call("connection", imports) as name:
        source(page)
        carried = ""
        if selected.child("totalCount"):
            writer.line(f"WITH {row} AS row ORDER BY {order}")
            writer.line("WITH collect(row) AS rows")
            bounds = page.bounds(keyset, in_row)
            rest = f"[row IN rows WHERE {' AND '.join(bounds)}]" if bounds else "rows"
            writer.line(f"WITH size(rows) AS total, {rest}[..{one_more}] AS page")
            carried = "total, "
        else:
            if bounds := page.bounds(keyset, loose):
                writer.line(f"WITH * WHERE {' AND '.join(bounds)}")
            writer.line(f"WITH {row} AS row ORDER BY {order} LIMIT {one_more}")
            writer.line("WITH collect(row) AS page")
        rows = f"reverse(page[..{size}])" if page.backward else f"page[..{size}]"
        writer.line(f"WITH {carried}{rows} AS page, size(page) > {size} AS more")
        parts = []
        for part in selected.children(None):
            match part.name:
                case "totalCount":
                    value = "total"
                case "pageInfo":
                    value = _page_info(part, keyset.cursor_of(in_row), page, writer)
                case _:
                    value = _rows(part, columns, keyset, writer)
            parts.append((part.key, value))
        writer.line(f"RETURN {writer.object(parts)} AS {name}")
    return name


def _rows(part: Selected, columns: Sequence[str], keyset: Keyset, writer: Writer) -> str:
    """`nodes` or `edges`: the rows of the page, projected in order."""
    # With new names: the rules for the selected fields bind the names of the columns again.
    loose = {column: writer.name(column) for column in columns}
    with writer.call(part.name, ["page"]) as name:
        writer.line("UNWIND page AS row")
        writer.line("WITH " + ", ".join(f"row.{column} AS {variable}" for column, variable in loose.items()))
        if part.name == "nodes":
            value = writer.node(part, loose)
        else:
            value = writer.object(
                [
                    (child.key, keyset.cursor_of(loose) if child.name == "cursor" else writer.node(child, loose))
                    for child in part.children(None)
                ]
            )
        writer.line(f"RETURN collect({value}) AS {name}")
    return name


def _page_info(part: Selected, cursor: str, page: Page, writer: Writer) -> str:
    # A cursor points at a row that existed: the row itself, and those beyond it, are on another page.
    after, before = (str(cursor is not None).lower() for cursor in (page.after, page.before))
    values = {
        "hasNextPage": before if page.backward else "more",
        "hasPreviousPage": "more" if page.backward else after,
        "startCursor": f"[row IN page[..1] | {cursor}][0]",
        "endCursor": f"[row IN page[-1..] | {cursor}][0]",
    }
    return writer.object([(child.key, values[child.name]) for child in part.children(None)])
