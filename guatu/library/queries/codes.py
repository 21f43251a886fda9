"""Codes in words: the industry's section, and what is wrong with a project's or an owner's code.

A wrong code is shown, never refused: ledgers carry codes as they were issued, mistakes included.
"""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.domain.codes import SECTIONS, CodeCheck, IndustryCode, check_credit_code, check_project_code
from guatu.domain.errors import DomainError

REASONS: dict[str, Sentence] = {
    "project_code.length": _("不是国家代码的样式，应如 2019-410303-48-01-100371。请核对批文"),
    "project_code.time": _("第一段“{time}”不是年份，也不是年月。请核对批文"),
    "project_code.division": _("第二段“{division}”不是行政区划代码。请核对批文"),
    "project_code.industry": _("第三段“{industry}”不是行业大类。请核对批文"),
    "credit_code.length": _("应为 18 位，现为 {length} 位。请核对营业执照"),
    "credit_code.alphabet": _("不会出现“{signs}”。请核对营业执照"),
    "credit_code.check": _("校验位不符，末位应为“{expected}”。请核对营业执照"),
}


def code_hint(text: str) -> str:
    """What is wrong with a project's code; empty when nothing is, or there is none."""
    return _hint(check_project_code(text)) if text.strip() else ""


def credit_hint(text: str) -> str:
    """What is wrong with an owner's unified credit code; empty when nothing is, or there is none."""
    return _hint(check_credit_code(text)) if text.strip() else ""


def _hint(checked: CodeCheck) -> str:
    if checked.ok or checked.code is None:
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
