"""How a post carries its key: as a nonce for repeats within minutes, and inside the message for a later look.

Every component of a message may have a number of its own, which Discord keeps and hands back. The frame of a card
and its title carry two numbers drawn from the key, 62 bits together; so a card needs no button to be known again,
and the payload of a button keeps all of its hundred characters.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
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
