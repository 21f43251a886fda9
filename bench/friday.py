"""`make bench-friday`: Friday afternoon. Fifty people at once, two seconds between clicks, against a real server.

Granian with two workers on this machine alone. Each person does what the desk does: opens the unit's sheet, types the
projects' weeks row by row (each kept when the row is left), and hands the rows in together. The times of the server are
those of its own log, those of the people from click to answer; they run on the same machine and take their part of it.

By Friday afternoon both workers have answered every kind of click before: a few people more do so first, uncounted.
Without them the first clicks measure how a fresh process reads its templates and compiles its queries.
"""

import argparse
import contextlib
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.district import AS_OF
from tests.support.postgres import server

AIM_MS, TOKEN, MOST_PEOPLE, MOST_REPORTS, BEFORE = 100, "f" * 32, 100, 9, 8
LOOK, KEEP, SUBMIT = "sheet opened", "row kept", "rows handed in"
SHEET, HAND_IN = "/reports/", "/reports/submit/"
Form = Mapping[str, str | list[str]]
TYPED = {"amount": "80", "words": "管网施工，累计完成三百米"}


@dataclass(slots=True)
class Told:
    """What the people met: milliseconds by what they did, and answers that were none."""

    times: dict[str, list[float]] = field(default_factory=lambda: {LOOK: [], KEEP: [], SUBMIT: []})
    failures: list[str] = field(default_factory=list)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _percentile(values: list[float], share: float) -> float:
    listed = sorted(values)
    return listed[min(len(listed) - 1, int(len(listed) * share))] if listed else 0.0


def _kind(path: str) -> str | None:
    """Which of the clicks an address is."""
    known = {SHEET: LOOK, HAND_IN: SUBMIT}
    return KEEP if path.endswith("/keep/") else known.get(path)


