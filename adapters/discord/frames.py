"""A frame of the gateway, and reading what it holds without trusting it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.discord.places import moment_of, snowflake

Payload = Mapping[str, Any]

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError, IndexError)
"""What reading a payload raises that is not as Discord describes it."""


class Malformed(ValueError):
    """The frame is not as Discord describes it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One dispatch of the gateway: its type, its number in the session, its data, and when it came.

    `home` is the server it belongs to, where it comes from outside of Starling's servers.
    """

    type: str
    number: int
    data: Payload
    came: datetime
    home: str | None = None


@contextmanager
def readable(frame: Frame) -> Iterator[None]:
    """Raise `Malformed` for what `frame` turns out not to hold."""
    try:
        yield
    except UNREADABLE as problem:
        raise Malformed(f"{frame.type}: {type(problem).__name__} {problem}") from problem


def author_of(data: Payload) -> Any:
    """Whoever wrote or acts; empty where nobody is named."""
    return data.get("author") or (data.get("member") or {}).get("user") or data.get("user") or {}


def guild_of(data: Payload) -> str | None:
    """The server of a payload; None where there is none."""
    guild = data.get("guild_id")
    return None if guild is None else snowflake(guild)


def moment(stated: Any, id_: str) -> datetime:
    """The moment that is stated, else the one in which `id_` was made."""
    at = datetime.fromisoformat(stated) if isinstance(stated, str) else moment_of(id_)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def told_apart(frame: Frame) -> str:
    """Tells frames apart that have no id of their own: the number in the session, and the day."""
    return f"{frame.came:%Y%m%d}:{frame.number}"
