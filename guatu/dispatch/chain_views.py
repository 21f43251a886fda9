"""Pages of the chain of targets: its cut by groups, and the projects behind a level."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guatu.core.pages import actor_of, page
from guatu.core.ui.numbers import period_words
from guatu.dispatch import chain as chains
from guatu.dispatch.chain_rows import chain_rows as rows_behind
from guatu.dispatch.forms import read_choice
from guatu.dispatch.queries import group_word, read_group
from guatu.dispatch.rows import leaving
from guatu.dispatch.tables import CHAIN_ROWS
from guatu.dispatch.views import frame, no_list
from guatu.domain.indicators import Row
from guatu.domain.periods import Period
from guatu.figures.choices import dimension_words
from guatu.figures.queries import group_names, judged_on


@page("figures.view", place="dispatch")
def chain(request: HttpRequest) -> HttpResponse:
    """The five levels of every unit (class, leader …), those that lost most first."""
    actor = actor_of(request)
    choice = read_choice(actor, request.GET)
    if choice is None:
        return no_list(request)
    by, query = request.GET.get("by", "unit"), choice.query()
    whole = chains.block(choice.asked, query)
    context = {
        **frame(choice),
        "page_title": _("目标保障：分{words}").format(words=dimension_words(by)),
        "chain": whole,
        "groups": chains.by_group(actor, choice.asked, by, query),
        "head": dimension_words(by),
        "cuts": chains.menu(actor, query, by),
    }
    return render(request, "dispatch/chain.html", context)


@page("figures.view", place="dispatch")
def chain_rows(request: HttpRequest) -> HttpResponse:
    """The projects behind one level; they add up to it."""
    actor = actor_of(request)
    choice = read_choice(actor, request.GET)
    if choice is None:
        return no_list(request)
    level, group = chains.level_named(request.GET.get("level", "")), read_group(request.GET)
    chains.check_cuts(actor, group)
    asked = choice.asked
    found = rows_behind(asked, level, group)
    names = group_names(tuple(group), [Row(tuple(group), tuple(group.values()), {}, True)])
    period = period_words(Period.containing(level, judged_on(asked)))
    title = _("{period}的目标和完成").format(period=period)
    context = {
        **frame(choice),
        "page_title": title,
        "group": " × ".join(group_word(dimension, value, names) for dimension, value in group.items()),
        "on": judged_on(asked),
    }
    listed = leaving(actor, found) if request.GET.get("export") else found
    return CHAIN_ROWS.respond(request, listed, template="dispatch/chain_rows.html", context=context, title=title)
