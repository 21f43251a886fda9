"""The form by which an edition of a rule is put in force, the same for every rule."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.answers import answer
from guatu.core.editions import Rule, RuleEdition, standing_words
from guatu.core.form_words import Form
from guatu.core.inputs import DayField


class AdoptForm(Form):
    """From which day a draft holds, and who approved it. `seen` is the version that was open."""

    valid_from = DayField(label=gettext_lazy("从哪天起执行"))
    approved_by = forms.CharField(
        label=gettext_lazy("批准人或文件"),
        max_length=120,
        help_text=gettext_lazy("例如：区重点项目领导小组，〔2026〕3号"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


def adoption(request: HttpRequest, row: RuleEdition, adopt: Callable[..., Any], to: str) -> HttpResponse:
    """The page that puts a draft in force by `adopt(seen, valid_from, approved_by)`, and goes on to `to`."""
    form = AdoptForm(request.POST or None, initial={"seen": row.version})
    title = _("批准执行“{name}”（第{n}版）").format(name=row.name, n=row.edition)
    said, context = _("已批准执行。"), {"deed": _("批准执行")}
    return answer(request, form, lambda values: adopt(**values), title=title, to=to, said=said, context=context)


def with_standing(rows: Iterable[Rule], day: date, address: Callable[[Rule], str]) -> list[dict[str, Any]]:
    """Editions for core/editions/table.html: each with its address and how it stands on a day."""
    return [{"row": row, "url": address(row), "standing": standing_words(row, day)} for row in rows]
