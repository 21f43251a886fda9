"""Division codes, GB/T 2260 (six digits) with the town's three digits of GB/T 10114 behind."""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from guatu.domain.codes.check import CodeCheck, checked, squeeze
from guatu.domain.errors import DomainError

RegionLevel: TypeAlias = Literal["province", "city", "district", "town"]

PROVINCES: Final[dict[str, str]] = {
    "11": "北京市",
    "12": "天津市",
    "13": "河北省",
    "14": "山西省",
    "15": "内蒙古自治区",
    "21": "辽宁省",
    "22": "吉林省",
    "23": "黑龙江省",
    "31": "上海市",
    "32": "江苏省",
    "33": "浙江省",
    "34": "安徽省",
    "35": "福建省",
    "36": "江西省",
    "37": "山东省",
    "41": "河南省",
    "42": "湖北省",
    "43": "湖南省",
    "44": "广东省",
    "45": "广西壮族自治区",
    "46": "海南省",
    "50": "重庆市",
    "51": "四川省",
    "52": "贵州省",
    "53": "云南省",
    "54": "西藏自治区",
    "61": "陕西省",
    "62": "甘肃省",
    "63": "青海省",
    "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
    "71": "台湾省",
    "81": "香港特别行政区",
    "82": "澳门特别行政区",
}


@dataclass(frozen=True, slots=True, order=True)
class RegionCode:
    """A well-formed code of an existing province: six digits, or nine for a street or town. Make it by ``parse``."""

    code: str

    @classmethod
    def parse(cls, text: str) -> "RegionCode":
        """Reads 410303, 410303001 or the statistics' twelve digits (410303001000). Which codes exist below the
        province changes every year and is data, so it is not checked here.

        Raises region.length, region.not_digits, region.unknown_province, region.malformed (410003: a district of no
        city; nine digits below a city).
        """
        code = squeeze(text)
        if not re.fullmatch(r"[0-9]+", code):
            raise DomainError("region.not_digits", text=text)
        if len(code) == 12 and code.endswith("000"):
            code = code[:9]
        if len(code) == 9 and code.endswith("000"):
            code = code[:6]
        if len(code) not in (6, 9):
            raise DomainError("region.length", text=text, length=len(code))
        if code[:2] not in PROVINCES:
            raise DomainError("region.unknown_province", text=text, province=code[:2])
        below_nothing = code[2:4] == "00" and code[4:6] != "00"
        if below_nothing or (len(code) == 9 and code[4:6] == "00" and code[2:4] == "00"):
            raise DomainError("region.malformed", text=text)
        return cls(code)

    @property
    def level(self) -> RegionLevel:
        if len(self.code) == 9:
            return "town"
        if self.code[4:] != "00":
            return "district"
        return "city" if self.code[2:4] != "00" else "province"

    @property
    def province_name(self) -> str:
        return PROVINCES[self.code[:2]]

    @property
    def parent(self) -> "RegionCode | None":
        """One level up by the digits: 500103 → 500100 → 500000, 419001 → 419000 → 410000. None for a province.

        A town below a city without districts (441900003) has the city as its parent.
        """
        match self.level:
            case "town":
                return RegionCode(self.code[:6])
            case "district":
                return RegionCode(self.code[:4] + "00")
            case "city":
                return RegionCode(self.code[:2] + "0000")
        return None

    @property
    def ancestors(self) -> tuple["RegionCode", ...]:
        """All above, the nearest first."""
        parent = self.parent
        return () if parent is None else (parent, *parent.ancestors)

    def __str__(self) -> str:
        return self.code


def check_region(text: str) -> CodeCheck:
    """Checks a typed division code; see ``RegionCode.parse`` for the reasons."""
    return checked(text, RegionCode.parse)
