"""A worker killed with -9 before or after its job's effect: the job runs again, and the effect is there once."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.support.installation import ROOT, fresh

pytestmark = pytest.mark.slow
WORKER = "tests.core.killed_worker"


class Worker:
    """One installation with a job, and workers that come and go."""

    def __init__(self, made):
        self.said = made.folder / "steps"
        self.environment = {**made.environment, "DJANGO_SETTINGS_MODULE": "tests.core.killed_settings"}

    def call(self, word):
        command = [sys.executable, "-m", WORKER, word]
        return subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=60)

    def state(self):
        return json.loads(self.call("state").stdout)

    def steps(self):
        return self.said.read_text().split() if self.said.exists() else []

    def start(self):
        command = [sys.executable, "-m", WORKER, "work"]
        silent = subprocess.DEVNULL
        return subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdout=silent, stderr=silent, start_new_session=True
        )


def kill(worker):
    """The worker and the processes it made, all at once."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def wait_for(look, wanted, seconds):
    deadline = time.monotonic() + seconds
    while not wanted(found := look()):
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return found


def test_a_killed_workers_job_is_done_once(tmp_path_factory, times):
    for number in range(times(10)):
        with fresh(tmp_path_factory.mktemp(f"worker{number}")) as made:
            assert made.run("migrate").code == 0
            installed = Worker(made)
            started = installed.call("start")
            assert started.returncode == 0, started.stderr
            step = ("before", "after")[number % 2]
            worker = installed.start()
            try:
                wait_for(installed.steps, lambda said, step=step: step in said, 30)
            finally:
                kill(worker)
            assert installed.state()["state"] == "running"
            worker = installed.start()
            try:
                done = wait_for(installed.state, lambda found: found["state"] in ("done", "failed"), 60)
            finally:
                kill(worker)
            assert (done["state"], done["regions"], done["entries"]) == ("done", 1, 1)
            assert made.run("trail", "verify", "--json").json["valid"]
