"""Words that have no place in what is committed, and money and time kept in one way."""

import ast
import re
import subprocess

from tests.architecture import code

# In pieces, so that this file does not match itself.
LEFT_BEHIND = [
    "TO" + "DO\\b(?!S)",
    "FIX" + "ME",
    "XX" + "X\\b",
    "HA" + "CK\\b",
    "break" + "point\\(",
    "lorem " + "ipsum",
]
OF_A_MACHINE = ["(?<![\\w.])/" + place + "/" for place in ("work", "root", "home/\\w+", "tmp")]
FORBIDDEN = re.compile("|".join(LEFT_BEHIND + OF_A_MACHINE))
TEXT = (".py", ".md", ".html", ".js", ".mjs", ".css", ".toml", ".txt", ".json", ".typ", ".cfg", ".yaml", ".yml")


def test_nothing_committed_holds_a_forbidden_word():
    named = subprocess.run(["git", "ls-files", "-z"], cwd=code.ROOT, capture_output=True, text=True, check=True).stdout
    paths = [code.ROOT / name for name in named.split("\0") if name.endswith(TEXT)]
    assert len(paths) > 100
    wrong = [
        f"{path.relative_to(code.ROOT)}:{number}: {found.group()}"
        for path in paths
        if path.exists()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (found := FORBIDDEN.search(line))
    ]
    assert wrong == []


def test_only_the_clock_asks_for_the_time():
    """Durations (monotonic, perf_counter) and a process's own stamps are not business time."""
    allowed = {"guatu/core/clock.py", "guatu/core/logs.py", "guatu/config/catalogues.py"}
    asked = re.compile(r"\b(?:date\.today|datetime\.(?:now|today|utcnow)|timezone\.(?:now|localdate|localtime))\(")
    wrong = [m.where for m in code.written() if m.where not in allowed and asked.search(m.text)]
    assert wrong == []


def test_the_domain_computes_without_floats():
    """A sheet's cell may hand one in; nothing makes one."""
    seen, wrong = 0, []
    for module in code.written():
        if module.package != "domain":
            continue
        seen += 1
        for node in ast.walk(module.tree):
            made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            if made or (isinstance(node, ast.Constant) and isinstance(node.value, float)):
                wrong.append(f"{module.where}:{node.lineno}")
    assert seen > 5
    assert wrong == []
