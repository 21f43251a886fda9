"""How names of units and persons from ledgers are cleaned, and what kind of body a unit's name speaks of."""

import re

from guatu.people.choices import UnitKind

_SPACE = re.compile(r"\s+")

# First match wins. An enterprise's name says more than the district's word inside it, so companies come early.
_KINDS: tuple[tuple[re.Pattern[str], UnitKind], ...] = (
    (re.compile(r"领导小组(?!办公室)"), UnitKind.LEADING_GROUP),
    (re.compile(r"专班|指挥部"), UnitKind.TASK_FORCE),
    (re.compile(r"(项目|重点).*(办公室|办|中心)$|领导小组办公室"), UnitKind.OFFICE),
    (re.compile(r"银行|信用社"), UnitKind.BANK),
    (re.compile(r"监理.*公司|监理公司"), UnitKind.SUPERVISOR_FIRM),
    (re.compile(r"(建设|城市|投资|国有|资产|发展).*(集团|平台).*公司|城投|国投|平台公司"), UnitKind.PLATFORM),
    (re.compile(r"公司|集团|厂$|企业"), UnitKind.OWNER),
    (re.compile(r"管委会|管理委员会|园区|开发区|高新区|产业集聚区|商务区"), UnitKind.COMMITTEE),
    (re.compile(r"(街道|街道办事处|办事处|镇|镇政府|镇人民政府|乡|乡政府|乡人民政府)$"), UnitKind.STREET),
)


def clean_name(text: str) -> str:
    """A name without the spaces that ledgers put into it ("李 明" → "李明")."""
    return _SPACE.sub("", text)


def guess_kind(name: str) -> UnitKind:
    """The kind of body that a name speaks of; a department when it says nothing else."""
    text = clean_name(name)
    for pattern, kind in _KINDS:
        if pattern.search(text):
            return kind
    return UnitKind.DEPARTMENT


def masked_phone(phone: str) -> str:
    """A phone number with its middle hidden: 138****5678; short numbers keep their last two figures."""
    if len(phone) >= 7:
        return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
    return "*" * max(len(phone) - 2, 0) + phone[-2:]
