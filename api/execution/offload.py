"""Runs Python work that would block the event loop in threads. They are few, so that the loop, which competes with them
for the interpreter, gets its turn within milliseconds.

Small work stays on the loop, one piece per turn: many small requests do not add up to a long block.
"""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import anyio.to_thread

P = ParamSpec("P")
T = TypeVar("T")


class Offload:
    """Runs pieces of work in the order of their arrival."""

    def __init__(self, threads: int) -> None:
        """`threads`: how many pieces run at a time; with 0, they run on the event loop."""
        self._limiter = anyio.CapacityLimiter(threads) if threads else None
        self._turn = asyncio.Lock()

    async def run(self, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Run `work` with these arguments and return its result."""
        if self._limiter is not None:
            return await anyio.to_thread.run_sync(lambda: work(*arguments, **named), limiter=self._limiter)
        async with self._turn:
            try:
                return work(*arguments, **named)
            finally:
                await asyncio.sleep(0)
