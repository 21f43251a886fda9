"""A plan from outside is read in a child process with limits, as sheets are (`guatu.core.child`)."""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from guatu.core.child import limit_self, started, why_ended
from guatu.core.refusals import Refusal
from guatu.core.sheets.child import read_in_child
from guatu.core.sheets.content import Limits
from guatu.core.sheets.errors import SheetError
from guatu.plans.imports.reading import is_schedule, read_schedule, too_large
from guatu.plans.imports.sheet import read_sheet
from guatu.plans.plan_file import PlanFile

PLAN, REFUSED = b"P", b"R"


def read_plan(path: str | Path, *, name: str, year: int | None = None, limits: Limits | None = None) -> PlanFile:
    """The plan of a file that was uploaded as `name`: MSPDI, XER, or a node sheet in a workbook.

    `year` is for a sheet's dates without one (3月底). Raises Refusal: those of `read_schedule` and `read_sheet`, and
    plans.file_slow, plans.file_memory, plans.file_failed when the child was ended.
    """
    limits = limits or Limits()
    size = Path(path).stat().st_size
    if size > limits.file_bytes:
        raise too_large(name, size, limits)
    with Path(path).open("rb") as file:
        if is_schedule(file.read(200)):
            return _read_in_child(path, name, limits)
    try:
        return read_sheet(read_in_child(path, name=name, limits=limits), year=year)
    except SheetError as error:
        raise Refusal("plans.sheet", why=error.message, items=[{"code": error.code}]) from error


def _read_in_child(path: str | Path, name: str, limits: Limits) -> PlanFile:
    job = json.dumps({"path": str(path), "name": name, "limits": asdict(limits)})
    with started("guatu.plans.imports.child", job, seconds=limits.seconds) as child:
        assert child.stdout is not None
        answer = child.stdout.read()
        kind, body = answer[:1], answer[1:]
        try:
            if kind == PLAN:
                return msgspec.json.decode(body, type=PlanFile)
            refused = msgspec.json.decode(body, type=tuple[str, dict[str, Any]])
        except msgspec.DecodeError:  # it was ended while it answered, or before
            raise _why(child.wait(), name, limits) from None
    raise Refusal(refused[0], **refused[1])


def _why(code: int, name: str, limits: Limits) -> Refusal:
    reason = why_ended(code)
    if reason == "too_slow":
        return Refusal("plans.file_slow", name=name, seconds=limits.seconds)
    return Refusal("plans.file_memory" if reason == "too_much_memory" else "plans.file_failed", name=name)


def main() -> None:
    """The child's side: one job as the last argument, one answer on standard output."""
    job = json.loads(sys.argv[-1])
    limits = Limits(**job["limits"])
    limit_self(memory=limits.memory, seconds=limits.seconds)
    gc.disable()  # nothing here is a circle, and 100,000 tasks are many objects
    try:
        plan = read_schedule(Path(job["path"]).read_bytes(), name=job["name"], limits=limits)
        answer = PLAN + msgspec.json.encode(plan)
    except Refusal as refusal:
        answer = REFUSED + msgspec.json.encode((refusal.code, refusal.params))
    except MemoryError:
        answer = REFUSED + msgspec.json.encode(("plans.file_memory", {"name": job["name"]}))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
