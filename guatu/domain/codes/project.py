"""The national code of investment projects, old (until October 2020) and new (GB/T 40058-2021)."""

import re
from dataclasses import dataclass
from typing import Final

from guatu.domain.codes.check import CodeCheck, checked, squeeze
from guatu.domain.codes.industry import section_of_division
from guatu.domain.codes.region import PROVINCES
from guatu.domain.errors import DomainError

_FORM = re.compile(r"(\d{4})-?(\d{6})-?(\d{2})-?(\d{2})-?(\d{6})", re.ASCII)
_OLD_YEARS: Final = range(2013, 2021)
_NEW_SINCE: Final = (2020, 11)
_CENTRAL: Final = "0000"  # projects registered with the state's own commission carry no province


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """Five groups. Old: year, division, industry division, type, serial. New: YYMM, division, authority, type, and
    five random digits with a check digit, whose algorithm is not published and is therefore not verified.
    """

    time: str
    division: str
    third: str
    type: str
    serial: str
    new: bool

    @classmethod
    def parse(cls, text: str) -> "ProjectCode":
        """Reads a code with or without hyphens.

        The first group tells old from new: 2013 … 2020 is a year (2011 and 2012 are November and December 2020), else
        year and month from 2011 on. Raises project_code.length, .time, .division, .industry (old codes only).
        """
        match = _FORM.fullmatch(squeeze(text))
        if match is None:
            raise DomainError("project_code.length", text=text)
        time, division, third, kind, serial = match.groups()
        new = int(time) not in _OLD_YEARS
        if new and not cls._is_month(time):
            raise DomainError("project_code.time", text=text, time=time)
        if division[:2] not in PROVINCES and not division.startswith(_CENTRAL):
            raise DomainError("project_code.division", text=text, division=division)
        if not new and section_of_division(third) is None:
            raise DomainError("project_code.industry", text=text, industry=third)
        return cls(time, division, third, kind, serial, new)

    @staticmethod
    def _is_month(time: str) -> bool:
        year, month = 2000 + int(time[:2]), int(time[2:])
        return 1 <= month <= 12 and (year, month) >= _NEW_SINCE

    @property
    def year(self) -> int:
        """The year of registration."""
        return 2000 + int(self.time[:2]) if self.new else int(self.time)

    def __str__(self) -> str:
        return "-".join((self.time, self.division, self.third, self.type, self.serial))


def check_project_code(text: str) -> CodeCheck:
    """Checks a typed project code; see ``ProjectCode.parse`` for the reasons."""
    return checked(text, ProjectCode.parse)
