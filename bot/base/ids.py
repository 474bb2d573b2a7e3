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
FRACTION_BITS, RANDOM_BITS = 80, 60


def new_id() -> str:
    """A fresh 26-digit id in lower-case base 32, as a ULID: 48 bits of milliseconds, then 80 bits.

    Of these the first 20 are the nanoseconds, so that ids made one after the other sort as they were made; the
    others are random.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = nanoseconds << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
    number = milliseconds << FRACTION_BITS | fraction
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
        return datetime.fromtimestamp((number >> FRACTION_BITS) / 1000, UTC)
    except (ValueError, OverflowError):
        return None
