"""Several processes that share a listening socket, and the parent that supervises them.

The parent serves nothing. It replaces a worker that dies; a worker that dies young is replaced after a growing pause.
SIGHUP replaces all workers, one after the other: each new one answers before the old one stops. SIGTERM and SIGINT stop
all of them. Workers stop by themselves when their parent is gone.
"""

import logging
import math
import multiprocessing
import os
import signal
import socket as sockets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import FrameType

from graph.errors import JointCreditError

log = logging.getLogger("jointcredit.workers")

Work = Callable[[sockets.socket, Callable[[], None]], None]
"""The work of a worker: serve on the socket until a signal, and call the function once it answers. It is pickled."""

YOUNG = 10.0
"""Seconds: a worker that dies earlier is replaced after a pause, which doubles up to LONGEST_PAUSE."""
LONGEST_PAUSE = 10.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_spawn = multiprocessing.get_context("spawn")


class _Worker:
    """A process, and the pipe by which it reports that it answers."""

    def __init__(self, work: Work, socket: sockets.socket) -> None:
        self.pipe, theirs = _spawn.Pipe(duplex=False)
        self.process: SpawnProcess = _spawn.Process(target=_run, args=(work, socket, theirs))
        self.began = time.monotonic()
        self.answers = False
        self.kill_at = math.inf
        # Ctrl-C in a terminal reaches every process of its group: block it until the worker can handle it.
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT,))
            theirs.close()

    def stop(self, number: int, patience: float) -> None:
        """Pass the signal on; after `patience` seconds the worker is killed."""
        self.kill_at = time.monotonic() + patience
        if self.process.is_alive() and self.process.pid is not None:
            # A worker that does not serve yet ignores SIGINT.
            os.kill(self.process.pid, number if self.answers else signal.SIGTERM)


