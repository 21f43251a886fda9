"""Names of leaders, contacts and places as ledgers print them."""

import re
from collections.abc import Iterable, Sequence

from guatu.people.models import Region

_PARTS = re.compile(r"[、，,;；/\n\r]+")
_IN_BRACKETS = re.compile(r"^(.*?)[(（]([^()（）]*)[)）]\s*$", re.S)
_TITLE_END = re.compile(
    r"(?:长|书记|主任|主席|委员|常委|调研员|巡视员|领导|干部|政委|总监|总经理|经理|秘书|主任科员|负责人)$"
)
_TITLE_WORDS = (
    r"(?:副?[区县市省镇乡州]长|副?主席|副?主任|副?书记|常委|副?部长|副?局长|副?秘书长|副?组长|调研员|副?检察长|副?院长)"
)
_TITLE_FIRST = re.compile(rf"^(.{{0,12}}{_TITLE_WORDS})([\u4e00-\u9fff·]{{2,4}})$")
_TITLE_LAST = re.compile(
    r"^([\u4e00-\u9fff]{2,3}?)((?:区|县|市|常务|副|政协|人大|党|纪|政法|组织|宣传|统战|武装).{0,12})$"
)
_PHONE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[-— ]?\d{7,8}|(?<!\d)\d{7,8}(?!\d)")


def _plain(text: str) -> str:
    """A name without the spaces that ledgers put into it."""
    return "".join(text.split())


def leaders(text: str) -> tuple[tuple[str, str], ...]:
    """(name, title) of each leader in a cell: 梁秋白 副区长、张三（副区长）、区委常委 李四; the title may be ""."""
    found: dict[str, str] = {}
    for part in _PARTS.split(text):
        name, title = _leader(part.strip())
        if name:
            found[name] = found.get(name) or title
    return tuple(found.items())


def _leader(text: str) -> tuple[str, str]:
    text = _PHONE.sub("", text).strip()
    bracketed = _IN_BRACKETS.match(text)
    if bracketed:
        inside, outside = _plain(bracketed[2]), bracketed[1].strip()
        if _TITLE_END.search(_plain(outside)) and not _TITLE_END.search(inside):
            return inside, _plain(outside)  # 副区长（张三）
        name, title = _leader(outside)
        return name, title or inside
    words = text.split()
    titles = [word for word in words if _TITLE_END.search(word) and len(word) > 2]
    if titles and len(titles) < len(words):
        return _plain("".join(word for word in words if word not in titles)), "".join(titles)
    return _run_together(_plain(text))


def _run_together(text: str) -> tuple[str, str]:
    first = _TITLE_FIRST.match(text)
    if first:
        return first[2], first[1]
    last = _TITLE_LAST.match(text)
    if last and _TITLE_END.search(last[2]):
        return last[1], last[2]
    return text, ""


def contact(text: str, phone: str) -> tuple[str, str]:
    """Contact's name and telephone; a number that stands with the name is moved to the telephone."""
    numbers = [] if phone else _PHONE.findall(text)
    name = _PHONE.sub(" ", text) if numbers else text
    plain = "、".join(_plain(part) for part in _PARTS.split(name) if _plain(part))
    return re.sub(r"[()（）:：]+", "", plain), phone or "、".join(numbers)


_KIND_OF_PLACE = re.compile(r"(?:街道|街道办事处|办事处|镇|乡|区|县|市)$")


def place_finder(regions: Iterable[Region]) -> "PlaceFinder":
    """A finder of the regions below a list's by the words of a cell."""
    return PlaceFinder(list(regions))


class PlaceFinder:
    """Finds the one region below the list's whose name stands in a text; None when there is none or several."""

    def __init__(self, regions: Sequence[Region]) -> None:
        self.words: list[tuple[str, Region]] = []
        for region in regions:
            stem = _KIND_OF_PLACE.sub("", region.name)
            self.words.append((region.name, region))
            if len(stem) >= 2 and stem != region.name:
                self.words += [(stem + kind, region) for kind in ("街道", "办事处", "镇", "乡")]
        self._seen: dict[str, Region | None] = {}

    def find(self, text: str) -> Region | None:
        """The region that the text names."""
        if not self.words or not text:
            return None
        if text not in self._seen:
            self._seen[text] = self._find(text)
        return self._seen[text]

    def _find(self, text: str) -> Region | None:
        found = {region.path: region for word, region in self.words if word in text}
        # Of a district and its street the street; of two beside each other none: the project crosses them.
        deepest = [region for path, region in found.items() if not any(p != path and p.startswith(path) for p in found)]
        return deepest[0] if len(deepest) == 1 else None
