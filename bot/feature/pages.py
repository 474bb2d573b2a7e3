"""Pages beside the chat, as rooms offer them on their cards.

A card leads to a page by `page_button`. Where no pages are served the button is left out when the card is presented,
so a room offers it without asking. A page must never be the only way to anything.
"""

from __future__ import annotations

from typing import ClassVar

from bot.base.text import Text
from bot.chat.actions import Action
from bot.chat.cards import Button, ButtonStyle


class OpenPage(Action):
    """Gives whoever presses it a link of their own to a page: its name as declared, and the id it is about."""

    name: ClassVar[str] = "page"

    page: str
    subject: str = ""


def page_button(label: Text, page: str, subject: str = "", *, style: ButtonStyle = "normal") -> Button:
    """A button that leads to a declared page; `subject` is the id that its `build` is given."""
    return Button(label, OpenPage(page=page, subject=subject), style=style)
