"""What `guatu settings` prints, and the page docs/operate/settings.md that is made from the same list."""

import os
import re

HEAD = """# Settings

Made by `make settings` from `guatu/config/env.py`; a test holds this page to it. Every setting is an environment
variable and is read once, when a process starts. A value that cannot be used stops the start with a sentence.

| setting | default | what it is for |
|---|---|---|
"""


def rows() -> list[dict[str, str]]:
    """Every setting: name, default, value in force (passwords left out) and what it is for."""
    from guatu.config.env import SETTINGS

    return [
        {
            "name": setting.name,
            "default": setting.default,
            "value": _without_password(os.environ.get(setting.name) or setting.default),
            "doc": setting.doc,
        }
        for setting in SETTINGS.values()
    ]


def _without_password(value: str) -> str:
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:…@", value)


def markdown() -> str:
    """The page."""
    lines = [f"| `{row['name']}` | {_code(row['default'])} | {row['doc']} |" for row in rows()]
    return HEAD + "\n".join(lines) + "\n"


def _code(value: str) -> str:
    return f"`{value}`" if value else "(empty)"


def table() -> str:
    """For a reader at the command line."""
    return "\n".join(f"{row['name']}={row['value']}\n    {row['doc']}" for row in rows())
