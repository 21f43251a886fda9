"""The supervisor: pages answer, a dead child comes back, a stopped or killed supervisor leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.installation import Installation, fresh

PATIENCE = 60


def _until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True  # a page that refuses is a page that answers
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _of(installation: Installation) -> set[int]:
    """Processes that run in this installation's data folder, by their environment."""
    mark = f"GUATU_DATA_DIR={installation.folder}".encode()
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            ours = entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0")
            if ours and (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                found.add(int(entry.name))
        except OSError:
            continue
    return found


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Installation, "subprocess.Popen[str]", int]]:
    """An installation being served on a port of its own."""
    port = _free_port()
    with fresh(tmp_path / "data", PORT=str(port)) as made:
        assert made.run("init").code == 0
        supervisor = made.start("guatu.config.main", "serve")
        try:
            _until(lambda: _answers(port), "the pages did not answer")
            yield made, supervisor, port
        finally:
            for pid in _of(made):
                os.kill(pid, signal.SIGKILL)
            supervisor.wait()
            assert supervisor.stdout is not None
            supervisor.stdout.close()


def test_a_dead_child_comes_back_and_a_stopped_supervisor_leaves_nothing(served):
    installation, supervisor, port = served
    _until(lambda: len(_children(supervisor.pid)) == 2, "web and jobs run under the supervisor")
    for child in _children(supervisor.pid):
        os.kill(child, signal.SIGKILL)
        _until(lambda child=child: child not in _children(supervisor.pid), "the dead child was not noticed")
        _until(lambda: len(_children(supervisor.pid)) == 2, "the dead child did not come back")
    _until(lambda: _answers(port), "the pages did not come back")
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(PATIENCE) == 0
    _until(lambda: not _of(installation), "something was left behind")
    assert supervisor.stdout is not None
    (line,) = re.findall(r"^guatu serves on .*$", supervisor.stdout.read(), re.M)
    assert f":{port}/" in line


def test_a_killed_supervisor_frees_the_port(served):
    installation, supervisor, port = served
    supervisor.kill()
    supervisor.wait()
    _until(lambda: not _of(installation), "something was left behind")
    assert not _answers(port)


def test_a_port_that_another_installation_serves_is_refused_instead_of_shared(served):
    installation, _supervisor, port = served
    second = installation.run("serve")
    assert second.code == 1
    assert f"PORT {port}" in second.err
    assert _answers(port)
