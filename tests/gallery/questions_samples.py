"""What the room of questions shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice

from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.questions import cards, curation_cards, programme_cards, programme_form, question_forms
from bot.questions.actions import SaveOwnQuestion, SaveProgramme
from bot.questions.choosing import NothingFits, Reason
from bot.questions.clockchange import OddDay
from bot.questions.why import why_nothing_fits, why_this
from content.loader import Content
from storage.tables.questions import OwnQuestion, Programme, QueueEntry, Suggestion, SuggestionState, Veto
from tests.gallery.reports import QUESTION
from tests.gallery.sample import Sample, identifier

SLOT, PROGRAMME = identifier("slot"), Programme(id=identifier("programme"), name="Morning question")
NAMED = [(PROGRAMME.id, PROGRAMME.name), (identifier("evening"), "Evening question")]
NEXT = t("The next question comes on {when}.", when="Tue 5 Mar, 09:30")
OWN = OwnQuestion(
    id=identifier("own"),
    text="What would you do if a release broke on a Friday evening?",
    kind="situational",
    archetypes=[],
    lowest_level="L3",
    highest_level="L5",
    points=["Say who is affected.", "Stop the harm first."],
    must_not=["Blame a colleague."],
)
MARCH = datetime(2030, 3, 31, 1, tzinfo=UTC)


def samples(content: Content) -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    shown: dict[str, Card | Form] = {
        **_daily(content),
        **_programmes(),
        **_queue(content),
        **_curating(),
        **_forms(content),
    }
    yield from (Sample("questions", name, shows) for name, shows in shown.items())


def _asking(*, reads_replies: bool = True, late_for: date | None = None, until: str | None = None) -> cards.Asking:
    return cards.Asking(SLOT, PROGRAMME.name, QUESTION, reads_replies, late_for, until)


def todays() -> list[cards.Today]:
    """One programme with a question today, and one without."""
    return [
        cards.Today(PROGRAMME.name, "", NEXT, SLOT, QUESTION, takes_answers=True),
        cards.Today("Evening question", t("Today is left out."), NEXT),
    ]


def _daily(content: Content) -> dict[str, Card]:
    late = _asking(reads_replies=False, late_for=date(2030, 3, 4), until="Wed 6 Mar, 09:00 (UTC)")
    reasons = why_this([Reason("queued", {}), Reason("unasked", {"others": 7})], content, "en")
    return {
        "the daily question": cards.question_card(_asking(), "en"),
        "the daily question where replies are not read, late": cards.question_card(late, "en"),
        "the daily question once closed": cards.closed_card(_asking()),
        "today's questions": cards.today_card(todays()),
        "no daily questions yet": cards.no_programmes_card(),
        "why this question": cards.why_card(QUESTION, reasons, slot=SLOT, may_veto=True),
        "why no question": cards.why_none_card(todays()[1:]),
    }


def _programmes() -> dict[str, Card]:
    when = t("{days} at {time} ({zone})", days="Monday to Friday", time="09:30", zone="Europe/Berlin")
    listed = [
        programme_cards.Listed(PROGRAMME.id, PROGRAMME.name, when, NEXT, False, (date(2030, 3, 5),)),
        programme_cards.Listed(NAMED[1][0], NAMED[1][1], when, t("Paused"), True),
    ]
    odd = [OddDay(date(2030, 3, 31), "missing", MARCH)]
    why_not = why_nothing_fits(NothingFits({"levels": 12, "themes": 3}))
    return {
        "the programmes, for an admin": programme_cards.list_card(listed, may_run=True, may_change=True, language="en"),
        "the programmes, for a member": programme_cards.list_card(
            listed, may_run=False, may_change=False, language="en"
        ),
        "a programme saved": programme_cards.saved_card(PROGRAMME.name, NEXT, odd, "Europe/Berlin", "en", PROGRAMME.id),
        "a programme paused": programme_cards.paused_card(
            PROGRAMME.name, t("Paused until somebody resumes it."), PROGRAMME.id
        ),
        "a programme going on": programme_cards.going_on_card(t("The next day is skipped."), NEXT),
        "posting now": programme_cards.post_card(PROGRAMME.name, posted=False),
        "posted already": programme_cards.post_card(PROGRAMME.name, posted=True),
        "told: the channel was archived": programme_cards.notice_card("archived", NAMED, "practice"),
        "told: the channel is closed": programme_cards.notice_card("closed", NAMED, ""),
        "told: the channel is open again": programme_cards.notice_card("opened", NAMED, "practice"),
        "told: nothing fits": programme_cards.notice_card("nothing_fits", NAMED[:1], "practice", why_not),
    }


def _queue(content: Content) -> dict[str, Card]:
    found = list(islice(content.questions.values(), 4))
    texts = {one.id: one.text.in_language("en") for one in found}
    entries = [QueueEntry(id=identifier(f"entry{number}"), question_id=one.id) for number, one in enumerate(found)]
    veto = Veto(id=identifier("veto"), question_id=found[0].id, reason="Too close to what happened last month.")
    return {
        "the queue": curation_cards.queue_card(PROGRAMME, entries, texts),
        "the empty queue": curation_cards.queue_card(PROGRAMME, [], {}),
        "queued": curation_cards.queued_card(PROGRAMME, QUESTION, entries[0].id),
        "out of the queue": curation_cards.unqueued_card(was_there=True),
        "whose queue": curation_cards.which_queue_card([Programme(id=id_, name=name) for id_, name in NAMED]),
        "which question next": curation_cards.found_card(PROGRAMME, found, "en"),
        "no question found": curation_cards.found_card(PROGRAMME, [], "en"),
        "which question no more": curation_cards.veto_which_card(found, "en"),
        "vetoed": curation_cards.vetoed_card(QUESTION, veto.id),
        "the vetoes": curation_cards.veto_list_card([veto], texts),
        "veto taken back": curation_cards.veto_gone_card(was_there=True),
    }


def _curating() -> dict[str, Card]:
    many = [Suggestion(id=identifier(f"idea{number}"), text=QUESTION) for number in range(12)]
    declined = Suggestion(text=QUESTION, state=SuggestionState.DECLINED, reason="We have one like it.")
    return {
        "thanks for a suggestion": curation_cards.thanks_card(),
        "one suggestion": curation_cards.suggestions_card(many[:1]),
        "twelve suggestions": curation_cards.suggestions_card(many),
        "a suggestion was declined": curation_cards.declined_card(),
        "told: your suggestion was declined": curation_cards.decided_card(declined),
        "told: your suggestion was taken": curation_cards.decided_card(
            Suggestion(text=QUESTION, state=SuggestionState.APPROVED)
        ),
        "own question saved": curation_cards.own_saved_card(OWN),
        "own questions": curation_cards.own_list_card([OWN]),
        "own question retired": curation_cards.retired_card(),
    }


def _forms(content: Content) -> dict[str, Form]:
    first = programme_form.first_plan("Europe/Berlin")
    return {
        "set up daily questions": programme_form.programme_form(
            SaveProgramme(programme=PROGRAMME.id), first, content, "en"
        ),
        "own question": question_forms.own_question_form(SaveOwnQuestion(), content, "en", row=OWN),
        "suggest a question": question_forms.suggestion_form(),
        "decline a suggestion": question_forms.decline_form(identifier("idea")),
        "veto a question": question_forms.veto_form(next(iter(content.questions)), PROGRAMME),
        "ask this next": question_forms.find_form(PROGRAMME),
        "pause questions": question_forms.pause_form(PROGRAMME),
    }
