"""The embedded Neo4j as a context manager: it starts and stops Neo4j, and leaves no JVM however this process ends."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.errors import DiskFull, EmbeddedError
from graph.files.disk import filled, no_space
from graph.settings import Settings
from graph.store.database import Target

from .guard import FROZEN, KILL, PATIENCE
from .home import Home, Tuning
from .jars import MEGABYTES, ensure_jars
from .java import Java, find_java
from .locks import Locks, hold, let_go
from .watch import Broken, Watch, ask, prober

USER = "neo4j"
"""The user of the embedded database."""
DATABASE = "neo4j"
"""The name of the embedded database."""
_START = 120.0  # seconds until a started Neo4j must answer
_PORT_TRIES = 3
_ROOM_NEW = 48 << 20  # bytes that a new home takes: with less, Neo4j creates part of it and waits
_ROOM = 8 << 20  # bytes without which Neo4j neither starts nor reports it: there is no room for its log either
_GUARD = Path(__file__).with_name("guard.py")


class _PortTaken(Exception):
    pass


class EmbeddedNeo4j:
    """A Neo4j of this process, from `__enter__` to `__exit__`. Use an instance once; it is not thread-safe.

    A guard process stops the JVM when this process ends for any reason. Other processes may use the database through
    `embedded_connection` while it runs; it does not wait for them.
    """

    def __init__(
        self,
        settings: Settings,
        command: str,
        notify: Callable[[str], None] | None = None,
        on_end: Callable[[str], None] | None = None,
        tuning: Tuning | None = None,
    ) -> None:
        """`command`: what this process is, for others that find the home in use. `notify` is called with messages about
        slow steps. `on_end` is called from a thread, with a sentence that gives the reason, if Neo4j ends unasked or
        becomes unusable."""
        self._settings = settings
        self._command = command
        self._notify = notify or (lambda text: None)
        self._on_end = on_end
        self._home = Home(settings.home, tuning)
        self._locks: Locks | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self._pipe = -1
        self._watch: Watch | None = None
        self._why = ""
        self._stopping = False
        self._ended = threading.Lock()  # taken once, by the thread that reports the end

    def __enter__(self) -> Target:
        """Fetch what is missing, start Neo4j and wait until it answers a query.

        Raises HomeInUse if another process has the home, DownloadFailed, DiskFull, and EmbeddedError for any other
        failure, with the end of Neo4j's log in the message. After an error nothing keeps running.
        """
        self._home.make()
        self._locks = Locks(self._home.folder, self._command)
        try:
            self._home.remove_run()  # of an owner that was killed
            return self._start(self._locks)
        except BaseException:
            self._stop()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop Neo4j and wait until it has ended. It is killed after 30 s, and at once if its database is broken: an
        orderly stop would then corrupt the log from which it recovers."""
        self._stop()

    def _start(self, locks: Locks) -> Target:
        if full := no_space(self._home.folder, _ROOM_NEW if self._home.is_new else _ROOM):
            raise DiskFull(f"{full}: make room, then run the command again")
        _choose_port(self._settings.bolt_port)  # report a port that is taken before anything is fetched
        jars = ensure_jars(self._settings.jar_folder, self._settings.maven_repository, self._report_fetched)
        java = find_java()
        password = self._home.password()
        if self._home.is_new:
            self._notify("setting Neo4j up, once")
            self._set_password(locks, java, jars, password)
        self._notify("starting Neo4j")
        command = self._home.server_command(java, jars, self._settings.heap)
        for trial in range(1, _PORT_TRIES + 1):
            port = _choose_port(self._settings.bolt_port)
            connection = Target(f"bolt://127.0.0.1:{port}", USER, password, DATABASE)
            self._home.write_configuration(port, self._settings.page_cache)
            self._run_guard(locks, command)
            try:
                self._wait(connection)
                break
            except _PortTaken:
                self._stop_guard()
                if self._settings.bolt_port:
                    raise _port_taken(port) from None
                if trial == _PORT_TRIES:
                    raise EmbeddedError(
                        "no Bolt port stays free: set JOINTCREDIT_BOLT_PORT to one that nothing else uses"
                    ) from None
        locks.pass_on_jvm()
        if self._guard is not None:
            threading.Thread(target=self._wait_for_end, args=(self._guard,), daemon=True).start()
            self._watch = Watch(connection, self._home.folder, self._notify, self._cannot_be_used)
        self._home.write_run({"token": locks.owner.token, "uri": connection.uri})
        return connection

    def _wait_for_end(self, guard: "subprocess.Popen[bytes]") -> None:
        status = guard.wait()
        if not self._stopping:
            end = "was stopped by a signal, and has been killed" if status == FROZEN else f"ended ({status})"
            self._report_end(self._why or f"its process {end}")

    def _cannot_be_used(self, why: str, must_not_write: bool) -> None:
        """Called from the watch's thread."""
        self._why = why
        if must_not_write and self._pipe >= 0:
            with suppress(OSError):
                os.write(self._pipe, KILL)
        else:
            self._report_end(why)

    def _report_end(self, why: str) -> None:
        if self._on_end is not None and self._ended.acquire(blocking=False):
            if full := filled(self._home.folder, why):
                why = f"{full}: make room, then start again; what was committed is kept ({why})"
            self._on_end(f"the embedded Neo4j stops: {why}; its logs are in {self._home.log.parent}")

    def _report_fetched(self, done: int, total: int) -> None:
        if done == 0:
            self._notify(f"fetching Neo4j, once: {total} jars, about {MEGABYTES} MB")
        elif done % 45 == 0 or done == total:
            self._notify(f"{done} of {total} jars are here")

    def _set_password(self, locks: Locks, java: Java, jars: list[Path], password: str) -> None:
        self._home.write_configuration(0, self._settings.page_cache)
        command = self._home.password_command(java, jars, password)
        try:
            run = subprocess.run(
                command,
                env=self._home.environment(),
                cwd=self._home.folder,
                pass_fds=[locks.jvm],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=_START,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise self._failure(f"Java cannot set the first password of Neo4j: {error}") from error
        finally:
            Path(command[1].removeprefix("@")).unlink(missing_ok=True)
        if run.returncode != 0:
            output = run.stdout.decode("utf-8", "replace").replace(password, "***").strip()[-2000:]
            raise self._failure("Neo4j refuses its first password", f"; it says:\n{output}")

    def _run_guard(self, locks: Locks, command: list[str]) -> None:
        read_end, write_end = os.pipe()
        self._pipe = hold(write_end)
        try:
            with self._home.log.open("wb") as log:
                self._guard = subprocess.Popen(
                    [sys.executable, "-I", "-S", str(_GUARD), str(read_end), str(locks.jvm), *command],
                    env=self._home.environment(),
                    cwd=self._home.folder,
                    pass_fds=[read_end, locks.jvm],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # the terminal's Ctrl-C is only for this process
                )
        except OSError as error:
            raise EmbeddedError(f"the guard of Neo4j cannot be started: {error}") from error
        finally:
            os.close(read_end)

    def _wait(self, connection: Target) -> None:
        end = time.monotonic() + _START
        last: Exception | None = None
        while True:
            if self._guard is None or self._guard.poll() is not None:
                raise self._failed("Neo4j ended while it started")
            # Read Neo4j's log first: another program may have taken the port in between and answer there.
            if b"Bolt enabled on" in self._home.log.read_bytes():
                try:
                    asyncio.run(_ask(connection))
                    return
                except Broken as error:
                    raise self._failed(f"Neo4j cannot open its database ({error})") from error
                except AuthError:
                    raise EmbeddedError(
                        f"the password in {self._home.folder / 'password'} is not the one of the store: put the right "
                        f"one there, or delete {self._home.folder} and load again"
                    ) from None
                except (DriverError, Neo4jError, OSError) as error:
                    last = error
            if time.monotonic() > end:
                raise self._failed(f"Neo4j does not answer after {_START:.0f} s{f' ({last})' if last else ''}")
            time.sleep(0.05)

    def _failed(self, what: str) -> Exception:
        tail = self._home.log_tail()
        if "Address already in use" in tail or "BindException" in tail or "PortBindException" in tail:
            return _PortTaken()
        return self._failure(what, f"; the end of {self._home.log}:\n{tail}")

    def _failure(self, what: str, more: str = "") -> EmbeddedError | DiskFull:
        """The error that says what failed. If the disk is full, that is the reason, and the log adds nothing."""
        if full := filled(self._home.folder, what + more):
            return DiskFull(f"{full}: make room, then run the command again ({what})")
        return EmbeddedError(what + more)

    def _stop(self) -> None:
        self._stopping = True
        try:
            if self._locks is not None:
                self._home.remove_run()
            broken = self._watch is not None and self._watch.stop()
            self._watch = None
            if broken and self._pipe >= 0:
                with suppress(OSError):
                    os.write(self._pipe, KILL)
            self._stop_guard()
        finally:
            if self._locks is not None:
                self._locks.release()
                self._locks = None

    def _stop_guard(self) -> None:
        if self._pipe >= 0:
            let_go(self._pipe)
            self._pipe = -1
        if self._guard is not None:
            try:
                self._guard.wait(PATIENCE + 15)
            except subprocess.TimeoutExpired:
                self._guard.kill()
                self._guard.wait()
            self._guard = None


async def _ask(connection: Target) -> bool:
    async with prober(connection) as driver, asyncio.timeout(5.0):
        return await ask(driver, connection.database)


def _choose_port(port: int) -> int:
    """The port, or a free one for 0. Raises EmbeddedError if the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise _port_taken(port) from None
        return int(probe.getsockname()[1])


def _port_taken(port: int) -> EmbeddedError:
    return EmbeddedError(
        f"port {port} is taken by another program: set JOINTCREDIT_BOLT_PORT to a free one, or to 0 for any"
    )
