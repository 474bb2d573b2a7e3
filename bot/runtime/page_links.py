"""The button that leads to a page: whoever presses it is given a link of their own."""

from __future__ import annotations

from collections.abc import Callable

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Paragraph
from bot.chat.events import ActionClicked
from bot.chat.page_port import LINK_PATH
from bot.feature.context import Context
from bot.feature.gather import Gathered
from bot.feature.pages import OpenPage
from bot.runtime import page_access
from bot.runtime.help import possible


class PageLinks:
    """Makes links. The address is where a server of pages is reached; empty where none is."""

    def __init__(self, gathered: Callable[[], Gathered], address: str) -> None:
        self._gathered = gathered
        self._address = address

    async def open_page(self, context: Context, payload: OpenPage, _event: ActionClicked) -> None:
        """Reply with a link to the page. What it is about is looked at when it is opened."""
        declared = self._gathered().pages.get(payload.page) if self._address else None
        if declared is None or context.account is None:
            raise UserFacingError(t("Pages in the browser are switched off here. Use the newest card instead."))
        if not possible(context.acting, declared.verb):
            raise NotAllowed(t("You cannot do that here. If you think you should be able to, ask an admin."))
        token = page_access.make_link(context, context.account, payload.page, payload.subject)
        context.reply(link_card(declared.label, f"{self._address}{LINK_PATH}{token}"))


def link_card(label: Text, address: str) -> Card:
    """A private card with a link that works once."""
    return Card(
        label,
        (
            Paragraph(t("This link is for you alone. It works once, within ten minutes.")),
            Buttons((Button(t("Open in the browser"), url=address, style="primary"),)),
        ),
    )
