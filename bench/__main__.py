"""`make bench`: every job on every database and size, each beside its floor measured in the same run.

make bench BENCH="--projects 5000 --database sqlite --job overview"
make bench-big                                           # 500,000 projects: ten minutes, most of it building them
make bench BENCH="--projects 50000 --job ledger"        # some minutes: the design's ledger
"""

import argparse
import contextlib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.district import AS_OF
from tests.support.postgres import server

SIZES = "240,5000"
KEPT_FROM = 50_000  # projects: what takes minutes to build is worth keeping
HEAD = f"{'database':<11}{'projects':>9}  {'job':<32}{'ms':>10}{'floor ms':>10}{'×':>8}{'MB':>7}  {'aim':<18}met"


@contextlib.contextmanager
def _database(name: str, home: Path | None) -> Iterator[str]:
    if name == "sqlite":
        yield ""
        return
    with server(home and home / "server") as url:
        yield url


@contextlib.contextmanager
def _folder(home: Path | None) -> Iterator[str]:
    if home is None:
        with tempfile.TemporaryDirectory(prefix="guatu-bench-") as folder:
            yield folder
        return
    home.mkdir(parents=True, exist_ok=True)
    yield str(home)


def _home(keep: str, database: str, projects: int, seed: int) -> Path | None:
    """Where a big database is kept: another one for other migrations or another way of building it."""
    if not keep or projects < KEPT_FROM:
        return None
    here = Path(__file__).parent
    made_by = [here / "district.py", here / "load.py", *sorted(here.parent.glob("guatu/*/migrations/*.py"))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in made_by)).hexdigest()
    return Path(keep).resolve() / f"{database}-{projects}-{seed}-{digest[:12]}"


def _run(database: str, projects: int, seed: int, jobs: list[str], keep: str) -> Iterator[dict[str, object]]:
    """Lines of one run, as they come."""
    home = _home(keep, database, projects, seed)
    with _folder(home) as folder, _database(database, home) as url:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GUATU_")}
        environment = {
            **kept,
            "GUATU_DATA_DIR": folder,
            "GUATU_DATABASE_URL": url,
            "GUATU_TODAY": AS_OF.isoformat(),
            "GUATU_LOG_LEVEL": "CRITICAL",
        }
        words = [sys.executable, "-m", "bench.run", str(projects), str(seed), *jobs]
        with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                yield json.loads(line)
        if process.returncode:
            yield {"stopped": process.returncode}


def _verdict(line: Mapping[str, object]) -> str:
    return f"no ({line['missed']})" if line["missed"] else "yes"


def main() -> int:
    """Print a table, a line a job."""
    parser = argparse.ArgumentParser(prog="bench", description="What users do, timed beside its floor.")
    parser.add_argument("--projects", default=SIZES, help=f"sizes, comma separated (default {SIZES})")
    parser.add_argument("--database", default="sqlite,postgres", help="sqlite, postgres or both")
    parser.add_argument("--job", action="append", default=[], help="only jobs whose name holds this; may be repeated")
    parser.add_argument("--seed", type=int, default=1)
    kept = os.environ.get("GUATU_BENCH_KEEP", "")
    parser.add_argument("--keep", default=kept, metavar="FOLDER", help=f"keep databases from {KEPT_FROM:,} projects on")
    args = parser.parse_args()
    print(HEAD)
    failed = False
    for projects in map(int, args.projects.split(",")):
        for database in args.database.split(","):
            for line in _run(database, projects, args.seed, args.job, args.keep):
                failed = failed or "stopped" in line
                if "job" not in line or "failed" in line:
                    print(
                        f"{database:<11}{projects:>9}  " + ", ".join(f"{name} {value}" for name, value in line.items())
                    )
                    continue
                megabytes = f"{line['megabytes']:.0f}" if line["megabytes"] is not None else ""
                print(
                    f"{database:<11}{projects:>9}  {line['job']:<32}{line['ms']:>10.1f}{line['floor_ms']:>10.1f}"
                    f"{line['ratio']:>8.1f}{megabytes:>7}  {line['aim']:<18}{_verdict(line)}",
                    flush=True,
                )
    print("Floors: each job's is named in bench/jobs.py; both are medians of the same process, warm.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
