"""Files from outside are opened in a child process: whatever a file does to a parser, the server stays as it was.

The child limits itself (address space, processor time, no new files) before it opens the file, and answers over its
standard output. The parent unpickles only the classes of this package and dates.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from guatu.core.child import limit_self, started, why_ended
from guatu.core.sheets.content import Limits
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.model import Workbook

PIECE = 2000
ALLOWED = {
    ("guatu.core.sheets.model", "Workbook"),
    ("guatu.core.sheets.model", "Sheet"),
    ("guatu.core.sheets.extras", "Extras"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("builtins", "frozenset"),
}


class _Answer(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def read_in_child(path: str | Path, *, name: str, limits: Limits | None = None, extras: bool = False) -> Workbook:
    """``reading.read_workbook`` in a process with limits.

    Raises SheetError as it does, and ``too_slow``, ``too_much_memory`` or ``parser_failed`` when the child was ended.
    """
    limits = limits or Limits()
    job = json.dumps({"path": str(path), "name": name, "limits": asdict(limits), "extras": extras})
    with started("guatu.core.sheets.child", job, seconds=limits.seconds) as child:
        assert child.stdout is not None
        try:
            with child.stdout as answer:
                return _take(answer)
        except (pickle.UnpicklingError, EOFError, AttributeError, ValueError, TypeError, AssertionError) as error:
            raise _why(child.wait(), limits) from error


def _take(answer: IO[bytes]) -> Workbook:
    """The workbook without rows, then (sheet index, some rows) until None: read while the child is still writing."""
    # One unpickler a piece: a pickle's memory of seen objects ends with it.
    result = _Answer(answer).load()
    if isinstance(result, tuple):
        raise SheetError(result[0], **result[1])
    assert isinstance(result, Workbook)
    same: dict[str, str] = {}  # units, places and goals come again and again: each text is kept once
    while (piece := _Answer(answer).load()) is not None:
        for row in piece[1]:
            row[:] = [same.setdefault(cell, cell) if type(cell) is str else cell for cell in row]
        result.sheets[piece[0]].rows.extend(piece[1])
    return result


def _why(code: int, limits: Limits) -> SheetError:
    reason = why_ended(code)
    return SheetError(reason, seconds=limits.seconds) if reason == "too_slow" else SheetError(reason)


def main() -> None:
    """The child's side: one job as the last argument, one pickle on standard output."""
    job = json.loads(sys.argv[-1])
    limits = Limits(**job["limits"])
    limit_self(memory=limits.memory, seconds=limits.seconds)
    result: Workbook | tuple[str, dict[str, Any]]
    gc.disable()
    try:
        from guatu.core.sheets.reading import read_workbook

        result = read_workbook(job["path"], name=job["name"], limits=limits, extras=job["extras"])
    except SheetError as error:
        result = (error.code, error.params)
    except MemoryError:
        result = ("too_much_memory", {})
    except BaseException:
        result = ("parser_failed", {})
    with os.fdopen(1, "wb", buffering=1 << 20) as out:
        _send(result, out)


def _send(result: Workbook | tuple[str, dict[str, Any]], out: IO[bytes]) -> None:
    if isinstance(result, tuple):
        pickle.dump(result, out, protocol=5)
        return
    rows = [sheet.rows for sheet in result.sheets]
    for sheet in result.sheets:
        sheet.rows = []
    pickle.dump(result, out, protocol=5)
    for index, all_rows in enumerate(rows):
        for start in range(0, len(all_rows), PIECE):
            pickle.dump((index, all_rows[start : start + PIECE]), out, protocol=5)
    pickle.dump(None, out, protocol=5)
