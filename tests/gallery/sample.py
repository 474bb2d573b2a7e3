"""What the catalogue consists of, and ids as long as real ones."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.cards import Card
from bot.chat.forms import Form
from storage.base import ID_LENGTH


@dataclass(frozen=True, slots=True)
class Sample:
    """A card or a form of one room; `name` is the occasion on which people see it."""

    room: str
    name: str
    shows: Card | Form
    home: bool = False
    """Whether it is a person's home rather than a message."""


def identifier(name: str) -> str:
    """An id as long as the ids in the database, so that payloads are as long as they get."""
    return name.ljust(ID_LENGTH, "0")[:ID_LENGTH]