def _click(port: int, cookie: str, path: str, form: Form | None) -> tuple[int, float, bytes]:
    """One click on a connection of its own: (status, milliseconds, answer)."""
    headers = {"Cookie": f"{cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "Host": f"127.0.0.1:{port}"}
    body: str | bytes | None = None
    if form is not None:
        body, headers["Content-Type"] = urlencode(form, doseq=True), "application/x-www-form-urlencoded"
    begun = time.perf_counter()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        link.request("POST" if form is not None else "GET", path, body, headers)
        answer = link.getresponse()
        body = answer.read()
        return answer.status, (time.perf_counter() - begun) * 1000, body
    finally:
        link.close()


def _person(
    port: int, person: dict[str, object], reports: int, pause: float, chance: random.Random, told: Told
) -> None:
    listed = person["reports"]
    assert isinstance(listed, list)
    own = listed[:reports]
    time.sleep(chance.uniform(0, 2 * pause))  # people don't click in step
    typed = {f"cell.{code}": text for code, text in TYPED.items()} | {f"was.{code}": "" for code in TYPED}
    rows = [project for project, _period in own]
    handed = {"unit": str(person["unit"]), "period": own[0][1], "row": rows}
    clicks: list[tuple[str, str, Form | None]] = [(LOOK, SHEET, None)]
    clicks += [(KEEP, f"/reports/{project}/{period}/keep/", typed) for project, period in own]
    for kind, path, sent in (*clicks, (SUBMIT, HAND_IN, handed)):
        try:
            status, ms, answer = _click(port, str(person["cookie"]), path, sent)
        except OSError as fault:
            told.failures.append(f"{kind}: {fault}")
            continue
        told.times[kind].append(ms)
        if status != 200:
            told.failures.append(f"{kind}: {status}")
        elif kind is SUBMIT and sorted(json.loads(answer)["done"]) != sorted(rows):
            told.failures.append(f"{kind}: {json.loads(answer)['refused']}"[:200])
        time.sleep(chance.uniform(pause / 2, pause * 3 / 2))


@contextlib.contextmanager
def _served(environment: dict[str, str], port: int, log: Path) -> Iterator[None]:
    """Granian with two workers, on the loopback alone; stopped at the end."""
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    words += ["--workers", "2", "--blocking-threads", "4", "--backpressure", "64", "--log-level", "warning"]
    with log.open("w") as out:
        process = subprocess.Popen([*words, "guatu.config.wsgi:application"], env=environment, stdout=out, stderr=out)
        try:
            _wait(port, process, log)
            yield
        finally:
            process.terminate()
            process.wait(20)


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _attempt in range(150):
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped: {process.returncode}\n{log.read_text()[-2000:]}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise RuntimeError("the server does not answer")


def _server_times(log: Path, begun: int) -> dict[str, list[float]]:
    """Milliseconds of the answers to each kind of click as the server's own log has them from a place on."""
    found: dict[str, list[float]] = {LOOK: [], KEEP: [], SUBMIT: []}
    for line in log.read_bytes()[begun:].decode(errors="replace").splitlines():
        with contextlib.suppress(ValueError):
            row = json.loads(line)
            if isinstance(row, dict) and row.get("from") == "guatu.request":
                kind = _kind(str(row.get("path")))
                if kind is not None:
                    found[kind].append(float(row["ms"]))
    return found


def _friday(database: str, args: argparse.Namespace) -> bool:
    with tempfile.TemporaryDirectory(prefix="guatu-friday-") as folder, contextlib.ExitStack() as stack:
        url = stack.enter_context(server()) if database == "postgres" else ""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GUATU_")}
        environment = {
            **kept,
            "GUATU_DATA_DIR": folder,
            "GUATU_DATABASE_URL": url,
            "GUATU_TODAY": AS_OF.isoformat(),
            "GUATU_LOG_LEVEL": "INFO",
        }
        words = [sys.executable, "-m", "bench.friday_people", str(args.projects), str(args.people + BEFORE)]
        made = subprocess.run(
            words,
            env={**environment, "GUATU_LOG_LEVEL": "CRITICAL"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=600,
        )
        people = [json.loads(line) for line in made.stdout.splitlines() if line.startswith("{")]
        port, log, told = _free_port(), Path(folder) / "friday.log", Told()
        chance = random.Random(args.seed)
        with _served(environment, port, log):
            _at_once(port, people[args.people :], args.reports, 0, chance, Told())
            begun = log.stat().st_size
            _at_once(port, people[: args.people], args.reports, args.pause, chance, told)
        return _print(database, told, _server_times(log, begun), args.people)


def _at_once(
    port: int, people: list[dict[str, object]], reports: int, pause: float, chance: random.Random, told: Told
) -> None:
    threads = [
        threading.Thread(target=_person, args=(port, person, reports, pause, random.Random(chance.random()), told))
        for person in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _print(database: str, told: Told, within: dict[str, list[float]], people: int) -> bool:
    everything = [ms for times in within.values() for ms in times]
    late = _percentile(everything, 0.95)
    met = not told.failures and bool(everything) and late < AIM_MS
    print(
        f"{database:<10}{people:>4} people {len(everything):>5} clicks   in the server: median"
        f" {_percentile(everything, 0.5):.0f} ms, p95 {late:.0f} ms (aim < {AIM_MS})   "
        f"failures {len(told.failures)}   {'yes' if met else 'no'}",
        flush=True,
    )
    for kind, times in within.items():
        print(
            f"  {kind:<15} {len(times):>5} × in the server: median {_percentile(times, 0.5):.0f} ms,"
            f" p95 {_percentile(times, 0.95):.0f} ms; click to answer: p95 {_percentile(told.times[kind], 0.95):.0f} ms"
        )
    for fault in sorted(set(told.failures))[:5]:
        print(f"  {fault}")
    return met


def main() -> int:
    """Print a line a database."""
    parser = argparse.ArgumentParser(prog="bench.friday", description="Fifty people at once on Friday afternoon.")
    parser.add_argument("--database", default="sqlite,postgres", help="sqlite, postgres or both")
    parser.add_argument("--people", type=int, default=50, help=f"at most {MOST_PEOPLE}")
    parser.add_argument("--reports", type=int, default=5, help=f"reports of each person, at most {MOST_REPORTS}")
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between clicks, on average")
    parser.add_argument("--projects", type=int, default=540)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.people, args.reports = min(args.people, MOST_PEOPLE), min(args.reports, MOST_REPORTS)
    met = [_friday(database, args) for database in args.database.split(",")]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
