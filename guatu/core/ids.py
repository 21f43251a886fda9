"""Public identifiers: UUID version 7 (RFC 9562), so that rows made later sort later."""

import os
import time
import uuid


def new_public_id() -> uuid.UUID:
    """A new UUIDv7: 48 bits of milliseconds, then random."""
    stamp = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (stamp << 80) | random
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)
