"""Run a Python module from a small process and write down what it used: `-m tests.support.measured FILE MODULE …`.

A child keeps its parent's mark of most memory through exec, so what a large test process starts by itself would be
measured as that test process. Nothing here may be imported that makes this process large."""

import json
import resource
import subprocess
import sys
from pathlib import Path


def main(file: str, *command: str) -> int:
    """Run it to its end, its output being ours; memory in kilobytes is that of the largest process of its family."""
    code = subprocess.call([sys.executable, "-m", *command])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    Path(file).write_text(json.dumps({"memory": used.ru_maxrss, "busy": used.ru_utime + used.ru_stime}))
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
