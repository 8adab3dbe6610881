"""Runs one JVM and stops it when its parent is gone, whatever ended that: `python -I -S guard.py PIPE LOCK JAVA …`.

PIPE is the read end of a pipe whose write end only the parent holds: the end of the file means that the parent closed
it or died. LOCK is a locked descriptor that guard and JVM keep open, so that the lock lasts as long as they do. The
exit status is the JVM's. Standard library only, and run by its path, to start in a moment.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys

PATIENCE = 30
"""Seconds that a JVM has to stop before it is killed."""
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
    events.poll()
    if jvm.poll() is None:
        jvm.terminate()
    try:
        return jvm.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        jvm.kill()
        return jvm.wait()


def _die_with_guard() -> None:
    """Between fork and exec. On Linux the kernel kills the JVM when the guard is killed; elsewhere nothing does."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # the guard died before the kernel knew
            os._exit(1)


if __name__ == "__main__":
    sys.exit(guard(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
