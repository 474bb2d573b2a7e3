"""Ids: opaque, sortable by time, typed so that one kind is never passed for another."""

from __future__ import annotations

import secrets
import time
from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
InstallationId = NewType("InstallationId", str)
MemberId = NewType("MemberId", str)


def new_id() -> str:
    """A fresh 26-digit id: 48 bits of milliseconds, then 80 random bits, in lower-case base 32 (as a ULID)."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    digits = []
    for _ in range(26):
        number, digit = divmod(number, 32)
        digits.append("0123456789abcdefghjkmnpqrstvwxyz"[digit])
    return "".join(reversed(digits))