class Supervisor:
    """Keeps `count` workers at `work` on the socket, until a signal."""

    def __init__(self, work: Work, socket: sockets.socket, count: int, patience: float) -> None:
        """`patience`: seconds after which stopping workers are killed."""
        self._work = work
        self._socket = socket
        self._patience = patience
        self._serving: list[_Worker | None] = [None] * count
        self._due = [0.0] * count
        """When the worker of each place may be restarted."""
        self._pauses = [0.0] * count
        self._to_replace: deque[int] = deque()
        self._successor: _Worker | None = None
        self._leaving: list[_Worker] = []
        self._stopped_by = 0

    def run(self, answers: Callable[[], None]) -> None:
        """Start the workers, call `answers` once the first one answers, and supervise them until SIGTERM or SIGINT,
        which is then raised again. Raises the error of a worker that ends before any of them answers."""
        received: list[int] = []
        announced = False
        with _signals_in(received) as wakeup:
            try:
                while True:
                    while received:
                        self._handle_signal(received.pop(0))
                    if self._stopped_by and not self._alive():
                        break
                    self._start_missing()
                    self._wait(wakeup)
                    self._read_messages()
                    if not announced and any(worker is not None and worker.answers for worker in self._serving):
                        announced = True
                        answers()
                    self._reap(may_fail=announced)
            finally:
                for worker in self._alive():
                    worker.process.kill()
                    worker.process.join()
        signal.raise_signal(self._stopped_by)

    def _handle_signal(self, number: int) -> None:
        if number == signal.SIGHUP:
            if not self._stopped_by:
                log.info("SIGHUP: the workers are replaced")
                self._to_replace = deque(range(len(self._serving)))
            return
        self._stopped_by = number
        for worker in self._alive():
            worker.stop(number, self._patience)

    def _alive(self) -> list[_Worker]:
        all_ = [*self._serving, self._successor, *self._leaving]
        return [worker for worker in all_ if worker is not None]

    def _start_missing(self) -> None:
        """Start the workers that are due."""
        if self._stopped_by:
            return
        for place, worker in enumerate(self._serving):
            if worker is None and self._due[place] <= time.monotonic():
                self._serving[place] = _Worker(self._work, self._socket)
        if self._to_replace and self._successor is None and not self._leaving:
            self._successor = _Worker(self._work, self._socket)

    def _wait(self, wakeup: int) -> None:
        """Wait until a worker answers or ends, a signal arrives, or a restart or kill is due."""
        alive = self._alive()
        due = [worker.kill_at for worker in alive]
        if not self._stopped_by:
            due += [self._due[place] for place, worker in enumerate(self._serving) if worker is None]
        seconds = min(due) - time.monotonic()
        sources: list[Connection | int] = [worker.pipe for worker in alive if not worker.pipe.closed]
        sources += [wakeup, *(worker.process.sentinel for worker in alive)]
        if wakeup in wait(sources, None if seconds == math.inf else max(0.05, seconds)):
            os.read(wakeup, 4096)
        for worker in alive:
            if worker.kill_at <= time.monotonic() and worker.process.is_alive():
                log.error("worker %s is killed: it does not stop", worker.process.pid)
                worker.process.kill()

    def _read_messages(self) -> None:
        """Read which workers answer. A successor that answers takes its place, and the old worker is stopped."""
        for worker in self._alive():
            if worker.pipe.closed or not worker.pipe.poll():
                continue
            try:
                word = worker.pipe.recv()
            except EOFError:
                word = None
            worker.pipe.close()
            if isinstance(word, JointCreditError):
                if not any(other.answers for other in self._alive()):
                    raise word
                log.error("worker %s cannot serve: %s: %s", worker.process.pid, word.code, word)
            worker.answers = word is True
        if self._successor is not None and self._successor.answers and not self._stopped_by:
            place = self._to_replace.popleft()
            old, self._serving[place], self._successor = self._serving[place], self._successor, None
            if old is not None:
                old.stop(signal.SIGTERM, self._patience)
                self._leaving.append(old)

    def _reap(self, *, may_fail: bool) -> None:
        """Remove the workers that ended."""
        for worker in self._alive():
            if worker.process.is_alive():
                continue
            worker.process.join()
            worker.pipe.close()
            code = worker.process.exitcode
            if worker in self._leaving:
                self._leaving.remove(worker)
            elif worker is self._successor:
                self._successor = None
                self._to_replace.clear()
                log.error("a new worker ended with %s before it answered: the others stay as they are", code)
            else:
                self._schedule_restart(self._serving.index(worker), worker)
                if not (may_fail or self._stopped_by):
                    raise SystemExit(code if code and code > 0 else 1)

    def _schedule_restart(self, place: int, worker: _Worker) -> None:
        self._serving[place] = None
        now = time.monotonic()
        young = now - worker.began < YOUNG
        self._due[place] = now + (self._pauses[place] if young else 0.0)
        self._pauses[place] = min(LONGEST_PAUSE, max(0.5, 2 * self._pauses[place])) if young else 0.0
        if not self._stopped_by:
            log.error(
                "worker %s ended with %s: another starts in %.1f s",
                worker.process.pid, worker.process.exitcode, self._due[place] - now,
            )  # fmt: skip


@contextmanager
def _signals_in(received: list[int]) -> Iterator[int]:
    """Collect signals; yields a descriptor that becomes readable with each."""

    def receive(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = {number: signal.signal(number, receive) for number in _SIGNALS}
    wakeup_before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(wakeup_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)


def _run(work: Work, socket: sockets.socket, pipe: Connection) -> None:
    """Run a worker process."""
    os.setpgid(0, 0)  # signals of the terminal then reach only the parent, which passes them on
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT,))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work(socket, lambda: pipe.send(True))
    except JointCreditError as error:
        pipe.send(error)
        raise SystemExit(error.exit_status) from None


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        log.error("the parent of this worker is gone: it stops")
        os.kill(os.getpid(), signal.SIGTERM)
