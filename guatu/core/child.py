"""A process of its own for what came from outside: whatever a file does to a parser, the server stays as it was.

The child limits itself (address space, processor time, no new files) before it opens anything, and answers over its
standard output; the parent gives it so many seconds and then ends it.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def started(module: str, job: str, *, seconds: int) -> Iterator[subprocess.Popen[bytes]]:
    """A child that runs ``module.main()`` with ``job`` as its last argument, ended after ``seconds`` or with the block.

    Its standard output is a pipe to be read to its end.
    """
    command = [sys.executable, "-c", f"from {module} import main; main()", job]
    environment = {"PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path), "PYTHONUTF8": "1"}
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    clock = threading.Timer(seconds, child.kill)
    clock.start()
    try:
        yield child
    finally:
        clock.cancel()
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def why_ended(code: int) -> str:
    """What a child's exit code says of a child that did not answer: too_slow, too_much_memory, parser_failed."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "too_slow"
    return "too_much_memory" if code == -signal.SIGABRT else "parser_failed"


def limit_self(*, memory: int, seconds: int) -> None:
    """The child's first act: so many bytes of address space and seconds of processor time, no file of any size."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
