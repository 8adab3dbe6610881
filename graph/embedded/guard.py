"""Runs one JVM and stops it when its parent is gone, whatever ended that: `python -I -S guard.py PIPE LOCK JAVA …`.

PIPE is the read end of a pipe whose write end only the parent holds: the end of the file means that the parent closed
it or died, a byte in it that the JVM is to be killed. LOCK is a locked descriptor that guard and JVM keep open, so that
the lock lasts as long as they do. The exit status is the JVM's, or FROZEN. Standard library only, and run by its path,
to start in a moment.
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
"""What the parent writes into the pipe where the JVM must not write anything more."""
FROZEN = 198
"""Exit status where the JVM was held by a signal (SIGSTOP), which answers nobody, and was killed for it."""
_LOOK = 300  # milliseconds between two looks at a JVM; held at two of them, it is frozen
_PR_SET_PDEATHSIG = 1


def guard(pipe: int, lock: int, command: list[str]) -> int:
    """Run the command until it ends, the pipe does, or a signal asks for the end; returns the command's exit status."""
    stop, asked = os.pipe()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda *_: os.write(asked, b"."))
    ended, jvm_holds = os.pipe()  # the JVM has the only write end, so that its end is the end of the file
    jvm = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[lock, jvm_holds], preexec_fn=_die_with_guard)
    os.close(jvm_holds)
    events = select.poll()
    for descriptor in (pipe, stop, ended):
        events.register(descriptor, select.POLLIN)
    held = 0
    while not (ready := events.poll(_LOOK)):
        held = held + 1 if _is_held(jvm.pid) else 0
        if held == 2:
            jvm.kill()
            jvm.wait()
            return FROZEN
    if jvm.poll() is None:
        to_kill = pipe in dict(ready) and os.read(pipe, 1) == KILL
        (jvm.kill if to_kill or _is_held(jvm.pid) else jvm.terminate)()
    try:
        return jvm.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        jvm.kill()
        return jvm.wait()


def _is_held(child: int) -> bool:
    """Whether a child is stopped by a signal, as its parent alone can see everywhere; it stays to be waited for."""
    try:
        return os.waitid(os.P_PID, child, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return False


def _die_with_guard() -> None:
    """Between fork and exec. On Linux the kernel kills the JVM when the guard is killed; elsewhere nothing does."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # the guard died before the kernel knew
            os._exit(1)


if __name__ == "__main__":
    # A JVM that was killed has its signal for a status: as a shell tells it.
    status = guard(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
    sys.exit(128 - status if status < 0 else status)
