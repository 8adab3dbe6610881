"""Limits how many operations run at a time and how many wait; further ones are refused at once, with Retry-After.

A machine that accepts every request serves fewer of them, and later: every operation waits behind all the others. Here
a few run, some wait in the order of their arrival, and an operation that would wait too long is refused before it costs
anything.
"""

import asyncio
from collections import deque
from types import TracebackType

from api.errors import RequestError


class Admission:
    """Places for operations, taken with `async with`; for the tasks of one event loop."""

    def __init__(self, running: int, waiting: int, patience: float) -> None:
        """`running`: how many places there are; `waiting`: how many may wait for one, `patience` seconds each."""
        self._free = running
        self._running = running
        self._waiting = waiting
        self._patience = patience
        self._queue: deque[asyncio.Future[None]] = deque()

    @property
    def under_way(self) -> int:
        """How many operations have a place."""
        return self._running - self._free

    @property
    def waiting(self) -> int:
        """How many operations wait for a place."""
        return len(self._queue)

    async def __aenter__(self) -> None:
        """Take a place, first come, first served. Raises RequestError, 503 with Retry-After, at once if the queue is
        full, or when no place becomes free in time."""
        if self._free and not self._queue:
            self._free -= 1
            return
        if len(self._queue) >= self._waiting:
            raise _refused(f"{self._waiting} operations are already waiting, the maximum (JOINTCREDIT_MAX_WAITING)")
        turn = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            async with asyncio.timeout(self._patience):
                await turn
        except BaseException as error:
            self._leave(turn)
            if isinstance(error, TimeoutError):
                raise _refused(
                    f"the operation waited {self._patience:g} s without a turn (JOINTCREDIT_PATIENCE)"
                ) from None
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the place to the operation that has waited longest."""
        self._pass_on()

    def _leave(self, turn: asyncio.Future[None]) -> None:
        """Leave the queue. A place received at the same moment passes to the next operation."""
        if turn.done() and not turn.cancelled():
            self._pass_on()
        elif turn in self._queue:
            self._queue.remove(turn)

    def _pass_on(self) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


def _refused(message: str) -> RequestError:
    return RequestError(503, "OVERLOADED", f"{message}: try again in a moment", {"Retry-After": "1"})
