"""A plan from whatever kind of file it came in, told by its content."""

from __future__ import annotations

from typing import Final

import guatu.plans.messages  # noqa: F401 - declares the sentences, also in a child process without Django's start
from guatu.core.refusals import Refusal
from guatu.core.sheets.content import Limits, megabytes
from guatu.plans.imports.mspdi import read_mspdi
from guatu.plans.imports.xer import read_xer
from guatu.plans.plan_file import PlanFile

SCHEDULES: Final = (b"<", b"ermhdr", b"\xff\xfe<\x00", b"\xfe\xff\x00<")
PAGES: Final = (b"<html", b"<!doctype html", b"<table")


def is_schedule(data: bytes) -> bool:
    """Whether the content is XML or XER; all else, web pages that are called xls too, is tried as a workbook."""
    head = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return head.startswith(SCHEDULES) and not head.startswith(PAGES)


def read_schedule(data: bytes, *, name: str, limits: Limits | None = None) -> PlanFile:
    """The plan of an MSPDI or XER file that was uploaded as `name`. See `child.read_plan` for files from outside.

    Raises Refusal: plans.file_empty, plans.file_too_large, plans.file_failed, and those of `read_mspdi`, `read_xer`.
    """
    limits = limits or Limits()
    if not data.strip(b"\x00 \r\n\t"):
        raise Refusal("plans.file_empty", name=name)
    if len(data) > limits.file_bytes:
        raise too_large(name, len(data), limits)
    head = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    read = read_xer if head.startswith(b"ERMHDR") else read_mspdi if is_schedule(data) else None
    if read is None:
        raise Refusal("plans.file_kind", name=name)
    try:
        return read(data, name)
    except (ValueError, KeyError, IndexError, OverflowError, RecursionError) as error:  # a number that is none
        raise Refusal("plans.file_failed", name=name) from error


def too_large(name: str, size: int, limits: Limits) -> Refusal:
    """The refusal of a file of `size` bytes."""
    return Refusal("plans.file_too_large", name=name, size=megabytes(size), limit=megabytes(limits.file_bytes))
