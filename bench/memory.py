"""Peak memory of one import, in a process that does nothing else: `-m bench.memory preview FILE REGION`."""

import json
import resource
import subprocess
import sys
from pathlib import Path

from guatu.config.main import set_up


def of_import(run: str, path: Path, region: str) -> float:
    """Peak resident MB of a process that carries the import out; the child that opens the file is not counted."""
    words = [sys.executable, "-m", "bench.memory", run, str(path), region]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["megabytes"])


def main(arguments: list[str]) -> int:
    """Carry out one import and print the peak."""
    run, path, region = arguments[0], Path(arguments[1]), arguments[2]
    set_up()
    from django.db import connection

    from bench.ledgers import order_of
    from guatu.core.actor import OPERATOR
    from guatu.reporting import imports

    if connection.vendor == "sqlite":
        # Pages of the database's file that are mapped belong to the system's cache, not to the process.
        connection.cursor().execute("PRAGMA mmap_size=0")
    order = order_of(path, region)
    getattr(imports, run)(OPERATOR, order, imports.read(order))
    print(json.dumps({"megabytes": _peak()}))
    return 0


def _peak() -> float:
    """Most resident MB so far. `getrusage` would answer with the parent's where that was more: exec keeps its mark."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
