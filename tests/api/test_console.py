"""The console prints names and values literally: without emoji, style or colour from rich."""

from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import Console

from api.cli.progress import Bars
from api.cli.session import console
from api.server.run import Service, run
from tests.resilience.command import run as command

ODD = ":100: [red]x[/] [b]y :smile: [z]"


def test_a_line_number_is_no_emoji(tmp_path: Path) -> None:
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "a.graphql").write_text("\n" * 99 + "type A { b: Int }")
    done = command("register", "client", folder=tmp_path)
    assert done.status == 2
    assert "client/a.graphql:100:1: this is neither an operation nor a fragment" in done.err


def test_a_summary_and_its_refusals_are_printed_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / ":100:[red]x :smile:"
    folder.mkdir()
    rows = f"1,甲,,CITY\n2,乙,,:100:\n3,丙,,[red]x[/]\n4,丁,,{ODD}\n" + "\n" * 95 + "5\n"
    (folder / "regions.csv").write_text(f"code,name,parent_code,level\n{rows}", "utf-8")
    done = command("load", folder.name, "--offline", "--files", "[b]f", "--report", "[i]:100:", folder=tmp_path)
    assert done.status == 1, done
    for text in (
        f"{folder.name}: ",
        "':100:'",
        "'[red]x[/]'",
        repr(ODD),
        "regions.csv:101 ",
        " [i]:100: has all of them",
        "in [b]f;",
    ):
        assert text in done.err, (text, done.err)


def test_bars_are_drawn_as_they_are() -> None:
    drawn = StringIO()
    with Bars(Console(file=drawn, force_terminal=True, width=300)) as bars:
        bars.start(ODD, 100)
        bars.advance(ODD, 10, 50)
        bars.refused(ODD, 3)
    for text in (ODD, "10 rows", "3 refused"):
        assert text in drawn.getvalue()


def test_an_ipv6_address_is_no_style(capsys: pytest.CaptureFixture[str]) -> None:
    class Socket:
        def getsockname(self) -> tuple[str, int, int, int]:
            return "fd00::1", 8000, 0, 0

    class Answering:
        def serve(self, _socket: Socket, answers: Any) -> None:
            answers()

    run(cast(Service, Answering()), cast(Any, Socket()), 1, console)
    assert capsys.readouterr().err.count("http://[fd00::1]:8000/graphql") == 2


@pytest.mark.parametrize("arguments", [[ODD], ["schema", ODD], ["serve", f"--{ODD}"]])
def test_a_usage_message_repeats_arguments_as_they_are(arguments: list[str], tmp_path: Path) -> None:
    done = command(*arguments, folder=tmp_path)
    assert done.status == 2
    assert ODD in done.err
