"""What the room of practice shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.practice import drill_cards, interview_cards
from bot.practice.checklist import check
from bot.practice.countdown import plan_for
from bot.practice.standing import ReadiedStory, Standing
from content.loader import Content
from tests.gallery.sample import Sample
from tests.gallery.stories_samples import record

TODAY = date(2026, 11, 23)


def standing(stories: int = 3) -> Standing:
    """How ready somebody with so many stories is."""
    readied = ReadiedStory(
        "The label printer", frozenset({"situation", "action", "result"}), ("type-ambiguity",), True, ("no_learning",),
        False, 1, True,
    )  # fmt: skip
    return Standing(
        [readied] * stories, ("Conflict", "Failure"), "Failure", 0, (("No lesson", stories),) if stories > 1 else (),
        2, 1, False,
    )  # fmt: skip


def samples(content: Content) -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    story, company = record(), content.companies["amazon"]
    items = list(content.checklist_items.values())
    ready = Standing([], (), "Failure", 2, (), 0, 5, True)
    shown: dict[str, Card | Form] = {
        "a story to recall": drill_cards.cue_card(story, 0, 1),
        "a reminder of a story to recall": drill_cards.cue_card(story, 2, 3, reminded=True),
        "the bullets of a story": drill_cards.bullets_card(story, 0),
        "a recall was graded": drill_cards.graded_card(story, "Tuesday 24 November", 2, reminders=False),
        "the last recall of the day was graded": drill_cards.graded_card(
            story, "Tuesday 24 November", 0, reminders=True
        ),
        "nothing is due": drill_cards.nothing_due_card(3, "Tuesday 24 November", reminders=False),
        "new stories wait for tomorrow": drill_cards.nothing_due_card(3, None, reminders=True),
        "no story to recall": drill_cards.nothing_due_card(0, None, reminders=False),
        "reminders are on": drill_cards.reminders_card(True),
        "reminders are off": drill_cards.reminders_card(False),
        "an interview": interview_cards.interview_form(content, "2026-12-01", "amazon", 60),
        "the plan": interview_cards.plan_card(plan_for(standing(), 8, 60, company.rounds), TODAY, company, "en"),
        "a plan without a company": interview_cards.plan_card(plan_for(standing(), 2, 30, None), TODAY, None, "en"),
        "nothing is missing": interview_cards.plan_card(plan_for(ready, 0, 60, None), TODAY, None, "en"),
        "a plan without an interview": interview_cards.no_interview_card(),
        "the checklist": interview_cards.checklist_card(check(items, standing()), "en"),
        "the checklist on the day before": interview_cards.checklist_card(
            check(items, standing(0)), "en", tomorrow=True
        ),
        "at home with an interview": Card("Home", interview_cards.home_elements(8, company)),
        "at home without": Card("Home", interview_cards.home_elements(None, None)),
    }
    for name, what in shown.items():
        yield Sample("practice", name, what)
