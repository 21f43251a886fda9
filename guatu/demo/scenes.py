"""Drawn pictures of invented building sites: no third party's photo, another picture for every number.

The demonstration's sample photos, and the pictures on which the tests measure how well a re-used one is found.
"""

import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Rgb = tuple[int, int, int]
SKIES: tuple[tuple[Rgb, Rgb], ...] = (
    ((96, 148, 205), (208, 224, 236)),
    ((150, 160, 170), (205, 207, 205)),
    ((52, 96, 160), (170, 196, 214)),
    ((188, 192, 190), (222, 218, 206)),
    ((120, 128, 150), (232, 190, 150)),
)
GROUNDS: tuple[Rgb, ...] = ((150, 122, 90), (118, 108, 98), (168, 150, 120), (96, 92, 84), (132, 98, 72))
WALLS: tuple[Rgb, ...] = ((196, 190, 180), (160, 160, 158), (206, 186, 150), (140, 150, 160), (178, 112, 84))
STEEL: tuple[Rgb, ...] = ((214, 160, 20), (196, 62, 40), (60, 96, 150))


def scene(number: int, size: tuple[int, int] = (960, 720)) -> Image.Image:
    """The picture of a number, always the same; `size` in pixels."""
    dice = random.Random(number)
    width, height = size
    horizon = int(height * dice.uniform(0.28, 0.62))
    picture = _gradient(size, *dice.choice(SKIES))
    _clouds(picture, dice, horizon)
    draw = ImageDraw.Draw(picture)
    _hills(draw, dice, width, horizon)
    draw.rectangle((0, horizon, width, height), fill=_near(dice, dice.choice(GROUNDS)))
    for part in dice.sample(PARTS, k=dice.randint(3, 5)):
        part(draw, dice, width, height, horizon)
    _texture(picture, dice, horizon)
    return picture.filter(ImageFilter.GaussianBlur(0.6))


def growing(number: int, done: float, size: tuple[int, int] = (960, 720)) -> Image.Image:
    """A site on which a building stands that is done to a share of 1, on another day each time: other light, the
    machines elsewhere. `number` is the site's."""
    stage = int(done * 100)
    dice, today = random.Random(number), random.Random(number * 1000 + stage)
    width, height = size
    horizon = int(height * 0.5)
    picture = _gradient(size, *today.choice(SKIES))
    _clouds(picture, today, horizon)
    draw = ImageDraw.Draw(picture)
    _hills(draw, dice, width, horizon)
    draw.rectangle((0, horizon, width, height), fill=_near(dice, dice.choice(GROUNDS)))
    _trees(draw, dice, width, height, horizon)
    _tower(draw, dice, size, horizon, done)
    for part in (_heap, _machine, _fence) if done < 0.9 else (_road, _fence):
        part(draw, today, width, height, horizon)
    _texture(picture, today, horizon)
    return picture.filter(ImageFilter.GaussianBlur(0.6))


def _tower(draw: ImageDraw.ImageDraw, dice: random.Random, size: tuple[int, int], horizon: int, done: float) -> None:
    """A building of eight floors as far as it is done, with its crane until the end."""
    width, height = size
    left, wide, foot = int(width * dice.uniform(0.14, 0.46)), width // 3, horizon + height // 8
    tall = height // 15
    wall = _near(dice, dice.choice(WALLS))
    for floor in range(round(8 * min(1.0, done / 0.8))):
        top = foot - (floor + 1) * tall
        draw.rectangle((left, top, left + wide, top + tall), fill=wall, outline=(70, 68, 66))
        for x in range(left + 10, left + wide - 20, 34):
            draw.rectangle(
                (x, top + tall // 4, x + 18, top + tall * 3 // 4), fill=(70, 82, 96) if done > 0.6 else (40, 38, 36)
            )
    if done < 0.9:
        x = left + wide + 40
        draw.line((x, 40, x, foot), fill=STEEL[0], width=8)
        draw.line((x - wide, 54, x + 70, 54), fill=STEEL[0], width=6)


def _gradient(size: tuple[int, int], top: Rgb, bottom: Rgb) -> Image.Image:
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask)


