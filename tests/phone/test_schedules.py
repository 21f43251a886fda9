"""The phone's outbox under random faults, in Node: cut, killed, doubled, reordered, signed out, full, a wrong clock.

`schedules.mjs` runs the very modules of the page (queue.js, sync.js) on a made-up phone and server; it ends with the
seed of the schedule in which something was lost, came twice, or was called sent and was not there.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def run(first: int, count: int) -> dict[str, int]:
    command = [ROOT / ".ci" / "node", "--no-warnings", HERE / "schedules.mjs", str(first), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300 + 3 * count, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


def test_nothing_is_lost_and_nothing_comes_twice(seed: int) -> None:
    told = run(seed, 20)
    assert told["schedules"] == 20
    assert told["items"] > 200


@pytest.mark.slow
def test_nothing_is_lost_in_a_thousand_schedules(seed: int, times: Callable[[int], int]) -> None:
    assert run(seed, times(1000))["schedules"] == times(1000)
