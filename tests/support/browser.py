"""Finding the browser that tests and screenshots use."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
# --no-sandbox: CI runs as root in a container; the pages are our own. Everything that would call home is off.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
]
MISSING = "Chromium is missing, so the browser tests were left out. Debian: apt-get install -y chromium fonts-noto-cjk"


def chromium() -> str | None:
    """The browser's path: GUATU_CHROMIUM, else the first that is installed."""
    named = os.environ.get("GUATU_CHROMIUM", "")
    found = [shutil.which(name) for name in ((named,) if named else NAMES)]
    return next((path for path in found if path), None)
