"""Loading a table that others published: upload, look at what it adds up to, take it in or leave it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.pages import actor_of, page
from guatu.core.refusals import Refusal
from guatu.core.writing import Recorded, rehearse
from guatu.figures.actions import record_published
from guatu.figures.published import read_text
from guatu.figures.published_forms import COLUMN_WORDS, PaperForm
from guatu.figures.published_sheet import lines_of
from guatu.figures.published_tables import ShownTable, disagreements, tables_of
from guatu.figures.queries import Paper, papers_of

RIGHT = "figures.record_outside"
SIZE_MOST, TEXT_MOST = 5 * 1024 * 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the lines in would do: counts, and every paper concerned as it would stand."""

    recorded: Recorded
    papers: list[tuple[Paper, list[ShownTable], list[str]]]
    text: str


@page(RIGHT, place="dispatch", methods=("GET", "HEAD", "POST"), rate=(20, 60))
def load(request: HttpRequest) -> HttpResponse:
    """Choose a file; look at what it says and adds up to; take all of it in, or nothing."""
    if "lines" in request.POST:
        return _take(request)
    form = PaperForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"page_title": _("导入公布的进度表"), "form": form, "max_mb": SIZE_MOST // 2**20}
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            context["preview"] = _preview(actor_of(request), _lines(given.pop("file"), given))
        except Refusal as refusal:
            if refusal.status not in (413, 422):
                raise
            context |= {"refusal": refusal, "faults": [_fault(item) for item in refusal.items]}
    wrong = form.errors or "refusal" in context
    return render(request, "figures/published_load.html", context, status=422 if wrong else 200)


def _take(request: HttpRequest) -> HttpResponse:
    """Take in what the preview showed: the same lines, read and checked again."""
    text = request.POST["lines"]
    if len(text) > TEXT_MOST:
        raise Refusal("core.not_found")
    rows = read_text(text)
    done = record_published(actor=actor_of(request), rows=rows)
    said = _("已导入：新增 {added}，更正 {changed}，未变 {unchanged}。")
    messages.success(request, said.format(added=done.added, changed=done.superseded, unchanged=done.unchanged))
    concerned = papers_of(rows)
    if len(concerned) == 1:
        return redirect("figures:published_paper", concerned[0].key)
    return redirect("figures:published")


def _lines(upload: "UploadedFile[Any]", given: dict[str, str]) -> str:
    name = Path(upload.name or "").name
    if (upload.size or 0) > min(SIZE_MOST, settings.UPLOAD_LIMIT):
        raise Refusal("core.file_too_large", name=name, size=(upload.size or 0) // 2**20, limit=SIZE_MOST // 2**20)
    with tempfile.NamedTemporaryFile() as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
        kept.flush()
        return lines_of(Path(kept.name), name, given)


def _preview(actor: Actor, text: str) -> Preview:
    rows = read_text(text)

    def carry_out() -> Preview:
        done = record_published(actor=actor, rows=rows)
        shown = [(paper, tables_of(paper), disagreements(paper)) for paper in papers_of(rows)]
        return Preview(done, shown, text)

    return rehearse(actor, RIGHT, carry_out)[0]


def _fault(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "column": str(COLUMN_WORDS.get(item["column"], item["column"]))}
