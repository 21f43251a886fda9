"""The links of an MSPDI file: four kinds, lags in tenths of a minute of work or of all hours, or shares of a task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from guatu.core.refusals import Refusal
from guatu.core.signs import whole_number
from guatu.plans.imports.values import Values
from guatu.plans.imports.xml_tree import Element, each, text_of
from guatu.plans.mspdi_terms import ELAPSED, ELAPSED_DAY, LINK_TYPES, PERCENTS
from guatu.plans.plan_file import CALENDAR, WORKDAY, FileLink, Unit


def read_links(
    tasks: Iterable[Element],
    ids: Mapping[int, str],
    left_out: Mapping[int, str],
    durations: Mapping[int, int | None],
    minutes_a_day: Fraction,
    values: Values,
) -> tuple[FileLink, ...]:
    """In the order of the later tasks. `ids`, `left_out` (with the reason) and `durations` are by UID.

    Raises Refusal: plans.link_unknown where the earlier task is nowhere in the file, plans.file_value.
    """
    found = []
    for task in tasks:
        words, uid = text_of(task, "Name"), int(text_of(task, "UID"))
        for link in each(task, "PredecessorLink"):
            text = text_of(link, "PredecessorUID")
            number = whole_number(text, digits=18)
            before = -1 if number is None else number
            if text_of(link, "CrossProject") == "1" or before in left_out:
                values.tally.add(left_out.get(before, "cross_project"), words)
                continue
            if before not in ids:
                raise Refusal("plans.link_unknown", name=values.name, node=words, missing=text)
            kind = LINK_TYPES.get(text_of(link, "Type") or "1")
            if kind is None:
                raise values.wrong(text_of(link, "Type"), words, "Type")
            lag, unit = _lag(link, durations.get(before) or 0, minutes_a_day, words, values)
            found.append(FileLink(ids[before], ids[uid], kind, lag, unit))
    return tuple(found)


def _lag(link: Element, duration: int, minutes_a_day: Fraction, words: str, values: Values) -> tuple[int, Unit]:
    text, form = text_of(link, "LinkLag") or "0", text_of(link, "LagFormat")
    try:
        amount = Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise values.wrong(text, words, "LinkLag") from error
    if form in PERCENTS:
        if amount:
            values.tally.add("lag_percent", words)
        exact = amount * duration / 100
        unit: Unit = CALENDAR if form in ("20", "52") else WORKDAY
        return values.days(exact, Fraction(1), words, "LinkLag", "lag_rounded"), unit
    unit = CALENDAR if form in ELAPSED else WORKDAY
    of_a_day = Fraction(ELAPSED_DAY) if unit == CALENDAR else minutes_a_day
    return values.days(amount / 10, of_a_day, words, "LinkLag", "lag_rounded"), unit