def _near(dice: random.Random, colour: Rgb, by: int = 22) -> Rgb:
    light = dice.randint(-by, by)
    red, green, blue = (max(0, min(255, part + light + dice.randint(-by // 4, by // 4))) for part in colour)
    return red, green, blue


def _soft(dice: random.Random, size: tuple[int, int], grain: int) -> Image.Image:
    """Soft spots of light and shade, `grain` across."""
    few = Image.new("L", (grain, max(2, grain * size[1] // size[0])))
    few.putdata([dice.randint(0, 255) for _spot in range(few.width * few.height)])
    return few.resize(size, Image.Resampling.BICUBIC)


def _clouds(picture: Image.Image, dice: random.Random, horizon: int) -> None:
    spots = _soft(dice, picture.size, dice.randint(5, 14))
    strength = dice.uniform(0.1, 0.55)
    white = Image.new("RGB", picture.size, (240, 240, 240))
    picture.paste(white, (0, 0), spots.point([int(max(0, level - 110) * strength) for level in range(256)]))


def _texture(picture: Image.Image, dice: random.Random, horizon: int) -> None:
    """Light and shade of the ground, and fine grain over all."""
    box = (0, horizon, picture.width, picture.height)
    ground = picture.crop(box)
    shade = _soft(dice, ground.size, dice.randint(8, 30)).point([128 + (level - 128) // 3 for level in range(256)])
    ground = ImageChops.overlay(ground, Image.merge("RGB", (shade, shade, shade)))
    picture.paste(ground, box)
    grain = _soft(dice, picture.size, 160).point([128 + (level - 128) // 9 for level in range(256)])
    picture.paste(ImageChops.overlay(picture, Image.merge("RGB", (grain, grain, grain))))


def _hills(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, horizon: int) -> None:
    step = width // dice.randint(4, 9)
    tops = [(x, horizon - dice.randint(0, horizon // 3)) for x in range(-step, width + 2 * step, step)]
    draw.polygon([(-step, horizon), *tops, (width + step, horizon)], fill=_near(dice, (104, 122, 116)))


def _building(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int, horizon: int) -> None:
    for _each in range(dice.randint(1, 4)):
        left, wide = dice.randint(-60, width - 60), dice.randint(width // 12, width // 4)
        top = dice.randint(height // 20, horizon)
        foot = horizon + dice.randint(0, height // 6)
        wall = _near(dice, dice.choice(WALLS))
        draw.rectangle((left, top, left + wide, foot), fill=wall)
        draw.polygon(
            [
                (left + wide, top),
                (left + wide + wide // 5, top + 12),
                (left + wide + wide // 5, foot),
                (left + wide, foot),
            ],
            fill=_near(dice, (90, 88, 86)),
        )
        across, tall = dice.randint(14, 36), dice.randint(18, 42)
        pane = _near(dice, (70, 82, 96))
        for y in range(top + 8, foot - tall // 2, tall):
            for x in range(left + 6, left + wide - across // 2, across):
                if dice.random() > 0.12:
                    draw.rectangle((x, y, x + across // 2, y + tall // 2), fill=pane)


def _crane(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int, horizon: int) -> None:
    for _each in range(dice.randint(1, 3)):
        x, top = dice.randint(20, width - 20), dice.randint(10, max(12, horizon // 2))
        foot, paint = horizon + dice.randint(0, 60), dice.choice(STEEL)
        arm, back = dice.choice((-1, 1)) * dice.randint(width // 6, width // 3), dice.randint(30, 90)
        draw.line((x, top, x, foot), fill=paint, width=dice.randint(5, 10))
        draw.line((x - (back if arm > 0 else -back), top + 14, x + arm, top + 14), fill=paint, width=6)
        draw.line((x, top - 20, x + arm, top + 14), fill=(60, 60, 60), width=2)
        hook = x + int(arm * dice.uniform(0.3, 0.95))
        draw.line((hook, top + 14, hook, dice.randint(top + 40, horizon)), fill=(50, 50, 50), width=2)


def _pit(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int, horizon: int) -> None:
    left, right = dice.randint(-40, width // 2), dice.randint(width // 2, width + 40)
    top, low = horizon + dice.randint(10, 60), height - dice.randint(-20, height // 6)
    edge = _near(dice, (92, 74, 56))
    draw.polygon([(left, top), (right, top + 10), (right - 40, low), (left + 60, low)], fill=edge)
    inner = [(left + 40, top + 40), (right - 50, top + 44), (right - 90, low - 30), (left + 100, low - 30)]
    draw.polygon(inner, fill=_near(dice, (120, 104, 84)))


def _road(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int, horizon: int) -> None:
    at, wide = dice.randint(0, width), dice.randint(width // 4, width // 2)
    middle = dice.randint(width // 5, width - width // 5)
    draw.polygon(
        [(at - 12, horizon), (at + 12, horizon), (middle + wide // 2, height), (middle - wide // 2, height)],
        fill=_near(dice, (84, 84, 86)),
    )
    for step in range(7):
        y = horizon + (height - horizon) * step // 7
        x = at + (middle - at) * step // 7
        draw.line((x, y, x + (middle - at) // 16, y + (height - horizon) // 16), fill=(226, 222, 206), width=2 + step)


def _fence(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int, horizon: int) -> None:
    top, tall = horizon + dice.randint(-20, 80), dice.randint(30, 90)
    paint = dice.choice(((52, 110, 168), (70, 130, 84), (206, 206, 200)))
    left, right = dice.randint(-100, width // 3), dice.randint(width // 2, width + 80)
    step = dice.randint(24, 70)
    for x in range(left, right, step):
        draw.rectangle((x, top, x + step - 4, top + tall), fill=_near(dice, paint, 12))
    draw.line((left, top, right, top), fill=(60, 60, 60), width=3)


def _machine(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int, horizon: int) -> None:
    for _each in range(dice.randint(1, 3)):
        x, y = dice.randint(20, width - 160), dice.randint(horizon + 10, height - 90)
        big = dice.uniform(0.6, 1.7)
        paint = _near(dice, dice.choice(STEEL))
        draw.rounded_rectangle((x, y, x + 110 * big, y + 44 * big), 8, fill=paint)
        draw.rectangle((x + 16 * big, y - 36 * big, x + 60 * big, y), fill=_near(dice, (60, 74, 84)))
        for wheel in (18, 84):
            around = (x + (wheel - 17) * big, y + 28 * big, x + (wheel + 17) * big, y + 62 * big)
            draw.ellipse(around, fill=(38, 38, 40))
        side = dice.choice((-1, 1))
        elbow = (x + 60 * big + side * 70 * big, y - 80 * big)
        draw.line((x + 60 * big, y, *elbow), fill=paint, width=int(12 * big))
        draw.line((*elbow, elbow[0] + side * 50 * big, y + 20 * big), fill=paint, width=int(9 * big))


def _steel(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int, horizon: int) -> None:
    left, top = dice.randint(-30, width * 2 // 3), dice.randint(horizon - 30, height - 140)
    wide, tall, step = dice.randint(160, 420), dice.randint(90, 220), dice.randint(16, 34)
    lean = dice.randint(-60, 60)
    rust = _near(dice, (120, 74, 50))
    for x in range(0, wide, step):
        draw.line((left + x, top, left + x + lean, top + tall), fill=rust, width=4)
    for y in range(0, tall, step):
        shift = lean * y // tall
        draw.line((left + shift, top + y, left + shift + wide, top + y), fill=rust, width=4)


def _heap(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int, horizon: int) -> None:
    for _each in range(dice.randint(1, 4)):
        x, y = dice.randint(0, width), dice.randint(horizon + 40, height)
        wide, tall = dice.randint(80, 320), dice.randint(30, 140)
        peak = x + dice.randint(-wide // 4, wide // 4)
        sand = _near(dice, (176, 152, 112), 34)
        draw.polygon([(x - wide // 2, y), (peak, y - tall), (x + wide // 2, y)], fill=sand)
        shade = _near(dice, (120, 100, 74))
        draw.polygon([(peak, y - tall), (x + wide // 2, y), (peak + wide // 10, y)], fill=shade)


def _trees(draw: ImageDraw.ImageDraw, dice: random.Random, width: int, height: int, horizon: int) -> None:
    for _each in range(dice.randint(3, 14)):
        x, foot = dice.randint(0, width), horizon + dice.randint(-6, 50)
        big = dice.randint(18, 70)
        draw.rectangle((x - 3, foot - big, x + 3, foot), fill=(84, 66, 50))
        draw.ellipse((x - big, foot - 2 * big, x + big, foot - big // 3), fill=_near(dice, (62, 98, 58), 26))


PARTS: tuple[Callable[[ImageDraw.ImageDraw, random.Random, int, int, int], None], ...] = (
    _building,
    _crane,
    _pit,
    _road,
    _fence,
    _machine,
    _steel,
    _heap,
    _trees,
)
