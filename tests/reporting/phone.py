"""A phone of the tests: items as the phone writes them, sent through a signed-in browser's client."""

import hashlib
import io
import json
import random
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from guatu.reporting.outbox.sitting import owner_of
from tests.reporting.workbooks import asked_unit
from tests.support.cast import Cast

ROOT = "/api/v1/outbox/"


def new_id(chance: random.Random) -> str:
    """An id as the phone makes one."""
    return str(UUID(int=chance.getrandbits(128), version=4))


def picture(number: int) -> bytes:
    """A small photo; another for each number."""
    kept = io.BytesIO()
    Image.frombytes("RGB", (24, 16), random.Random(number).randbytes(24 * 16 * 3)).save(kept, "JPEG")
    return kept.getvalue()


@dataclass
class Phone:
    """One person's phone, signed in."""

    cast: Cast
    who: str = "reporter"
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.cast.client(self.who)

    @property
    def owner(self) -> dict[str, str]:
        """The header that says whose an item is."""
        return {"X-Guatu-Owner": owner_of(self.cast.actor(self.who))}

    def asked(self) -> dict[str, Any]:
        """What is asked of this person."""
        found: dict[str, Any] = self.client.get(f"{ROOT}asked").json()
        return found

    def report(self, row: dict[str, Any], *, step: str = "submit", **fields: str) -> tuple[str, dict[str, Any]]:
        """A report of an asked row: its address and what it says."""
        keys = ("project", "kind", "period")
        said = {**{key: row[key] for key in keys}, "step": step, "fields": fields, "base": row["base"]}
        return f"reports/{new_id(self.chance)}", {**said, "said_at": "2026-03-20T08:00:00"}

    def send(self, address: str, said: dict[str, Any], **headers: str) -> Any:
        """Send a JSON item."""
        return self.client.post(
            f"{ROOT}{address}",
            json.dumps(said),
            content_type="application/json",
            headers={**self.owner, **headers},
        )

    def photo(self, row: dict[str, Any], number: int) -> tuple[str, dict[str, Any], bytes]:
        """A photo of an asked row."""
        data = picture(number)
        said = {key: row[key] for key in ("project", "kind", "period")}
        said |= {"sha256": hashlib.sha256(data).hexdigest(), "total": len(data), "said_at": "2026-03-20T08:00:00"}
        return f"photos/{new_id(self.chance)}", said, data

    def send_part(
        self, address: str, said: dict[str, Any], data: bytes, first: int = 0, last: int | None = None
    ) -> Any:
        """Send the bytes first … last of a photo."""
        part = SimpleUploadedFile("p.jpg", data[first:last])
        return self.client.post(f"{ROOT}{address}", {**said, "offset": first, "part": part}, headers=self.owner)


def phone_of(cast: Cast, *names: str) -> Phone:
    """The reporter's phone, of a unit that is asked for these projects."""
    asked_unit(cast, *(names or ("手机示例项目",)))
    return Phone(cast)
