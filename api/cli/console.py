"""Standard error of the command line: it masks what may be a person's number and prints text literally."""

from typing import Any

from rich.console import Console
from rich.text import Text

from graph.masking import mask_text


class MaskingConsole(Console):
    """A console that never prints a person's number. It prints text literally: rich would read `[x]` as a style and
    `:100:` as an emoji."""

    def __init__(self, **options: Any) -> None:
        super().__init__(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True, **options)

    def print(self, *objects: Any, **options: Any) -> None:
        """Print text masked, and other objects as rich draws them: they hold figures and text that is already
        masked."""
        super().print(*map(_masked, objects), **options)


def _masked(thing: Any) -> Any:
    if isinstance(thing, str):
        return mask_text(thing)  # returns a Masked text unchanged
    if isinstance(thing, Text) and (shown := mask_text(thing.plain)) != thing.plain:
        return Text(shown)
    return thing
