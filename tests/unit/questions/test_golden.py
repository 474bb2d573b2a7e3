"""What people read, held to the golden file; after a wanted change: `python -m tests.unit.questions.test_golden`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from bot.base.text import t
from bot.chat.cards import Card, resolved
from bot.questions import cards, curation_cards, programme_cards
from bot.questions.choosing import Reason
from bot.questions.clockchange import OddDay
from bot.questions.why import why_this
from storage.tables.questions import Programme, QueueEntry, Suggestion, SuggestionState, Veto
from tests.unit.questions.desk import bank_of, words

GOLDEN = Path(__file__).parent / "golden" / "cards.txt"
TEXT = "Tell me about a time when you had to say no."
MARCH = datetime(2030, 3, 31, 1, tzinfo=UTC)


def shown() -> Mapping[str, Card]:
    """Every card of the room under the name of its occasion."""
    programme = Programme(id="p1", name="Morning question")
    veto = Veto(id="v1", question_id="q1", reason="Too close.")
    return {
        "the question": cards.question_card(asking(), "en"),
        "the question where replies cannot be read, late, with an end": cards.question_card(
            asking(reads_replies=False, late_for=date(2030, 3, 4), open_until="Wed 6 Mar, 09:00 (UTC)"), "en"
        ),
        "the question once closed": cards.closed_card(asking()),
        "why this question": cards.why_card(
            TEXT, why_this([Reason("unasked", {"others": 7})], bank_of(), "en"), slot="s1", may_veto=True
        ),
        "the list for an admin": programme_cards.list_card([listed()], may_run=True, may_change=True, language="en"),
        "after setting up": programme_cards.saved_card(
            "Morning question",
            t("The next question comes on {when}.", when="Tue 5 Mar, 09:30"),
            [OddDay(date(2030, 3, 31), "missing", MARCH)],
            "Europe/Berlin",
            "en",
            "p1",
        ),
        "the channel was archived": programme_cards.notice_card("archived", [("p1", "Morning question")], "practice"),
        "the channel is closed to us": programme_cards.notice_card("closed", [("p1", "Morning question")], ""),
        "the channel is open again": programme_cards.notice_card("opened", [("p1", "Morning question")], "practice"),
        "nothing fits": programme_cards.notice_card("nothing_fits", [("p1", "Morning question")], "", [t("Because.")]),
        "the queue": curation_cards.queue_card(programme, [QueueEntry(id="e1", question_id="q1")], {"q1": TEXT}),
        "the vetoes": curation_cards.veto_list_card([veto], {"q1": TEXT}),
        "suggestions": curation_cards.suggestions_card([Suggestion(id="g1", text=TEXT)]),
        "a suggestion was declined": curation_cards.decided_card(
            Suggestion(text=TEXT, state=SuggestionState.DECLINED, reason="We have one like it.")
        ),
    }


def asking(**changes: object) -> cards.Asking:
    usual: dict[str, object] = {"slot": "s1", "programme": "Morning question", "text": TEXT, "reads_replies": True}
    return cards.Asking(**{**usual, **changes})  # type: ignore[arg-type]


def listed() -> programme_cards.Listed:
    when = t("{days} at {time} ({zone})", days="Monday to Friday", time="09:30", zone="UTC")
    return programme_cards.Listed("p1", "Morning question", when, "Tue 5 Mar, 09:30", False, (date(2030, 3, 4),))


def drawn() -> str:
    parts = [f"== {occasion}\n{words(resolved(card, 'en'))}\n" for occasion, card in shown().items()]
    return "\n".join(parts)


def test_every_card_reads_as_the_golden_file_says() -> None:
    assert drawn() == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.write_text(drawn(), encoding="utf-8")
