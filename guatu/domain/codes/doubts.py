"""Which of a project's codes break their rule: the one place that decides whether a project is marked."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from guatu.domain.codes.check import CodeCheck, squeeze
from guatu.domain.codes.credit import check_credit_code
from guatu.domain.codes.industry import check_industry
from guatu.domain.codes.project import check_project_code
from guatu.domain.codes.region import check_region

PROJECT, OWNER, REGION, INDUSTRY = "project", "owner", "region", "industry"
_CHECKS: Final[dict[str, Callable[[str], CodeCheck]]] = {
    PROJECT: check_project_code,
    OWNER: check_credit_code,
    REGION: check_region,
    INDUSTRY: check_industry,
}
_INDUSTRY_CODE = re.compile(r"[A-Z]?-?\d{1,6}|[A-Z]", re.ASCII)


def code_doubts(*, project: str = "", owner: str = "", region: str = "", industry: str = "") -> tuple[str, ...]:
    """The kinds of code ("project", "owner", "region", "industry", in this order) that break their rule.

    What is blank breaks none. An industry in words is no code and is not doubted.
    """
    typed = {PROJECT: project, OWNER: owner, REGION: region, INDUSTRY: industry}
    return tuple(kind for kind, text in typed.items() if check_code(kind, text) is not None)


@lru_cache(maxsize=4096)
def check_code(kind: str, text: str) -> CodeCheck | None:
    """What is wrong with one typed code; None when nothing is, or there is none."""
    if not text.strip() or (kind == INDUSTRY and not is_industry_code(text)):
        return None
    found = _CHECKS[kind](text)
    return None if found.ok else found


def is_industry_code(text: str) -> bool:
    """Whether a typed industry is meant as a code (C32, 47, Z, A-01), rightly or wrongly, and not as words."""
    return _INDUSTRY_CODE.fullmatch(squeeze(text)) is not None
