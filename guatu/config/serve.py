"""One supervisor: granian's web workers and the job worker, each started again when it dies, all stopped together."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from guatu.config import env
from guatu.config.installation import demonstration_logins

STOP_SECONDS = 20.0
LONGEST_WAIT = 30.0
STEADY_SECONDS = 60.0
_PR_SET_PDEATHSIG = 1


def web_command() -> list[str]:
    """Granian over WSGI; it listens before any page is asked for."""
    words = {
        "--interface": "wsgi",
        "--host": env.BIND,
        "--port": str(env.PORT),
        "--workers": str(env.WORKERS),
        "--blocking-threads": "4",
        "--backpressure": "64",
        "--workers-kill-timeout": "10",
        "--log-level": "warning",
    }
    options = [part for pair in words.items() for part in pair]
    return [sys.executable, "-m", "granian", *options, "--respawn-failed-workers", "guatu.config.wsgi:application"]


def jobs_command() -> list[str]:
    """django-q2's cluster with one worker (settings.Q_CLUSTER); what a killed one had begun is taken up again."""
    return [sys.executable, "-m", "guatu.config.worker"]


def _follow_parent() -> None:
    """In the child: stop when the supervisor is killed, so that nothing keeps the port."""
    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(AttributeError):  # Linux only
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True)
class Child:
    """One process that is kept running. `wait` grows while it keeps dying early."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    wait: float = 0.5
    restarts: int = 0
    next_start: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a process group of its own, so that its own children can be reached."""
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "guatu.config.settings"}
        self.process = subprocess.Popen(
            self.command, env=environment, start_new_session=True, preexec_fn=_follow_parent
        )
        self.started = time.monotonic()

    def tend(self, now: float) -> bool:
        """Start it again when it died and its wait is over; True when it was started."""
        if self.process is not None and self.process.poll() is None:
            return False
        if self.process is not None:
            self._clear_group()
            self.wait = 0.5 if now - self.started > STEADY_SECONDS else min(self.wait * 2, LONGEST_WAIT)
            self.next_start = now + self.wait
            self.restarts += 1
            sys.stderr.write(f"guatu: {self.name} ended with {self.process.returncode}; again in {self.wait:g} s\n")
            self.process = None
        if now < self.next_start:
            return False
        self.start()
        return True

    def signal(self, number: int) -> None:
        """Pass a signal on to the process itself; it stops its own children."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def finish(self, deadline: float) -> None:
        """Wait until the deadline, then end it and what it left behind."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        self._clear_group()
        self.process.wait()

    def _clear_group(self) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def supervise(children: list[Child], stopping: Callable[[], bool]) -> None:
    """Keep the children running until `stopping` says so, then stop them in order."""
    try:
        while not stopping():
            now = time.monotonic()
            for child in children:
                child.tend(now)
            time.sleep(0.2)
    finally:
        for child in children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in children:
            child.finish(deadline)


def _announce() -> None:
    shown = f"[{env.BIND}]" if ":" in env.BIND else env.BIND
    sys.stdout.write(f"guatu serves on http://{shown}:{env.PORT}/ (Ctrl-C stops it)\n")
    for login in demonstration_logins():
        sys.stdout.write(f"  {login['username']:<16} {login['password']:<18} {login['post']}\n")
    sys.stdout.flush()


def _require_free_port() -> None:
    """Stop with a sentence when another program listens there.

    Granian sets SO_REUSEPORT: two installations on one port would start without a word and share the requests, so
    that every other sign-in fails and a form may be written into the wrong database.
    """
    family = socket.AF_INET6 if ":" in env.BIND else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((env.BIND, env.PORT))
        except OSError as problem:
            why = problem.strerror or "cannot be used"
            raise env.SettingError(
                f"PORT {env.PORT} on {env.BIND}: {why}. Stop what serves there, or set PORT."
            ) from None


def run() -> int:
    """Serve until SIGTERM or SIGINT; returns how many children had to be started again."""
    _require_free_port()
    stop: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        stop.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
    children = [Child("web", web_command()), Child("jobs", jobs_command())]
    _announce()
    try:
        supervise(children, lambda: bool(stop))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return sum(child.restarts for child in children)
