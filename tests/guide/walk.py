"""Walking the guide's steps in a browser, as a reader would: by the words that stand on the page.

`as LOGIN` (nobody: signed out) · `wide 1440` · `phone` · `dark` · `open PATH` · `click WORDS` · `fill LABEL = TEXT` ·
`choose LABEL = OPTION` · `upload FILE` (of books.py) · `press KEY` · `await WORDS` (that come late) · `show WORDS` ·
`end` (scroll there) · `click-row N` (the first link of a table's row, or of the first that has these WORDS) ·
`click-item N` (the same of a list) · `click-figure CODE` (an indicator's figure) · `click-tab WORDS` (a tab whose name
is followed by a count) · `cell N COLUMN = TEXT` (typed into the Nth cell of a sheet's column) ·
`paste N COLUMN = A | B // C | D` (a block, from there on) · `download WORDS` · `upload-back COLUMN = TEXT` (what was
downloaded, with one cell changed) · `offline`, `online`.
"""

import contextlib
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.demonstration import Demonstration, Seat
from tests.guide.books import BOOKS, edited
from tests.guide.pages import Step

WIDE, PHONE, COLOURS, MOST = 1280, 390, 48, 120 * 1024
PATIENCE = 20_000  # milliseconds
OF_A_PHOTO = 20_000  # colours: a page without photos has a tenth of them
TEXT = """body => [body.textContent, ...[...body.querySelectorAll('[aria-label],[placeholder],[title],input,button')]
  .flatMap(e => [e.ariaLabel, e.placeholder, e.title, e.value])].join(' ')"""
PASTE = """(cell, text) => { const data = new DataTransfer(); data.setData('text/plain', text); cell.focus();
  cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }"""
ROLES = ("link", "button", "tab", "menuitem", "radio", "checkbox")


class Walker:
    """One reader with one page at a time."""

    def __init__(self, demo: Demonstration) -> None:
        self.demo = demo
        self.login, self.width, self.theme = "", WIDE, ""
        self.seat: Seat | None = None
        self.closing = contextlib.ExitStack()
        self.downloaded = b""
        self.has_been_offline = False
        self.verbs: dict[str, Callable[[str], None]] = {
            "as": self.sit,
            "wide": lambda width: self.sit(self.login, int(width)),
            "phone": lambda _: self.sit(self.login, PHONE),
            "dark": lambda _: self.sit(self.login, theme="dark"),
            "open": self.open,
            "click": lambda words: self.find(words).click(),
            "click-row": lambda which: self.one_of("tbody tr", which).click(),
            "click-item": lambda which: self.one_of("li", which).click(),
            "click-figure": lambda code: self.page.locator(f"main a[href*='indicator={code}']").first.click(),
            "click-tab": lambda words: (
                self.page.locator("a, button").filter(has_text=re.compile(f"^\\s*{words}")).first.click()
            ),
            "fill": lambda words: self.field(words).fill(words.split(" = ")[1]),
            "choose": lambda words: _choose(self.field(words), words.split(" = ")[1]),
            "upload": lambda name: self.page.locator("main input[type=file]").last.set_input_files(BOOKS[name]()),  # type: ignore[arg-type]  # a payload
            "await": lambda words: expect(self.page.get_by_text(words).first).to_be_visible(timeout=PATIENCE),
            "cell": self.cell,
            "paste": self.paste,
            "download": self.download,
            "upload-back": self.upload_back,
            "offline": lambda _: self.go_offline(True),
            "online": lambda _: self.go_offline(False),
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
        self.has_been_offline = False
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
        """What a reader would click who is told these words: a visible one; in a dialog, then in the body, then in the
        menu.
        """
        body, roles = self.page.locator("main"), ROLES
        places: list[Locator] = []
        for root in (self.page.locator("dialog[open]"), body, self.page):
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

    def one_of(self, what: str, which: str) -> Locator:
        """The first link of a row or of a list's entry: the Nth that has one, or the first in which these words are."""
        found = self.page.locator(f"main {what}:has(a)")
        row = found.nth(int(which) - 1) if which.isdigit() else found.filter(has_text=which).first
        return row.locator("a").first

    def cells(self, words: str) -> tuple[Locator, str]:
        """The Nth cell that can be typed into of a sheet's column, and what is to be typed: "2 本期完成 = 320"."""
        place, _, text = words.partition(" = ")
        number, _, column = place.partition(" ")
        return self.page.locator(f"main td input[aria-label$=' {column}']").nth(int(number) - 1), text

    def cell(self, words: str) -> None:
        """Type into a cell as a reporter does: over what stands there, and on to the next."""
        cell, text = self.cells(words)
        cell.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def paste(self, words: str) -> None:
        """Paste a block that was copied in a spreadsheet."""
        cell, text = self.cells(words)
        rows = [[value.strip() for value in row.split("|")] for row in text.split("//")]
        cell.evaluate(PASTE, "\n".join("\t".join(row) for row in rows))

    def download(self, words: str) -> None:
        """Press a button that answers with a file; the file is kept."""
        with self.page.expect_download() as waiting:
            self.find(words).click()
        self.downloaded = Path(waiting.value.path()).read_bytes()

    def upload_back(self, words: str) -> None:
        """Choose the kept file, with one cell of its first project's row typed into."""
        column, text = words.split(" = ")
        self.page.locator("main input[type=file]").set_input_files(edited(self.downloaded, column, text))  # type: ignore[arg-type]  # a payload

    def go_offline(self, is_offline: bool) -> None:
        """Take the network away, or give it back; what the browser complains of meanwhile is no fault."""
        self.page.context.set_offline(is_offline)
        self.has_been_offline = True

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
        errors = [text for text in self.seat.errors if not (self.has_been_offline and "ERR_INTERNET" in text)]
        faults += [f"{step.name}: console: {text}" for text in errors]
        self.seat.errors.clear()
        return faults

    def picture(self, path: Path) -> None:
        """Write what is on the screen, in few colours."""
        with Image.open(io.BytesIO(self.page.screenshot(animations="disabled", caret="hide"))) as shot:
            full, colours = shot.convert("RGB"), COLOURS
            while True:
                _few(full, colours).save(path, optimize=True)
                if path.stat().st_size <= MOST or colours <= 16:
                    return
                colours -= 8


def _few(full: Image.Image, colours: int) -> Image.Image:
    """The picture in so many colours: a page's own as they are, a page of photos in those that are nearest."""
    if full.getcolors(OF_A_PHOTO) is None:
        return full.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return full.quantize(palette=_palette(full, colours), dither=Image.Dither.NONE)


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
