"""Every environment setting of an installation, declared once: name, default, kind and what it is for.

`docs/operate/settings.md` is held to this list by a test: an undocumented setting fails, and so does a documented one
that does not exist. A wrong value stops the start with a sentence that names the setting.
"""

import os
from dataclasses import dataclass
from pathlib import Path


class SettingError(SystemExit):
    """A setting that cannot be used; printed as it is, without a traceback."""


@dataclass(frozen=True, slots=True)
class EnvSetting:
    name: str
    default: str
    doc: str


SETTINGS: dict[str, EnvSetting] = {}


def _declare(name: str, default: str, doc: str) -> str:
    SETTINGS[name] = EnvSetting(name, default, doc)
    value = os.environ.get(name, "")
    return value if value else default


def _flag(name: str, default: str, doc: str) -> bool:
    value = _declare(name, default, doc)
    if value not in ("0", "1"):
        raise SettingError(f"{name} is {value!r}; it must be 0 or 1.")
    return value == "1"


def _number(name: str, default: str, doc: str) -> int:
    value = _declare(name, default, doc)
    if not (value.isascii() and value.isdigit()):
        raise SettingError(f"{name} is {value!r}; it must be a whole number.")
    return int(value)


DATA_DIR = Path(
    _declare("GUATU_DATA_DIR", "data", "Folder of everything an installation keeps: database, uploads, secret key.")
).resolve()
DATABASE_URL = _declare(
    "GUATU_DATABASE_URL",
    "",
    "postgresql://user:password@host:port/name. Empty: SQLite in the data folder.",
)
TODAY = _declare("GUATU_TODAY", "", "Business date as YYYY-MM-DD, for demonstrations and tests. Empty: the real date.")
HOSTS = _declare("GUATU_HOSTS", "127.0.0.1,localhost,[::1]", "Host names that may be asked for, comma separated.")
ORIGINS = _declare(
    "GUATU_ORIGINS", "", "Origins that forms may be sent from behind a proxy, such as https://gt.example.cn."
)
HTTPS = _flag("GUATU_HTTPS", "0", "1 when served over HTTPS: cookies are then sent over HTTPS only and HSTS is on.")
DEBUG = _flag("GUATU_DEBUG", "0", "1 shows tracebacks in the browser. Never on a real installation.")
BIND = _declare("GUATU_BIND", "127.0.0.1", "Address that `guatu serve` listens on.")
PORT = _number("PORT", "8000", "Port that `guatu serve` listens on.")
WORKERS = _number("GUATU_WORKERS", "2", "Web worker processes of `guatu serve`.")
LOG_LEVEL = _declare("GUATU_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR.")
UPLOAD_MB = _number("GUATU_UPLOAD_MB", "50", "Largest file that may be uploaded, in MB.")
PARSE_MB = _number("GUATU_PARSE_MB", "1024", "Memory that the process which reads a foreign file may use, in MB.")
PARSE_SECONDS = _number("GUATU_PARSE_SECONDS", "120", "Seconds that reading a foreign file may take.")
FONTS_DIR = _declare(
    "GUATU_FONTS_DIR", "", "Folder with the office's own fonts for PDF, tried before the shipped ones."
)
TRIAL_DATA = _declare("GUATU_TRIAL_DATA", "", "Folder of ledgers that `make soak` tries; none of them is committed.")
