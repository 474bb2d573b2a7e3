"""A person's home: the sections of all rooms, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.base.text import t
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Card, Divider, Element, Paragraph, resolved, said
from bot.chat.weighing import BETWEEN
from bot.feature.context import Context
from bot.feature.gather import Gathered
from bot.runtime.presenting import present

MORE = Paragraph(t("There is more than fits here: the command home shows all of it as a message."))


async def home_card(gathered: Gathered, context: Context) -> Card:
    """The home of the acting member. A section that has nothing to show is left out."""
    return assembled([await section.build(context) for section in gathered.home])


def assembled(parts: Iterable[Sequence[Element]]) -> Card:
    """The home from the parts of its sections, with a line between them."""
    elements: list[Element] = []
    for part in parts:
        if part and elements:
            elements.append(Divider())
        elements.extend(part)
    return Card(t("Your home in Starling"), tuple(elements))


def fitted_home(home: Card, language: str, capabilities: Capabilities, gathered: Gathered) -> Card:
    """What of a home fits on its page in the reader's language; where not all does, the last sentence says so."""
    able = capabilities.at_home
    first, *others = present(home, language, able, gathered, for_one=False)
    if not others:
        return first
    more = resolved(MORE, language)
    room = able.limits.message - able.limits.measure(said(more.text)) - BETWEEN
    limits = replace(able.limits, elements=able.limits.elements - 1, message=room)
    first, *_ = present(home, language, replace(able, limits=limits), gathered, for_one=False)
    return replace(first, title=resolved(home, language).title, elements=(*first.elements, more))
