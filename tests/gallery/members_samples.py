"""What the room of members shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.members import cards
from bot.members.preferences import (
    DAYS_OFF,
    QUIET_FROM,
    QUIET_UNTIL,
    SNOOZED_UNTIL,
    TARGET_COMPANY,
    TARGET_LEVEL,
)
from content.loader import Content
from tests.gallery.sample import Sample

VALUES: Mapping[str, Any] = {
    QUIET_FROM.key: "21:00",
    QUIET_UNTIL.key: "08:00",
    DAYS_OFF.key: [5, 6],
    SNOOZED_UNTIL.key: "",
    TARGET_LEVEL.key: "L5",
    TARGET_COMPANY.key: "",
}


def samples(content: Content) -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    companies = {id_: company.name for id_, company in content.companies.items()}
    shown: dict[str, Card | Form] = {
        "preferences saved": cards.saved(),
        "a role given": cards.appointed("Ana", t("moderator")),
        "a role taken away": cards.dismissed("Ana", t("moderator")),
        "preferences": cards.preferences_form(VALUES, "Europe/Berlin", companies),
    }
    yield from (Sample("members", name, shows) for name, shows in shown.items())
