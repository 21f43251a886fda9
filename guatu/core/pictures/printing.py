"""A picture's perceptual prints: its parts as levels of grey, whose signs `guatu.domain.prints` computes."""

from PIL import Image

from guatu.domain.prints import PARTS, SHORT_OF, SIDE, Prints, signs

Shares = tuple[float, float, float, float]

SMALL = 256  # longest side at which prints are made
LINES = 96  # rows and columns in which a frame is looked for
_DARK, _LIGHT = 40, 240  # a frame is about black or about white
_SAME, _OTHER = 8, 24  # levels by which a frame's line may differ, and by which the picture behind it does
_FLAT = 6  # levels between the darkest and the lightest of a picture that shows nothing
_WHOLE: Shares = (0.0, 0.0, 1.0, 1.0)


def prints_of(picture: Image.Image) -> Prints | None:
    """The prints of a picture; None of one that shows nothing (a black or white sheet), which is like every other."""
    grey = picture.convert("L")
    grey.thumbnail((SMALL, SMALL), Image.Resampling.BOX)
    levels = [level for level, count in enumerate(grey.histogram()) if count]
    if levels[-1] - levels[0] <= _FLAT:
        return None
    left, top, right, bottom = frame_of(grey)
    wide, tall = (right - left) / 1000, (bottom - top) / 1000
    inside = [(left + wide * a, top + tall * b, left + wide * c, top + tall * d) for a, b, c, d in PARTS]
    made = [_signs(grey, box) for box in inside]
    framed = made[0] if (left, top, right, bottom) == _WHOLE else _signs(grey, _WHOLE)
    return Prints(tuple(whole for whole, _short in made), framed[0], tuple(made[at][1] for at in SHORT_OF))


def _signs(grey: Image.Image, box: Shares) -> tuple[int, int]:
    sides = (box[0] * grey.width, box[1] * grey.height, box[2] * grey.width, box[3] * grey.height)
    return signs(grey.resize((SIDE, SIDE), Image.Resampling.BOX, box=sides).tobytes())


def frame_of(grey: Image.Image) -> Shares:
    """What lies within a plain frame (the bars of a screenshot) as shares; the whole where there is none."""
    small = grey.resize((LINES, LINES), Image.Resampling.BOX).tobytes()
    rows = [small[at : at + LINES] for at in range(0, LINES * LINES, LINES)]
    columns = [small[at::LINES] for at in range(LINES)]
    top, bottom = _between(rows)
    left, right = _between(columns)
    return left, top, right, bottom


def _between(lines: list[bytes]) -> tuple[float, float]:
    before, after = _plain(lines), _plain(lines[::-1])
    if before + after > LINES * 3 // 4:
        return 0.0, 1.0
    return before / LINES, 1 - after / LINES


def _plain(lines: list[bytes]) -> int:
    """How many lines at the beginning are a frame's: of one dark or light level, and then suddenly another."""
    level = sorted(lines[0])[LINES // 2]
    if _DARK < level < _LIGHT:
        return 0
    count = 0
    while count < LINES - 1 and _share(lines[count], level, _SAME) >= 0.85:
        count += 1
    sudden = _share(lines[min(count + 1, LINES - 1)], level, _OTHER) <= 0.5
    return count if 4 <= count <= LINES * 2 // 3 and sudden else 0


def _share(line: bytes, level: int, by: int) -> float:
    """The share of a line's points within `by` levels of a level."""
    return sum(abs(point - level) <= by for point in line) / LINES
