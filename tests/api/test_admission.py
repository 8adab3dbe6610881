"""Admission: so many operations at a time, in the order of their arrival; the rest are refused at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from api.errors import RequestError
from api.execution.admission import Admission


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with asyncio.timeout(10):
            await scenario()

    asyncio.run(whole())


async def stay(admission: Admission, leave: asyncio.Event, order: list[int], number: int) -> None:
    async with admission:
        order.append(number)
        await leave.wait()


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_so_many_run_and_the_others_take_their_turns() -> None:
    async def scenario() -> None:
        admission, order = Admission(2, 10, 5), list[int]()
        leave = [asyncio.Event() for _ in range(6)]
        tasks = [asyncio.create_task(stay(admission, leave[n], order, n)) for n in range(6)]
        await settled()
        assert order == [0, 1]
        assert (admission.under_way, admission.waiting) == (2, 4)
        leave[1].set()
        await settled()
        assert order == [0, 1, 2]
        for event in leave:
            event.set()
        await asyncio.gather(*tasks)
        assert order == list(range(6))
        assert (admission.under_way, admission.waiting) == (0, 0)

    run(scenario)


def test_a_full_queue_refuses_at_once() -> None:
    async def scenario() -> None:
        admission, leave = Admission(1, 1, 5), asyncio.Event()
        tasks = [asyncio.create_task(stay(admission, leave, [], n)) for n in range(2)]
        await settled()
        started = time.monotonic()
        with pytest.raises(RequestError, match="JOINTCREDIT_MAX_WAITING") as refused:
            async with admission:
                pass
        assert time.monotonic() - started < 1  # patience is 5
        assert (refused.value.status, refused.value.code) == (503, "OVERLOADED")
        assert refused.value.headers == {"Retry-After": "1"}
        leave.set()
        await asyncio.gather(*tasks)

    run(scenario)


def test_patience_ends() -> None:
    async def scenario() -> None:
        admission, leave = Admission(1, 5, 0.1), asyncio.Event()
        task = asyncio.create_task(stay(admission, leave, [], 0))
        await settled()
        with pytest.raises(RequestError, match="JOINTCREDIT_PATIENCE"):
            async with admission:
                pass
        assert admission.waiting == 0
        leave.set()
        await task
        assert admission.under_way == 0

    run(scenario)


def test_who_leaves_gives_up_the_place() -> None:
    """A client that leaves while it waits, or at the moment of its turn, keeps no place."""

    async def scenario() -> None:
        admission, order = Admission(1, 5, 5), list[int]()
        leave = [asyncio.Event() for _ in range(4)]
        tasks = [asyncio.create_task(stay(admission, leave[n], order, n)) for n in range(4)]
        await settled()
        tasks[1].cancel()
        await settled()
        assert admission.waiting == 2
        leave[0].set()
        while admission.waiting == 2:
            await asyncio.sleep(0)
        tasks[2].cancel()
        leave[3].set()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert order == [0, 3]
        assert (admission.under_way, admission.waiting) == (0, 0)

    run(scenario)


def test_an_error_gives_the_place_back() -> None:
    async def scenario() -> None:
        admission = Admission(1, 0, 5)
        for _ in range(3):
            with pytest.raises(ValueError, match="inside"):
                async with admission:
                    raise ValueError("inside")
        assert admission.under_way == 0

    run(scenario)
