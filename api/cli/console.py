"""Standard error of the command line: what may be a person's number is masked, and a text is printed as it is."""

from typing import Any

from rich.console import Console
from rich.text import Text

from graph.masking import mask_text


class MaskingConsole(Console):
    """A console on which no person's number can be printed. Texts are taken as they are: rich would take `[x]` for a
    style and `:100:` for an emoji."""

    def __init__(self, **options: Any) -> None:
        super().__init__(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True, **options)

    def print(self, *objects: Any, **options: Any) -> None:
        """Print texts, masked, and other things as rich draws them: those hold figures, and texts masked before."""
        super().print(*map(_masked, objects), **options)


def _masked(thing: Any) -> Any:
    if isinstance(thing, str):
        return mask_text(thing)  # a Masked text comes back as it is
    if isinstance(thing, Text) and (shown := mask_text(thing.plain)) != thing.plain:
        return Text(shown)
    return thing
