"""A docx from outside is opened in a child process: whatever a file does to the parser, the server stays as it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

from guatu.core.official.read_back import DocumentText, docx_text
from guatu.core.refusals import Refusal

SECONDS, MEMORY = 20, 1024 * 1024 * 1024
_RUN = "import sys; from guatu.publishing.child import main; main(sys.argv[1])"


def read_docx(path: Path, name: str) -> DocumentText:
    """The paragraphs and tables of a docx. Raises Refusal: unreadable, too large, or too slow to be read."""
    environment = {
        "PYTHONPATH": os.pathsep.join(part or os.getcwd() for part in sys.path),
        "PYTHONUTF8": "1",
        "DJANGO_SETTINGS_MODULE": "guatu.config.settings",
    }
    command = [sys.executable, "-c", _RUN, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, env=environment, check=False)
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as problem:
        raise Refusal("publishing.docx_slow", name=name) from problem
    if "refused" in answer:
        raise Refusal(answer["refused"], **answer["params"])
    return DocumentText(answer["paragraphs"], answer["tables"])


def main(path: str) -> None:
    """The child's side: limits first, then one JSON object on standard output."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        text = docx_text(Path(path).read_bytes())
        answer = {"paragraphs": text.paragraphs, "tables": text.tables}
    except Refusal as refusal:
        answer = {"refused": refusal.code, "params": refusal.params}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
