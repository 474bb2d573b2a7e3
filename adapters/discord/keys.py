"""How a post carries its key: as a nonce for repeats within minutes, and inside the message for a later look.

Every component of a message may have a number of its own, which Discord keeps and hands back. The frame of a card
and its title carry two numbers drawn from the key, 62 bits together; so a card needs no button to be known again,
and the payload of a button keeps all of its hundred characters. The rows of a card to one person carry the server it
is about.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

_LARGEST = 2**31 - 1
_RESERVED = 1000
"""Numbers below this are those that Discord gives by itself."""


def nonce(key: str) -> str:
    """The same 24 characters for the same key; Discord takes at most 25."""
    return urlsafe_b64encode(sha256(key.encode()).digest()[:18]).decode()


def marks(key: str) -> tuple[int, int]:
    """The numbers of a post's frame and title."""
    digest = sha256(b"mark:" + key.encode()).digest()
    first, second = _number(digest[:8]), _number(digest[8:16])
    return first, second if second != first else _RESERVED + (second % _RESERVED)


def _number(part: bytes) -> int:
    return 2 * _RESERVED + int.from_bytes(part, "big") % (_LARGEST - 2 * _RESERVED)


def carries(message: Mapping[str, Any], key: str) -> bool:
    """Whether this message (a payload of Discord) was posted with that key."""
    frame = next(iter(message.get("components") or ()), None) or {}
    title = next(iter(frame.get("components") or ()), None) or {}
    return (frame.get("id"), title.get("id")) == marks(key)


ROW = 1
_MOST_ROWS = 64


def home_mark(guild: str) -> int:
    """The number of the first row of a card to one person; those that follow are counted on."""
    return _number(sha256(b"home:" + guild.encode()).digest()[:8]) - _MOST_ROWS


def home_of_message(message: Any, guilds: Collection[str]) -> str | None:
    """Which of these servers a card to one person is about, by its rows; None where they tell of none."""
    if not isinstance(message, Mapping):
        return None
    numbers = [each.get("id") for each in _components(message) if each.get("type") == ROW]
    for guild in guilds:
        first = home_mark(guild)
        if any(isinstance(number, int) and 0 <= number - first < _MOST_ROWS for number in numbers):
            return guild
    return None


def _components(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The components of a message and those in its frames."""
    outer = _mappings(message.get("components"))
    return outer + [inner for component in outer for inner in _mappings(component.get("components"))]


def _mappings(things: Any) -> list[Mapping[str, Any]]:
    return [each for each in things if isinstance(each, Mapping)] if isinstance(things, list) else []
