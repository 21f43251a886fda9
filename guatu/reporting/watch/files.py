"""A day of a watch as a file: every project's line by unit, with the sums at the head; a workbook or a PDF."""

from datetime import date

from django.utils.translation import gettext as _

from guatu.core.books.model import Kind
from guatu.core.books.office import book_bytes
from guatu.core.official.papers import Field, Paper, Part, Value, book_of, document_of
from guatu.core.official.pdf import to_pdf
from guatu.domain import watch
from guatu.reporting.queries.watches import Asked, Standing
from guatu.reporting.watch.page import by_unit, heading, marks_of, summed, value_words


def file_of(standing: Standing, day: date, ending: str) -> bytes:
    """The day as "xlsx" or "pdf"."""
    paper = paper_of(standing, day)
    return book_bytes(book_of(paper)) if ending == "xlsx" else to_pdf(document_of(paper))


def paper_of(standing: Standing, day: date) -> Paper:
    """The day as a paper."""
    whole = watch.table(standing.fields, standing.members, standing.said, day, day)
    parts = [
        Part(
            unit.name if unit is not None else _("未定责任单位"),
            [_row(standing, one, day, n) for n, one in enumerate(asked, 1)],
        )
        for unit, asked in by_unit(standing.asked)
    ]
    return Paper(
        title=_("{name}日表").format(name=standing.campaign.name),
        sheet=_("日表"),
        head=[
            _sums(standing, whole),
            _("{day}　已报 {said}/{asked}").format(day=day.isoformat(), said=whole.said, asked=whole.asked),
        ],
        fields=[
            Field(code="serial", heading=_("序号"), weight=0.5, align="center", kind=Kind.NUMBER, widest=6),
            Field(code="name", heading=_("项目名称"), weight=3, widest=44),
            Field(code="planned", heading=_("应开复工"), weight=1.1, align="center", kind=Kind.DATE),
            *(_field(one) for one in standing.fields),
            Field(code="marks", heading=_("备注"), weight=1),
        ],
        parts=parts,
        notes=[_("逐日累加的只计当天，其余为截至当天的最新数")],
        day=day,
    )


def _field(told: watch.Field) -> Field:
    if told.kind == "words":
        return Field(code=told.code, heading=told.name, weight=2, widest=40)
    kind = Kind.NUMBER if told.kind == "count" else Kind.TEXT
    return Field(code=told.code, heading=heading(told), weight=1.1, align="center", kind=kind)


def _row(standing: Standing, one: Asked, day: date, number: int) -> dict[str, Value]:
    row = standing.rows.get((one.project.pk, day))
    values = row.values if row is not None else {}
    cells: dict[str, Value] = {}
    for told in standing.fields:
        value = values.get(told.code)
        cells[told.code] = value if told.kind == "count" else value_words(told, value) or None
    marks = marks_of(row)
    return {
        "serial": number,
        "name": one.project.name,
        "planned": one.member.planned,
        **cells,
        "marks": "、".join(marks) or None,
    }


def _sums(standing: Standing, whole: watch.Table) -> str:
    told = [
        f"{one.name} {'—' if whole.values[one.code] is None else whole.values[one.code]}{one.measure}"
        for one in summed(standing.fields)
    ]
    base = watch.base_of(standing.fields)
    if base is not None and base.of == "planned":
        told.insert(0, _("应开复工 {n}").format(n=whole.asked))
    if whole.rate is not None:
        told.append(_("比率 {rate}%").format(rate=whole.rate))
    return "，".join(told)
