"""Settings of an installation or a region that people change: declared once, kept as dated rows with their history.

    declare_setting("reports.cut_off_day", _("报送截止日"), 25, kind=WHOLE, check=day_of_month, per_region=True)
    setting("reports.cut_off_day", region_id=region.id, on=day)

A region's value stands before the installation's, that before the default. Changes go through `change_setting`.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from threading import local
from typing import Any

from django.core.signals import request_started

from guatu.core import clock
from guatu.core.kinds import KINDS, TEXT, Kind, Unreadable
from guatu.core.models import SettingRow
from guatu.core.refusals import Refusal, Sentence
from guatu.core.writing import Act, open_act

MEMORY_SECONDS = 1.0  # outside requests (jobs, command line); within one, what was read stands until it ends


@dataclass(frozen=True, slots=True)
class Setting:
    """A declared setting. `check` gets a value of the kind and returns why it cannot be, or an empty text."""

    name: str
    words: Sentence
    default: Any
    kind: Kind
    check: Callable[[Any], str]
    per_region: bool
    help: Sentence = ""

    def show(self, value: Any) -> str:
        """The value in words."""
        return self.kind.show(value)


SETTINGS: dict[str, Setting] = {}
_memory = local()
_generation = [0]  # counts changes made in this process: what any thread remembers from before one is not served


def _anything(value: Any) -> str:
    return ""


def declare_setting(
    name: str,
    words: Sentence,
    default: Any,
    check: Callable[[Any], str] | None = None,
    kind: Kind | str = TEXT,
    *,
    per_region: bool = False,
    help: Sentence = "",
) -> Setting:
    """Declare a setting once. `kind` is a Kind or the code of a common one (whole, money, text, yes_no, day, names)."""
    if name in SETTINGS:
        raise ValueError(f"setting {name!r} is declared twice")
    found = kind if isinstance(kind, Kind) else KINDS[kind]
    SETTINGS[name] = Setting(name, words, default, found, check or _anything, per_region, help)
    return SETTINGS[name]


def declared(name: str) -> Setting:
    """The declaration of a name; refused when there is none."""
    if name not in SETTINGS:
        raise Refusal("core.setting_unknown", name=name[:80])
    return SETTINGS[name]


def setting(name: str, region_id: int = 0, on: date | None = None, known: date | None = None) -> Any:
    """The value that holds on a day (today by default), as it is known now or was on the day `known`."""
    wanted = declared(name)
    day = on or clock.today()
    rows = _standing() if known is None else _rows(SettingRow.objects.standing(known))
    for region in dict.fromkeys((region_id, 0)):
        held = [row for row in rows if (row.name, row.region_id) == (name, region) and _holds(row, day)]
        if held:
            return max(held, key=lambda row: (row.effective_on, row.booked_on, row.pk)).value
    return wanted.default


def parse(name: str, text: str) -> Any:
    """The value that a typed text means; refused with the reason when it means none."""
    wanted = declared(name)
    try:
        value = wanted.kind.read(text.strip())
    except Unreadable as wrong:
        raise Refusal("core.setting_value", name=str(wanted.words), value=text[:80], why=str(wrong)) from None
    return checked(name, value)


def checked(name: str, value: Any) -> Any:
    """The value, if the setting may have it."""
    wanted = declared(name)
    why = wanted.check(value)
    if why:
        raise Refusal("core.setting_value", name=str(wanted.words), value=wanted.show(value)[:80], why=why)
    return value


def history(name: str, region_id: int = 0) -> list[SettingRow]:
    """Every row of a setting, the latest recorded first, also those that were superseded."""
    return _rows(SettingRow.objects.filter(name=name, region_id=region_id).order_by("-recorded_at", "-id"))


def forget(**kwargs: Any) -> None:
    """Drop what every thread remembers: at the start of a request and after a change."""
    _generation[0] += 1


def _holds(row: SettingRow, day: date) -> bool:
    return row.effective_on <= day and row.booked_on <= day


def _rows(query: Iterable[Any]) -> list[SettingRow]:
    return list(query)


def _standing() -> list[SettingRow]:
    """All standing rows: remembered, except inside an act that changes one, since that may still be undone."""
    if _changing(open_act()):
        return _rows(SettingRow.objects.standing())
    fresh = getattr(_memory, "generation", -1) == _generation[0] and _memory.until >= time.monotonic()
    if not fresh:
        generation = _generation[0]  # read before the rows, so that a change meanwhile makes them old
        _memory.rows = _rows(SettingRow.objects.standing())
        _memory.generation, _memory.until = generation, time.monotonic() + MEMORY_SECONDS
    rows: list[SettingRow] = _memory.rows
    return rows


def _changing(act: Act | None) -> bool:
    return act is not None and act.changes.touch("core.settingrow")


request_started.connect(forget, dispatch_uid="guatu.core.settings.forget")
