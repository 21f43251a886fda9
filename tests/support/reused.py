"""What people do to a picture before they hand it in again: easy changes, and hard ones."""

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Change = Callable[[Image.Image, random.Random], Image.Image]


def jpeg(picture: Image.Image, quality: int) -> Image.Image:
    """The picture after having been stored once as JPEG."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(io.BytesIO(file.getvalue())).convert("RGB")


def recompressed(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Stored again as small as chat programs do."""
    return jpeg(picture, dice.randint(25, 60))


def resized(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Made smaller or larger, stored again."""
    scale = dice.uniform(0.25, 1.6)
    return jpeg(picture.resize((int(picture.width * scale), int(picture.height * scale))), 75)


def brighter(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Lighter or darker, with more or less contrast."""
    light = ImageEnhance.Brightness(picture).enhance(dice.uniform(0.65, 1.35))
    return jpeg(ImageEnhance.Contrast(light).enhance(dice.uniform(0.75, 1.3)), 80)


def mirrored(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Left and right exchanged."""
    return jpeg(ImageOps.mirror(picture), dice.randint(50, 85))


def cropped(picture: Image.Image, dice: random.Random) -> Image.Image:
    """A tenth of width, of height or of both cut off, anywhere."""
    across, down = dice.choice(((0.1, 0.1), (0.1, 0.0), (0.0, 0.1)))
    left, top = picture.width * across * dice.random(), picture.height * down * dice.random()
    box = (left, top, left + picture.width * (1 - across), top + picture.height * (1 - down))
    return jpeg(picture.crop((int(box[0]), int(box[1]), int(box[2]), int(box[3]))), 75)


def watermarked(picture: Image.Image, dice: random.Random) -> Image.Image:
    """The block of a watermark camera in a corner, and words across the picture."""
    layer = picture.copy()
    draw = ImageDraw.Draw(layer)
    width, height = picture.size
    left, top = dice.choice((0.03, 0.55)) * width, dice.choice((0.05, 0.7)) * height
    draw.rounded_rectangle((left, top, left + width * 0.4, top + height * 0.24), 12, fill=(30, 90, 170))
    for line in range(4):
        y = top + height * (0.03 + 0.05 * line)
        draw.text(
            (left + 16, y), f"2026-03-{dice.randint(10, 28)} 410303 {dice.random():.6f}", fill="white", font_size=26
        )
    for step in range(4):
        draw.text((width * 0.1 + 200 * step, height * (0.15 + 0.2 * step)), "SITE PHOTO", fill="white", font_size=56)
    return jpeg(Image.blend(picture, layer, dice.uniform(0.55, 0.85)), 75)


def screenshot(picture: Image.Image, dice: random.Random) -> Image.Image:
    """The picture as a telephone's screen shows it: black above and below, stored again."""
    width = 720
    shown = picture.resize((width, picture.height * width // picture.width))
    above, below = dice.randint(60, 420), dice.randint(60, 420)
    screen = Image.new("RGB", (width, shown.height + above + below), dice.choice(("black", "white", (18, 18, 18))))
    screen.paste(shown, (0, above))
    draw = ImageDraw.Draw(screen)
    draw.text((24, 14), "10:24", fill=(150, 150, 150), font_size=24)
    return jpeg(screen, 80)


def photographed(picture: Image.Image, dice: random.Random) -> Image.Image:
    """A photo of a screen: slightly askew, with moiré, a reflection, blur and grain."""
    width, height = picture.size
    far = 0.025
    corners: list[float] = []
    for x, y in ((0, 0), (0, height), (width, height), (width, 0)):
        corners += [x + dice.uniform(-far, far) * width, y + dice.uniform(-far, far) * height]
    askew = picture.transform(picture.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    wave = _moire(picture.size, dice.uniform(0, 180), dice.uniform(5, 17))
    shown = ImageChops.overlay(askew, Image.merge("RGB", (wave, wave, wave)))
    light = Image.linear_gradient("L").rotate(dice.choice((0, 90, 180, 270))).resize(picture.size)
    light = light.point([level // 5 for level in range(256)])
    shown = ImageChops.add(shown, Image.merge("RGB", (light, light, light)))
    return jpeg(shown.filter(ImageFilter.GaussianBlur(1.2)), 65)


def _moire(size: tuple[int, int], tilt: float, every: float) -> Image.Image:
    """Soft stripes, so many pixels wide, tilted by so many degrees."""
    side = math.isqrt(size[0] ** 2 + size[1] ** 2) + 4  # as long as the picture's diagonal, however it is tilted
    line = Image.new("L", (side, 1))
    line.putdata([128 + int(26 * math.sin(2 * math.pi * x / every)) for x in range(side)])
    stripes = line.resize((side, side)).rotate(tilt, Image.Resampling.BILINEAR)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    return stripes.crop((left, top, left + size[0], top + size[1]))


EASY: tuple[Change, ...] = (recompressed, resized, brighter, mirrored)
HARD: tuple[Change, ...] = (cropped, watermarked, screenshot, photographed)
