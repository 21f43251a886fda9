"""Codes in words: the industry's section, and what is wrong with a project's or an owner's code.

A wrong code is shown, never refused: ledgers carry codes as they were issued, mistakes included.
"""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.domain.codes import SECTIONS, CodeCheck, IndustryCode, check_code, code_doubts
from guatu.domain.errors import DomainError
from guatu.library.models import Project

REASONS: dict[str, Sentence] = {
    "project_code.length": _("不是国家代码的样式，应如 2019-410303-48-01-100371。请核对批文"),
    "project_code.time": _("第一段“{time}”不是年份，也不是年月。请核对批文"),
    "project_code.division": _("第二段“{division}”不是行政区划代码。请核对批文"),
    "project_code.industry": _("第三段“{industry}”不是行业大类。请核对批文"),
    "credit_code.length": _("应为 18 位，现为 {length} 位。请核对营业执照"),
    "credit_code.alphabet": _("不会出现“{signs}”。请核对营业执照"),
    "credit_code.check": _("校验位不符，末位应为“{expected}”。请核对营业执照"),
    "region.length": _("应为 6 位或 9 位，现为 {length} 位。请核对区划代码"),
    "region.not_digits": _("应全为数字。请核对区划代码"),
    "region.unknown_province": _("没有以“{province}”开头的省级行政区。请核对区划代码"),
    "region.malformed": _("市、县两级对不上。请核对区划代码"),
    "industry.unreadable": _("不是行业代码的样式，应如 E48 或 制造业。请按 GB/T 4754 核对"),
    "industry.unknown_section": _("没有门类“{section}”。请按 GB/T 4754 核对"),
    "industry.unknown_division": _("没有大类“{division}”。请按 GB/T 4754 核对"),
    "industry.section_mismatch": _("大类“{division}”属于门类 {section}。请按 GB/T 4754 核对"),
}
KINDS: dict[str, Sentence] = {
    "project": _("国家代码"),
    "owner": _("统一社会信用代码"),
    "region": _("区划代码"),
    "industry": _("行业代码"),
}


def code_hint(kind: str, text: str) -> str:
    """What is wrong with a code of a kind ("project", "owner", "region", "industry"); empty when nothing is."""
    return _hint(check_code(kind, text))


def doubts_of(project: Project, industry: str) -> tuple[str, ...]:
    """The kinds of a project's codes that break their rule; what its cached mark is made of."""
    return code_doubts(
        project=project.code, owner=project.owner_credit_code, region=project.region.code, industry=industry
    )


def doubt_words(project: Project, industry: str) -> list[str]:
    """The same in words."""
    return [str(KINDS[kind]) for kind in doubts_of(project, industry)]


def _hint(checked: CodeCheck | None) -> str:
    if checked is None or checked.code is None:
        return ""
    sentence = REASONS.get(checked.code)
    return str(sentence).format(**checked.params) if sentence is not None else str(_("写法不对，请核对"))


def industry_words(text: str) -> str:
    """An industry code in words (E47 → E 建筑业 · 47); as it was written when it is no code."""
    try:
        code = IndustryCode.parse(text)
    except DomainError:
        return text
    words = f"{code.section} {SECTIONS[code.section][0]}"
    return f"{words} · {code.digits}" if code.digits else words
