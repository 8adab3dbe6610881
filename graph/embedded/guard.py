"""Runs one JVM and stops it when its parent is gone, for whatever reason: `python -I -S guard.py PIPE LOCK JAVA …`.

PIPE is the read end of a pipe whose write end only the parent holds. End of file means that the parent closed it or
died; a byte means that the JVM is to be killed. LOCK is a locked descriptor that the guard and the JVM keep open, so
that the lock lasts as long as they do. The exit status is the JVM's, or FROZEN. The file uses the standard library only
and runs by its path, so that it starts quickly.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys

PATIENCE = 30
"""Seconds that a JVM has to stop before it is killed."""
KILL = b"k"
"""The byte in the pipe that means: kill the JVM, which must not write any more."""
FROZEN = 198
"""Exit status if the JVM was suspended by a signal (SIGSTOP), does not respond, and was killed for that."""
_LOOK = 300  # milliseconds between two looks at a JVM; if it is suspended in two of them, it is frozen
_PR_SET_PDEATHSIG = 1


def guard(pipe: int, lock: int, command: list[str]) -> int:
    """Run the command until it ends, the pipe closes, or a signal asks to stop. Returns the exit status of the
    command."""
    stop, stop_requests = os.pipe()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda *_: os.write(stop_requests, b"."))
    ended, jvm_holds = os.pipe()  # only the JVM has the write end: end of file means that the JVM has ended
    jvm = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[lock, jvm_holds], preexec_fn=_die_with_guard)
    os.close(jvm_holds)
    events = select.poll()
    for descriptor in (pipe, stop, ended):
        events.register(descriptor, select.POLLIN)
    looks_suspended = 0
    while not (readable := events.poll(_LOOK)):
        looks_suspended = looks_suspended + 1 if _is_suspended(jvm.pid) else 0
        if looks_suspended == 2:
            jvm.kill()
            jvm.wait()
            return FROZEN
    if jvm.poll() is None:
        to_kill = pipe in dict(readable) and os.read(pipe, 1) == KILL
        (jvm.kill if to_kill or _is_suspended(jvm.pid) else jvm.terminate)()
    try:
        return jvm.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        jvm.kill()
        return jvm.wait()


def _is_suspended(child: int) -> bool:
    """Whether a child is suspended by a signal. Only the parent can see that on every system; the child is not
    reaped."""
    try:
        return os.waitid(os.P_PID, child, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return False


def _die_with_guard() -> None:
    """Runs between fork and exec. On Linux the kernel kills the JVM when the guard is killed; other systems do not."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # the guard died before the call above
            os._exit(1)


if __name__ == "__main__":
    # The status of a killed JVM is that of its signal, as a shell reports it.
    status = guard(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
    sys.exit(128 - status if status < 0 else status)
