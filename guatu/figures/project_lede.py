"""What a project's page says first: this year's money against its plan and the time passed, from the list's figures."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.templatetags.ui import figure
from guatu.core.ui.numbers import day, per_cent, said_amount
from guatu.domain.indicators import EntryFacts
from guatu.domain.lagging import lagging, shortfall
from guatu.domain.progress import year_passed
from guatu.domain.rounding import rate
from guatu.figures.queries.answers import ask, facts
from guatu.figures.queries.reasons import reason_words
from guatu.figures.queries.sql import Asked
from guatu.library.models import Project
from guatu.library.policies import visible_lists
from guatu.library.queries.lists import entries_of_projects


def project_lede(actor: Actor, project: Project, today: date) -> SafeString:
    """本年完成 0.38 亿元，占年计划 6.1%，落后序时 17.2 个百分点；数据截至10月31日。计划4月21日竣工，已迟 193 天。

    Empty where the project stands on no list of the year.
    """
    entries = [
        row
        for row in entries_of_projects([project.pk], today).get(project.pk, ())
        if row.annual_list.year == today.year
    ]
    seen = set(visible_lists(actor, "figures.view").filter(year=today.year).values_list("pk", flat=True))
    chosen = next((row.annual_list for row in entries if row.annual_list_id in seen), None)
    if chosen is None:
        return SafeString("")
    asked = ask(actor, [chosen], today)
    entry = next((row for row in facts(asked) if row.project_id == project.pk), None)
    return SafeString("") if entry is None else format_html("{}{}", _said(project, entry, asked), _late(entry, asked))


def _late(entry: EntryFacts, asked: Asked) -> SafeString:
    """Why the project is late, in red; what the sentence before says already is left out."""
    reasons = [reason for lag in lagging([entry], asked.as_of, asked.rules()) for reason in lag.reasons]
    told = [reason for reason in reasons if reason.code != "behind"]
    words = [reason_words(reason) for reason in told if reason.code != "silent" or reason.on is not None]
    return format_html(' <span class="t-red">{}</span>', _("；").join(words) + _("。")) if words else SafeString("")


def _said(project: Project, entry: EntryFacts, asked: Asked) -> SafeString:
    money = f"{reverse('library:project', args=[project.public_id])}?tab=money"
    if entry.investment_to_date is None:
        if not entry.planned_investment:
            return SafeString("")
        planned = figure(_list_url(project, asked), *said_amount(entry.planned_investment))
        return format_html(_("年计划 {planned}，本年还没有进度数据。"), planned=planned)
    done, until = figure(money, *said_amount(entry.investment_to_date)), day(entry.reading_on)
    share = rate(entry.investment_to_date, entry.planned_investment)
    passed = year_passed(asked.as_of, asked.rules().time_basis, asked.year)
    points = shortfall(entry, passed)[1]
    if share is None or points is None:
        return format_html(_("本年完成 {done}，年计划未填，无法比较；数据截至{until}。"), done=done, until=until)
    places = asked.rules().places
    words = _("领先序时 {points} 个百分点") if points >= 0 else _("落后序时 {points} 个百分点")
    return format_html(
        _("本年完成 {done}，占年计划 {share}，{lead}；数据截至{until}。"),
        done=done,
        share=figure(_list_url(project, asked), f"{per_cent(share, places)}%"),
        lead=format_html(words, points=format_html("<b>{}</b>", per_cent(abs(points), places))),
        until=until,
    )


def _list_url(project: Project, asked: Asked) -> str:
    """The project's row in the list's table: plan, done, rate."""
    told = {"list": str(asked.lists[0].public_id), "chosen": str(project.public_id), "group": "-"}
    return f"{reverse('library:projects')}?{urlencode(told)}"
