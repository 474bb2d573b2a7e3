"""Neutral words: what a person typed notifies nobody when Starling shows it, and stays readable.

`bot.chat.cards.resolved` applies this to every word of a card or form that people read, so it holds for every
send on every platform. It changes mentions only: escaping a platform's formatting is the adapter's part.
"""

from __future__ import annotations

import re

BREAK = "\u200b"
"""A zero-width space: invisible, and no platform reads a mention across it."""

_MENTION = re.compile(r"@(?=everyone|here|channel|group)|<(?=[@!#])", re.IGNORECASE)


def neutral(text: str) -> str:
    """`text` with a zero-width space inside everything a platform could read as a mention.

    These are `@everyone`, `@here`, `@channel`, `@group` and the forms `<@…>`, `<!…>`, `<#…>`. Names after a plain
    `@` are links to nobody when a bot writes them. Doing it twice is doing it once.
    """
    return _MENTION.sub(lambda mark: mark.group() + BREAK, text)
