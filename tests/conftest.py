"""What every test stands on."""

import pytest

from guatu.core import settings, trail


@pytest.fixture(autouse=True)
def _own_head_file(tmp_path, monkeypatch):
    """Each test has its own file of heads, as each has its own database."""
    monkeypatch.setattr(trail, "head_file", lambda: tmp_path / "trail.heads")


@pytest.fixture(autouse=True)
def _no_remembered_settings():
    """A test's rows are rolled back: nothing of them may be remembered by the next."""
    settings.forget()
