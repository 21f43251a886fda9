"""Industry codes, GB/T 4754-2017: twenty sections (letters), ninety-seven divisions (two digits)."""

import re
from dataclasses import dataclass
from typing import Final

from guatu.domain.codes.check import CodeCheck, checked, squeeze
from guatu.domain.errors import DomainError

SECTIONS: Final[dict[str, tuple[str, range]]] = {
    "A": ("农、林、牧、渔业", range(1, 6)),
    "B": ("采矿业", range(6, 13)),
    "C": ("制造业", range(13, 44)),
    "D": ("电力、热力、燃气及水生产和供应业", range(44, 47)),
    "E": ("建筑业", range(47, 51)),
    "F": ("批发和零售业", range(51, 53)),
    "G": ("交通运输、仓储和邮政业", range(53, 61)),
    "H": ("住宿和餐饮业", range(61, 63)),
    "I": ("信息传输、软件和信息技术服务业", range(63, 66)),
    "J": ("金融业", range(66, 70)),
    "K": ("房地产业", range(70, 71)),
    "L": ("租赁和商务服务业", range(71, 73)),
    "M": ("科学研究和技术服务业", range(73, 76)),
    "N": ("水利、环境和公共设施管理业", range(76, 80)),
    "O": ("居民服务、修理和其他服务业", range(80, 83)),
    "P": ("教育", range(83, 84)),
    "Q": ("卫生和社会工作", range(84, 86)),
    "R": ("文化、体育和娱乐业", range(86, 91)),
    "S": ("公共管理、社会保障和社会组织", range(91, 97)),
    "T": ("国际组织", range(97, 98)),
}
"""Section letter → name and its divisions."""

_FORM = re.compile(r"([A-Z]?)-?(\d{0,4})", re.ASCII)
_BY_NAME: Final = {re.sub("[、,，]", "", name): letter for letter, (name, _) in SECTIONS.items()}


def section_of_division(digits: str) -> str | None:
    """The section letter of a division ("32" → "C"); None when there is no such division."""
    division = int(digits)
    return next((letter for letter, (_, divisions) in SECTIONS.items() if division in divisions), None)


@dataclass(frozen=True, slots=True)
class IndustryCode:
    """A section letter with none, two, three or four digits. Make it by ``parse``."""

    section: str
    digits: str = ""

    @classmethod
    def parse(cls, text: str) -> "IndustryCode":
        """Reads C, C32, 32, 3217 or a section's name (制造业). Groups and classes below the division are not listed,
        so their existence is not checked.

        Raises industry.unreadable, industry.unknown_section, industry.unknown_division, industry.section_mismatch
        (A32: division 32 is of section C).
        """
        plain = squeeze(text)
        by_name = _BY_NAME.get(re.sub("[、,，]", "", plain))
        if by_name is not None:
            return cls(by_name)
        match = _FORM.fullmatch(plain)
        if match is None or len(match[2]) == 1 or not plain:
            raise DomainError("industry.unreadable", text=text)
        letter, digits = match.groups()
        if letter and letter not in SECTIONS:
            raise DomainError("industry.unknown_section", text=text, section=letter)
        if not digits:
            return cls(letter)
        section = section_of_division(digits[:2])
        if section is None:
            raise DomainError("industry.unknown_division", text=text, division=digits[:2])
        if letter and letter != section:
            raise DomainError("industry.section_mismatch", text=text, section=section, division=digits[:2])
        return cls(section, digits)

    @property
    def division(self) -> str | None:
        return self.digits[:2] or None

    def __str__(self) -> str:
        return self.section + self.digits


def check_industry(text: str) -> CodeCheck:
    """Checks a typed industry; see ``IndustryCode.parse`` for the reasons."""
    return checked(text, IndustryCode.parse)
