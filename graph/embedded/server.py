"""The embedded Neo4j as a context: started, shared and stopped, with no JVM left behind whatever ends this process."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from ..database import Target
from ..errors import EmbeddedError, HomeInUse
from ..settings import Settings
from .guard import PATIENCE
from .home import Home
from .jars import MEGABYTES, ensure_jars
from .java import Java, find_java
from .locks import Locks, hold, let_go, read_owner

_USER = "neo4j"
_DATABASE = "neo4j"
_START = 120.0  # seconds until a started Neo4j must answer
_OTHERS_START = 600.0  # the same for one that another process starts: it may fetch the jars first
_PORT_TRIES = 3
_GUARD = Path(__file__).with_name("guard.py")


class _PortTaken(Exception):
    pass


class EmbeddedNeo4j:
    """A Neo4j of this process, from `__enter__` to `__exit__`. To be used once; not safe to share between threads.

    A guard process stops the JVM when this process ends, however it does. Other processes may use the database by
    `embedded_connection` as long as it runs; it does not wait for them.
    """

    def __init__(
        self,
        settings: Settings,
        command: str,
        notify: Callable[[str], None] | None = None,
        on_end: Callable[[], None] | None = None,
    ) -> None:
        """`command`: what this process is, for others that find the home in use. `notify` is told what takes time;
        `on_end` is called from a thread when Neo4j ends although nobody asked it to."""
        self._settings = settings
        self._command = command
        self._notify = notify or (lambda text: None)
        self._on_end = on_end
        self._home = Home(settings.home)
        self._locks: Locks | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        self._pipe = -1

    def __enter__(self) -> Target:
        """Fetch what is missing, start Neo4j, wait until it answers a query.

        Raises HomeInUse when another process has the home, DownloadFailed, and EmbeddedError for whatever else keeps
        Neo4j from running: the message holds the end of its log. Nothing keeps running then.
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
        """Stop Neo4j and wait until it has; it is killed after 30 s."""
        self._stop()

    def _start(self, locks: Locks) -> Target:
        _choose_port(self._settings.bolt_port)  # a told one that is taken is known before anything is fetched
        jars = ensure_jars(self._settings.jar_folder, self._settings.maven_repository, self._tell_fetched)
        java = find_java()
        password = self._home.password()
        if self._home.is_new:
            self._notify("setting Neo4j up, once")
            self._set_password(locks, java, jars, password)
        self._notify("starting Neo4j")
        command = self._home.server_command(java, jars, self._settings.heap)
        for trial in range(1, _PORT_TRIES + 1):
            port = _choose_port(self._settings.bolt_port)
            connection = Target(f"bolt://127.0.0.1:{port}", _USER, password, _DATABASE)
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
        if self._guard is not None and self._on_end is not None:
            threading.Thread(target=self._watch, args=(self._guard, self._on_end), daemon=True).start()
        self._home.write_run({"token": locks.owner.token, "uri": connection.uri})
        return connection

    def _watch(self, guard: "subprocess.Popen[bytes]", on_end: Callable[[], None]) -> None:
        guard.wait()
        if self._pipe >= 0:  # nobody asked it to stop
            on_end()

    def _tell_fetched(self, done: int, total: int) -> None:
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
            raise EmbeddedError(f"Java cannot set the first password of Neo4j: {error}") from error
        finally:
            Path(command[1].removeprefix("@")).unlink(missing_ok=True)
        if run.returncode != 0:
            told = run.stdout.decode("utf-8", "replace").replace(password, "***").strip()[-2000:]
            raise EmbeddedError(f"Neo4j refuses its first password; it says:\n{told}")

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
                    start_new_session=True,  # the terminal's Ctrl-C is for this process alone
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
            # Its own word comes first: another program may have taken the port in between, and answer there.
            if b"Bolt enabled on" in self._home.log.read_bytes():
                try:
                    _query(connection)
                    return
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
        return EmbeddedError(f"{what}; the end of {self._home.log}:\n{tail}")

    def _stop(self) -> None:
        try:
            if self._locks is not None:
                self._home.remove_run()
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


@contextmanager
def embedded_connection(
    settings: Settings,
    command: str,
    notify: Callable[[str], None] | None = None,
    on_end: Callable[[], None] | None = None,
) -> Iterator[Target]:
    """The embedded Neo4j of the home: the one that runs, or one that is started for as long as the context lasts.

    One that another process has still to start is waited for. Raises as `EmbeddedNeo4j` does; HomeInUse only when the
    other process holds the home and no Neo4j answers in ten minutes.
    """
    end = time.monotonic() + _OTHERS_START
    told = False
    with contextlib.ExitStack() as stack:
        while True:
            try:
                connection = stack.enter_context(EmbeddedNeo4j(settings, command, notify, on_end))
                break
            except HomeInUse as error:
                if (running := _running(Home(settings.home))) is not None:
                    connection = running
                    break
                if time.monotonic() > end:
                    raise
                if notify is not None and not told:
                    notify(f"waiting for the Neo4j of another process: {error}")
                    told = True
                time.sleep(0.2)
        yield connection


def _running(home: Home) -> Target | None:
    """The database of the process that holds the home, if it answers. Asked only where the lock is known to be held."""
    owner = read_owner(home.folder)
    run = home.read_run()
    if owner is None or run.get("token") != owner.token:
        return None  # the run of an owner before this one
    try:
        connection = Target(str(run["uri"]), _USER, home.password(), _DATABASE)
        _query(connection)
    except (DriverError, Neo4jError, OSError):
        return None
    # The owner may have been another when the query began: then its database is ending.
    return connection if read_owner(home.folder) == owner else None


def _query(connection: Target) -> None:
    auth = (connection.user, connection.password)
    with (
        neo4j.GraphDatabase.driver(connection.uri, auth=auth, connection_timeout=5, user_agent="jointcredit") as driver,
        driver.session(database=connection.database, default_access_mode=neo4j.READ_ACCESS) as session,
    ):
        session.run("RETURN 1").consume()


def _choose_port(told: int) -> int:
    """The told port, or a free one for 0. Raises EmbeddedError when the told one is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", told))
        except OSError:
            raise _port_taken(told) from None
        return int(probe.getsockname()[1])


def _port_taken(port: int) -> EmbeddedError:
    return EmbeddedError(
        f"port {port} is taken by another program: set JOINTCREDIT_BOLT_PORT to a free one, or to 0 for any"
    )
