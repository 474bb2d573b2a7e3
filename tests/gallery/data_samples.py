"""What the room of everyone's data shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.chat.cards import Card, Document
from bot.chat.forms import Form
from bot.data import cards
from bot.data.keeping import retentions, settings_of
from bot.feature.gather import Gathered
from tests.gallery.sample import Sample, identifier

NUMBER = "4821-0033-1187"


def samples(gathered: Gathered) -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    holdings = gathered.personal_data
    kinds = [(holding.what, number) for number, holding in enumerate(holdings)]
    nothing = [(holding.what, 0) for holding in holdings]
    member = identifier("member")
    shown: dict[str, Card | Form] = {
        "one's data as an archive": cards.export_card(member, holdings, told=True),
        "an archive is being made": cards.being_made_card(),
        "the archive": cards.archive_card(
            Document("starling-2030-03-04.zip", "application/zip", b"PK", cards.by_command(member))
        ),
        "an archive where no admin is known": cards.export_card(member, holdings, told=False),
        "an admin is told who asks": cards.asked_card("Ana", member),
        "what a deletion does": cards.explain_card(holdings, deletes=True),
        "what a deletion does where messages stay": cards.explain_card(holdings, deletes=False),
        "confirming a deletion": cards.confirm_form(),
        "a deletion has begun": cards.begun_card(),
        "the receipt": cards.receipt(cards.Facts(NUMBER, date(2030, 3, 4), kinds, 12)),
        "the receipt of somebody without data": cards.receipt(cards.Facts(NUMBER, date(2030, 3, 4), nothing, 1)),
        "how long things are kept": cards.retention_form(
            [(setting, setting.default) for setting in settings_of(retentions())]
        ),
        "how long things are kept is saved": cards.retention_saved(),
    }
    yield from (Sample("data", name, shows) for name, shows in shown.items())
