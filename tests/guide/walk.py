"""Walking the guide's steps in a browser, as a reader would: by the words that stand on the page.

`as LOGIN` (nobody: signed out) · `wide 1440` · `phone` · `dark` · `open PATH` · `click WORDS` · `fill LABEL = TEXT` ·
`choose LABEL = OPTION` · `upload FILE` (of books.py) · `press KEY` · `await WORDS` (that come late) · `show WORDS` ·
`end` (scroll there) · `click-row N` (the first link of a table's row) · `click-figure CODE` (an indicator's figure) ·
`click-tab WORDS` (a tab whose name is followed by a count).
"""

import contextlib
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.demonstration import Demonstration, Seat
from tests.guide.books import BOOKS
from tests.guide.pages import Step

WIDE, PHONE, COLOURS, MOST = 1280, 390, 48, 120 * 1024
PATIENCE = 20_000  # milliseconds
TEXT = """body => [body.textContent, ...[...body.querySelectorAll('[aria-label],[placeholder],[title],input,button')]
  .flatMap(e => [e.ariaLabel, e.placeholder, e.title, e.value])].join(' ')"""
ROLES = ("link", "button", "tab", "menuitem", "radio", "checkbox")


class Walker:
    """One reader with one page at a time."""

    def __init__(self, demo: Demonstration) -> None:
        self.demo = demo
        self.login, self.width, self.theme = "", WIDE, ""
        self.seat: Seat | None = None
        self.closing = contextlib.ExitStack()
        self.verbs: dict[str, Callable[[str], None]] = {
            "as": self.sit,
            "wide": lambda width: self.sit(self.login, int(width)),
            "phone": lambda _: self.sit(self.login, PHONE),
            "dark": lambda _: self.sit(self.login, theme="dark"),
            "open": self.open,
            "click": lambda words: self.find(words).click(),
            "click-row": lambda n: self.page.locator("main tbody tr:has(a)").nth(int(n) - 1).locator("a").first.click(),
            "click-figure": lambda code: self.page.locator(f"main a[href*='indicator={code}']").first.click(),
            "click-tab": lambda words: (
                self.page.locator("a, button").filter(has_text=re.compile(f"^\\s*{words}")).first.click()
            ),
            "fill": lambda words: self.field(words).fill(words.split(" = ")[1]),
            "choose": lambda words: _choose(self.field(words), words.split(" = ")[1]),
            "upload": lambda name: self.page.locator("main input[type=file]").set_input_files(BOOKS[name]()),  # type: ignore[arg-type]  # a payload
            "await": lambda words: expect(self.page.get_by_text(words).first).to_be_visible(timeout=PATIENCE),
            "press": lambda key: self.page.keyboard.press(key),
            "end": lambda _: self.page.locator("main").evaluate("() => scrollTo(0, document.body.scrollHeight)"),
            "show": lambda words: self.find(words).evaluate("e => e.scrollIntoView({block: 'start'})"),
        }

    @property
    def page(self) -> Page:
        assert self.seat is not None, "a page's first walk says as whom"
        return self.seat.page

    def sit(self, login: str, width: int = WIDE, theme: str = "") -> None:
        """Take a fresh page, signed in."""
        self.closing.close()
        self.login = "" if login == "nobody" else login
        cookies = {"theme": theme} if theme else {}
        self.seat = self.closing.enter_context(self.demo.seat(self.login, width, **cookies))
        self.page.set_viewport_size({"width": width, "height": 800})

    def open(self, path: str) -> None:
        """Go to an address."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} answers {answer.status}"

    def find(self, words: str) -> Locator:
        """What a reader would click who is told these words: a visible one, in the page's body before its menu."""
        body, roles = self.page.locator("main"), ROLES
        places: list[Locator] = []
        for root in (body, self.page):
            places += [root.get_by_role(role, name=words, exact=True) for role in roles]  # type: ignore[arg-type]  # roles
            places += [root.get_by_text(words, exact=True)]
        places += [self.page.get_by_label(words)]
        places += [root.get_by_role(role, name=words) for role in roles for root in (body, self.page)]  # type: ignore[arg-type]  # as above
        places += [self.page.get_by_text(words)]
        for place in places:
            for found in place.all():
                if found.is_visible():
                    return found
        raise AssertionError(f"“{words}” is not on {self.page.url}")

    def field(self, words: str) -> Locator:
        """The field of a label."""
        return self.page.get_by_label(re.compile("^" + re.escape(words.split(" = ")[0]) + r"\s*\*?$")).first

    def seen(self) -> str:
        """Every word on the page, folded menus and fields included, without spaces."""
        return "" if self.seat is None else re.sub(r"\s", "", self.page.locator("body").evaluate(TEXT))

    def take(self, step: Step) -> list[str]:
        """Walk a step; returns what its text names that the reader never saw, and what the console complained of."""
        seen = "" if step.verbs[0].startswith("as ") else self.seen()
        for verb in step.verbs:
            name, _, rest = verb.partition(" ")
            self.verbs[name](rest)
            self.page.wait_for_load_state("networkidle")
            seen += self.seen()
        expect(self.page.locator("h1").first).to_be_visible()
        faults = [
            f"{step.name}: “{words}” is not there" for words in step.words if re.sub(r"\s", "", words) not in seen
        ]
        assert self.seat is not None
        faults += [f"{step.name}: console: {text}" for text in self.seat.errors]
        self.seat.errors.clear()
        return faults

    def picture(self, path: Path) -> None:
        """Write what is on the screen, in few colours."""
        with Image.open(io.BytesIO(self.page.screenshot(animations="disabled", caret="hide"))) as shot:
            full, colours = shot.convert("RGB"), COLOURS
            while True:
                full.quantize(palette=_palette(full, colours), dither=Image.Dither.NONE).save(path, optimize=True)
                if path.stat().st_size <= MOST or colours <= 16:
                    return
                colours //= 2


def _palette(full: Image.Image, colours: int) -> Image.Image:
    """The colours that stand most, as they are; a third of them strong ones, so that a red in one word stays red."""
    counted = sorted(full.getcolors(full.width * full.height) or [], reverse=True)
    found = [colour for _, colour in counted]
    strong = [colour for colour in found if max(colour) - min(colour) > 60][: colours // 3]  # type: ignore[arg-type,type-var]  # RGB
    kept = dict.fromkeys([*found[: colours - len(strong)], *strong])
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in kept for part in colour])  # type: ignore[union-attr]  # RGB
    return palette


def _choose(field: Locator, option: str) -> None:
    field.evaluate(
        """(field, words) => { field.value = [...field.options].find(o => o.text.includes(words)).value;
        field.dispatchEvent(new Event('change', {bubbles: true})); }""",
        option,
    )


@contextlib.contextmanager
def walker(demo: Demonstration) -> Iterator[Walker]:
    """A reader who leaves at the end."""
    found = Walker(demo)
    try:
        yield found
    finally:
        found.closing.close()
