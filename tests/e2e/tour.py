"""A tour of every page that people reach by links: it arrives, the console is silent, axe finds nothing, it fits.

Each person starts at the home page and follows every link to a route that nobody has seen yet. What is wrong with a
page is told by `faults_of`: the answer, the console, requests outside the host, words cut off, the width, and axe.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve

from tests.e2e.demonstration import Demonstration, Seat

OFFICE = "demo-xiangmuban"
PEOPLE = (OFFICE, "demo-zhuren", "demo-quzhang", "demo-tianbao", "demo-xitong", "demo-anquan", "demo-shenji")
START = {
    OFFICE: ["/", "/library/import/"],
    "demo-xitong": ["/", "/system/components/"],
    "demo-shenji": ["/", "/system/access/"],
}
# Routes that are no pages of their own, and pages of what the tour's district does not have.
NOT_PAGES = {
    "core:favicon", "core:healthz", "core:attachment", "core:setting_echo", "core:job_progress", "library:file",
    "core:echo",
    "reporting:phone_worker", "reporting:phone_manifest",
    "reporting:import_template", "reporting:import_issues", "reporting:import_marked",
    "reporting:layout_file",
    "reporting:export_plan", "reporting:export_progress", "reporting:import_progress", "publishing:file",
    "reporting:sheet_keep", "reporting:sheet_submit", "reporting:report_take_back", "reporting:review_take_back",
    "library:options",
    "people:locked_out", "set_language",
    "dispatch:wallchart_print", "dispatch:wallchart_project", "plans:download", "plans:paper", "plans:feed",
    "plans:paper_made", "figures:target_paper", "reporting:watch_file", "reporting:stamped_paper",
    "reporting:evidence_picture",
}  # fmt: skip
LINKS = """links => links.map(a => new URL(a.getAttribute('href'), location).href)
  .filter(h => h.startsWith(location.origin) && !h.includes('#'))"""
# Words that do not fit the box that hides the rest. What may be cut has `clip` and says the whole in its title.
CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
  if (e.clientWidth < 2 || e.scrollWidth <= e.clientWidth + 1 || !e.innerText || !e.innerText.trim()) return false;
  if (e.closest('.sr, .skip, svg, select, [hidden], .toasts') || e.title) return false;
  const how = getComputedStyle(e);
  return how.visibility !== 'hidden' && (how.overflowX === 'hidden' || how.overflowX === 'clip');
}).map(e => e.outerHTML.slice(0, 140))"""


@dataclass
class Tour:
    """Routes by name with who saw them at which address, and what is wrong."""

    seen: dict[str, str] = field(default_factory=dict)
    by: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def faults_of(seat: Seat, address: str, *, axe: bool = True, note: str = "") -> list[str]:
    """What is wrong with one page."""
    answer = seat.page.goto(address)
    assert answer is not None
    if axe:
        seat.page.wait_for_load_state("networkidle")
    found = [] if answer.status == 200 else [f"answers {answer.status}"]
    found += [f"console: {text}" for text in seat.errors] + [f"asks outside: {url}" for url in seat.outside]
    seat.errors.clear()
    seat.outside.clear()
    if seat.width_over > 0:
        found.append(f"wider than the screen by {seat.width_over} px")
    found += [f"cut off: {text}" for text in seat.page.evaluate(CUT)]
    for rule in Axe().run(seat.page).response["violations"] if axe else ():
        found.append(f"axe {rule['id']}: {rule['nodes'][0]['html'][:160]}")
    return [f"{note}{address}: {text}" for text in found]


def follow(seat: Seat, start: list[str], found: Tour, login: str) -> None:
    """Visit every route that can be reached from `start` and is not seen yet."""
    waiting = list(start)
    while waiting:
        address = waiting.pop(0)
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            found.faults.append(f"{login} {address}: a link that leads nowhere")
            continue
        if name in found.seen or name in NOT_PAGES:
            continue
        found.seen[name], found.by[name] = address, login
        found.faults += faults_of(seat, address, note=f"{login} ")
        links: list[str] = seat.page.eval_on_selector_all("a[href]:not([download])", LINKS)
        waiting += ["/" + link.split("/", 3)[3] for link in links]


def tour(demo: Demonstration) -> Tour:
    """Everybody's tour, then the pages of what the district has only after some work, then the public's."""
    found = Tour()
    for login in PEOPLE:
        with demo.seat(login, 1440) as seat:
            found.seen.pop("dispatch:home", None)
            follow(seat, START.get(login, ["/"]), found, login)
    for login, address in demo.make_more():
        with demo.seat(login, 1440) as seat:
            follow(seat, [address], found, login)
    with demo.seat("", 1440) as seat:
        follow(seat, ["/login/"], found, "")
    return found
