"""Region codes (GB/T 2260, 9 digits for streets and towns): level and lineage of a code."""

from dataclasses import dataclass

from guatu.core.refusals import Refusal
from guatu.people.choices import RegionLevel

PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)


@dataclass(frozen=True, slots=True)
class Node:
    """One code of a lineage with its level."""

    code: str
    level: RegionLevel


def lineage(text: str) -> list[Node]:
    """The code and its ancestors, the province first. Refuses what is malformed or of no existing province."""
    code = text.strip()
    if not (code.isascii() and code.isdigit()) or len(code) not in (6, 9) or code[:2] not in PROVINCES:
        raise Refusal("people.region_code", code=text)
    if code[2:4] == "00" and code[4:6] != "00":
        raise Refusal("people.region_code", code=text)
    nodes = [Node(code[:2] + "0000", RegionLevel.PROVINCE)]
    if code[2:4] != "00":
        nodes.append(Node(code[:4] + "00", RegionLevel.CITY))
    if code[4:6] != "00":
        nodes.append(Node(code[:6], RegionLevel.DISTRICT))
    if len(code) == 9 and code[6:] != "000":
        nodes.append(Node(code, RegionLevel.TOWN))
    return nodes
