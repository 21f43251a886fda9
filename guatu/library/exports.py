"""One project's whole file as a zip: an index, a CSV for each kind of record, and files that programs read; those of
higher packages included."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.registries import run_duties
from guatu.core.tables.exports import harmless
from guatu.library.models import Project
from guatu.library.policies import can_do, can_see_contact
from guatu.library.queries import page
from guatu.library.queries.commitments import NAMED
from guatu.library.queries.history import COLUMNS, history_of


@dataclass(slots=True)
class ProjectFile:
    """The sheets of a project's file: (name, head, rows), and whole files: (name, bytes, what it is). A higher package
    adds its own by "library.project_file"."""

    sheets: list[tuple[str, Sequence[str], list[Sequence[Any]]]] = field(default_factory=list)
    files: list[tuple[str, bytes, str]] = field(default_factory=list)

    def add(self, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """One more sheet; it becomes `name`.csv."""
        self.sheets.append((name, head, list(rows)))

    def attach(self, name: str, content: bytes, words: str) -> None:
        """One more file under its own name; `words` says in the index what it is."""
        self.files.append((name, content, words))


def project_file(actor: Actor, project: Project, day: date) -> bytes:
    """The zip's bytes. Personal fields are left out for posts that may not see them."""
    file = ProjectFile()
    _facts(file, actor, project, day)
    _records(file, actor, project, day)
    run_duties("library.project_file", actor=actor, project=project, file=file)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_("00 索引") + ".txt", _index(project, file))
        for number, (name, head, rows) in enumerate(file.sheets, start=1):
            archive.writestr(f"{number:02d} {name}.csv", _csv(head, rows))
        for number, (name, content, _words) in enumerate(file.files, start=len(file.sheets) + 1):
            archive.writestr(f"{number:02d} {name}", content)
    return made.getvalue()


def _facts(file: ProjectFile, actor: Actor, project: Project, day: date) -> None:
    personal = ("contact", "contact_phone")
    shown = [name for name in COLUMNS if hasattr(project, name)]
    if not can_see_contact(actor, project).allowed:
        shown = [name for name in shown if name not in personal]
    rows: list[Sequence[Any]] = [(COLUMNS[name], getattr(project, name)) for name in shown]
    profile = page.head_of(actor, project, day)["profile"]
    if profile is not None:
        rows += [(_("总投资（元）"), profile.total_investment), (_("行业"), profile.industry)]
        rows += [(_("建设性质"), profile.get_nature_display()), (_("投资主体"), profile.get_investor_display())]
    file.add(_("项目信息"), (_("栏目"), _("内容")), rows)


def _records(file: ProjectFile, actor: Actor, project: Project, day: date) -> None:
    steps = page.stages_tab(actor, project, day)["steps"]
    file.add(
        _("阶段"),
        (_("日期"), _("阶段"), _("复工"), _("依据文件"), _("理由"), _("放行批准人")),
        (
            (row.effective_on, row.get_stage_display(), row.resumed, row.document, row.reason, row.passed_by)
            for row in steps
        ),
    )
    people = page.people_tab(actor, project, day)
    file.add(
        _("责任分工"),
        (_("从哪天起"), _("分工"), _("单位"), _("岗位"), _("依据文件")),
        (
            (
                row.effective_on,
                row.get_role_display(),
                row.unit,
                NAMED if row.pk in people["unseen"] else row.post,
                row.document,
            )
            for row in (*people["held"], *people["former"])
        ),
    )
    file.add(
        _("列入名单"),
        (_("名单"), _("批次文号"), _("类型"), _("年度计划投资（元）"), _("年度目标")),
        (
            (
                row.annual_list,
                row.batch.document_number if row.batch else "",
                row.get_kind_display(),
                row.planned_investment,
                row.goal,
            )
            for row in page.entries_shown(actor, project, day)
        ),
    )
    if can_do(actor, "library.view_history", project).allowed:
        file.add(
            _("操作记录"),
            (_("时间"), _("岗位"), _("事项"), _("内容"), _("理由")),
            (
                (
                    clock.local(line.at).strftime("%Y-%m-%d %H:%M"),
                    line.who,
                    line.words,
                    "；".join(line.details),
                    line.reason,
                )
                for line in history_of(project, 5000)
            ),
        )


def _index(project: Project, file: ProjectFile) -> str:
    lines = [
        project.name,
        f"{_('编号')}：{project.public_id}",
        f"{_('生成时间')}：{clock.local(clock.now()):%Y-%m-%d %H:%M}",
        "",
    ]
    lines += [f"{number:02d} {name}.csv\t{len(rows)}" for number, (name, _head, rows) in enumerate(file.sheets, 1)]
    lines += [
        f"{number:02d} {name}\t{words}"
        for number, (name, _content, words) in enumerate(file.files, len(file.sheets) + 1)
    ]
    return "\r\n".join(lines) + "\r\n"


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """CSV as WPS and Excel open it: with a byte order mark; no text can become a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([str(word) for word in head])
    for row in rows:
        writer.writerow([value if isinstance(value, int) else harmless(_plain(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
