"""The two forms of level readings: whom to ask, and what the colleague says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.base.text import Text, t
from bot.chat.forms import Form, MemberInput, TextInput
from bot.chat.values import text_of
from bot.readings import actions as a
from bot.readings.cards import what_of
from bot.readings.service import NO_LIFT
from bot.review.review_forms import level_input
from bot.review.substance import enough
from storage.tables.readings import LevelReading

LONGEST = 2000


def request_form(what: str, subject: str) -> Form:
    """Whom to ask; what they would see is shown before they are."""
    who = MemberInput("who", t("Whom to ask"), t("Somebody senior to you, who does not know it yet"))
    note = t("You see first what they would see. Nobody else sees it, and you can take it back.")
    return Form(a.SendRequest(what=what, subject=subject), t("Ask for a level"), (who,), t("Go on"), note)


def level_form(reading: LevelReading) -> Form:
    """A colleague's reading, filled with what it says already."""
    evidence = TextInput(
        "evidence",
        t("Which words show it?"),
        t("Quote them as they stand there; more than one place is fine."),
        multiline=True,
        longest=LONGEST,
        value=reading.evidence or "",
    )
    lift = TextInput(
        "lift",
        t("One thing that would lift it"),
        t("What is missing for the next level, or what would make this one sure."),
        multiline=True,
        longest=LONGEST,
        value=reading.lift or "",
    )
    title = t("Level of a story") if what_of(reading) == "story" else t("Level of an answer")
    return Form(
        a.SendLevel(reading=reading.id),
        title,
        (level_input(reading.level, required=True), evidence, lift),
        t("Send it"),
        t("Say what stands there, not what you know of the person. The levels stand on the card."),
    )


def check_level(_payload: a.SendLevel, values: Mapping[str, Sequence[str]]) -> Mapping[str, Text]:
    """What is wrong with a reading as far as its words alone tell."""
    return {} if enough(text_of(values, "lift")) else {"lift": NO_LIFT}
