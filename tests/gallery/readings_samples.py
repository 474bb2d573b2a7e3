"""What the room of level readings shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.base.ids import MemberId
from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.readings import cards, forms, reader_cards
from bot.readings.records import Reader
from bot.readings.shown import Shown
from content.loader import Content
from storage.tables.readings import LevelReading
from tests.gallery.sample import Sample, identifier

ASKED, ANSWERED = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 24, 17, tzinfo=UTC)
STORY, ANSWER, OTHER = identifier("story"), identifier("answer"), identifier("another story")
MIA, BEN, CLEO = identifier("mia"), identifier("ben"), identifier("cleo")
TITLE, QUESTION = "The label printer in Rotterdam", "Tell me about a problem that others had given up on."
TEXT = (
    "Our depot in Rotterdam printed each label twice, and nobody knew why. I compared the logs of two printers, ruled "
    "out the driver, and found that a retry used a fresh number. Double labels fell from 400 a day to none."
)
EVIDENCE = "“I compared the logs of two printers, ruled out the driver”: you went for the cause yourself."
LIFT = "Say what the other depots do differently since. As it stands it ends at your own printer."


def reading(reader: str = MIA, /, **known: object) -> LevelReading:
    """A request about a story, as far as nothing else is said."""
    told: dict[str, Any] = {
        "author_id": MemberId(identifier("ana")), "reader_id": MemberId(reader), "story_id": STORY, "answer_id": None,
        "version": 2, "mark": Shown("story", STORY, 2, TITLE, TEXT).mark, "title": TITLE, "text": TEXT,
        "by_rules": "L5", "asked_at": ASKED, "evidence": "", "lift": "",
        **known,
    }  # fmt: skip
    return LevelReading(id=identifier(f"reading {reader}"), **told)


def read(reader: str = MIA, /, level: str = "L4", **known: object) -> LevelReading:
    """A request that was answered."""
    return reading(reader, level=level, evidence=EVIDENCE, lift=LIFT, answered_at=ANSWERED, **known)


def samples(content: Content) -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    story = Shown("story", STORY, 2, TITLE, TEXT, "L5")
    answer = Shown("answer", ANSWER, 1, QUESTION, "I asked both teams what they feared.", None)
    of_answer: dict[str, Any] = {"story_id": None, "answer_id": ANSWER, "title": QUESTION, "by_rules": None}
    readers = {MIA: Reader("Mia"), BEN: Reader("Ben"), CLEO: Reader("Cleo")}
    everybody = [
        read(),
        reading(BEN, declined_at=ANSWERED),
        reading(CLEO, opened_at=ANSWERED, mark="of older words"),
        reading(BEN, taken_back_at=ANSWERED),
        reading(CLEO),
        reading(BEN, mark="of older words"),
    ]
    titles = {STORY: TITLE, OTHER: "Two teams and one release date"}
    shown: dict[str, Card | Form] = {
        "whom to ask for a level": forms.request_form("story", STORY),
        "before a colleague reads a story": cards.check_card(story, MIA, "Mia"),
        "before a colleague reads an answer": cards.check_card(answer, MIA, "Mia"),
        "a colleague is asked for a level": cards.asked_card(story, "Mia"),
        "asked for the level of a story": reader_cards.request_card(reading(), "Ana"),
        "asked for the level of an answer": reader_cards.request_card(reading(**of_answer), "Ana"),
        "a story to read": reader_cards.to_read_card(reading(), "Ana", content, "en"),
        "an answer to read": reader_cards.to_read_card(reading(**of_answer), "Ana", content, "en"),
        "say which level": forms.level_form(reading()),
        "say which level, once more": forms.level_form(read(**of_answer)),
        "a level was said": reader_cards.thanks_card("Ana"),
        "no time to read a level": reader_cards.no_time_card(),
        "a level that was read": cards.reading_card(read(), "Mia"),
        "a level that was read, above the rules": cards.reading_card(read(level="L7"), "Mia"),
        "a level that was read, without one by the rules": cards.reading_card(read(**of_answer), "Mia"),
        "nobody had time to read": cards.declined_card(reading(), "Mia"),
        "somebody could not be asked": cards.unreached_card(reading(**of_answer), Reader("Mia")),
        "somebody who was asked has left": cards.unreached_card(reading(), Reader("Mia", here=False)),
        "nobody has read it yet": cards.readings_card(answer, [], {}, UTC),
        "who has read it": cards.readings_card(story, everybody, readers, UTC),
        "who was not reached, or has left": cards.readings_card(
            story,
            [reading(BEN, unreached_at=ANSWERED), reading(CLEO, opened_at=ANSWERED, unreached_at=ANSWERED)],
            {**readers, CLEO: Reader("Cleo", here=False)},
            UTC,
        ),
        "who has read it, and sees it no more": cards.readings_card(
            story, [read(level="L5", taken_back_at=ANSWERED)], readers, UTC
        ),
        "levels of all stories": cards.overview_card(titles, everybody, 10),
        "levels of more stories than are listed": cards.overview_card(
            {identifier(f"story {number}"): f"Story {number}" for number in range(12)}, [], 10
        ),
        "levels, without a story": cards.overview_card({}, [], 10),
    }
    yield from (Sample("readings", name, card) for name, card in shown.items())
