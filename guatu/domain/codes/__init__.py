"""The codes of the field: parsed and checked, a wrong one kept as typed with the reason (docs/algorithms/codes.md)."""

from guatu.domain.codes.check import CodeCheck
from guatu.domain.codes.credit import check_character, check_credit_code
from guatu.domain.codes.doubts import check_code, code_doubts, is_industry_code
from guatu.domain.codes.industry import SECTIONS, IndustryCode, check_industry
from guatu.domain.codes.project import ProjectCode, check_project_code
from guatu.domain.codes.region import PROVINCES, RegionCode, check_region

__all__ = [
    "PROVINCES",
    "SECTIONS",
    "CodeCheck",
    "IndustryCode",
    "ProjectCode",
    "RegionCode",
    "check_character",
    "check_code",
    "check_credit_code",
    "check_industry",
    "check_project_code",
    "check_region",
    "code_doubts",
    "is_industry_code",
]
