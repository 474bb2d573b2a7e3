"""Ids: opaque, sortable by time, typed so that one kind is never passed for another."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
InstallationId = NewType("InstallationId", str)
MemberId = NewType("MemberId", str)


DIGITS, LENGTH = "0123456789abcdefghjkmnpqrstvwxyz", 26
RANDOM_BITS = 80


def new_id() -> str:
    """A fresh 26-digit id: 48 bits of milliseconds, then 80 random bits, in lower-case base 32 (as a ULID)."""
    number = (time.time_ns() // 1_000_000) << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, 32)
        digits.append(DIGITS[digit])
    return "".join(reversed(digits))


def made_at(id_: str) -> datetime | None:
    """When `new_id` made this id by the machine's clock; None for a text that is no such id."""
    if len(id_) != LENGTH or not set(id_) <= set(DIGITS):
        return None
    number = 0
    for digit in id_:
        number = number * 32 + DIGITS.index(digit)
    try:
        return datetime.fromtimestamp((number >> RANDOM_BITS) / 1000, UTC)
    except (ValueError, OverflowError):
        return None
