"""However much there is of something, its card is one message on every platform and says that there is more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.text import render, t
from bot.chat.cards import Button, Buttons, Card, resolved
from bot.chat.plain import plain
from bot.mentoring.actions import ListMentorshipsFrom
from bot.mentoring.conversing import Said
from bot.mentoring.help_cards import DigestPart, digest_card, waiting_card
from bot.mentoring.list_cards import Line, home_section, list_card
from bot.mentoring.mentee_cards import answer_card, comments_card, looks_card, notes_card
from bot.mentoring.notes import SHOWN as NOTES_SHOWN
from bot.mentoring.notes import NoteLine
from bot.mentoring.service import SHOWN as LOOKS_SHOWN
from bot.mentoring.service import Look
from bot.mentoring.viewing import AnswerView
from bot.mentoring.waiting import Waiting
from bot.practice.countdown import DayPlan, Plan, Step
from bot.practice.interview_cards import plan_card
from bot.stories import version_cards
from bot.stories.actions import ListStoriesFrom, ShowStory
from bot.stories.cards import HitView, check_card, hits_card
from bot.stories.cards import list_card as stories_card
from bot.stories.confidentiality import Pointed
from bot.stories.coverage import cover
from bot.stories.coverage_cards import coverage_card, whole_coverage_card
from bot.stories.project_cards import project_card, projects_card
from bot.stories.projects import ProjectRecord
from content.loader import load_content
from storage.tables.mentoring import MentorshipState, NoteSeenBy
from storage.tables.stories import Project, StoryVersion, StoryVisibility
from tests.gallery.mentoring_samples import ANA, NOW, QUESTION, UTC_ZONE, day_text
from tests.gallery.platforms import PLATFORMS, Platform, payloads
from tests.gallery.sample import Sample, identifier
from tests.gallery.samples import declared
from tests.gallery.stories_samples import record
from tests.unit.stories.test_coverage import story

CONTENT = load_content()
MANY = 300
NAMED = re.compile(r"^Person \d+", re.MULTILINE)
BEST_ALONE = {"stories that were found"}
"""The best five are asked for, and no more."""
SIGNS = ("more", "The next", "not shown", "not listed")
STATES = list(MentorshipState)


def lines(count: int) -> list[Line]:
    """People on both sides in every state."""
    return [
        Line(identifier(f"m{number}"), f"Person {number}", "mentor" if number % 2 else "mentee",
             STATES[number % 4], ("answers", "scores", "stories", "reviews", "participation", "notes"))
        for number in range(count)
    ]  # fmt: skip


def waits(count: int) -> list[Waiting]:
    kinds = ("request", "question", "assignment")
    return [
        Waiting(kinds[number % 3], identifier(f"w{number}"), f"Person {number}", QUESTION,  # type: ignore[arg-type]
                NOW - timedelta(hours=number), identifier(f"a{number}"))
        for number in range(count)
    ]  # fmt: skip


def answer() -> AnswerView:
    return AnswerView(identifier("answer"), ANA, "Ana", QUESTION, "I stopped the job.", NOW.date(), 3.5, (3.8, 4))


def of_mentors(count: int) -> Mapping[str, Card]:
    said = [
        Said(f"Person {n}", f"Remark {n}", NOW, f"Reply {n}" if n % 2 else "", asked=n % 2 == 1) for n in range(count)
    ]
    notes = [
        NoteLine(identifier(f"n{n}"), "Ben", f"Note {n}", NoteSeenBy.ME, NOW, own=True)
        for n in range(min(count, NOTES_SHOWN))
    ]
    looks = [Look(f"Person {n}", "answers", NOW, "gone") for n in range(min(count, LOOKS_SHOWN))]
    week = [DigestPart(f"Person {n}", (t("{count} answers", count=n), t("Streak"), t("Target"))) for n in range(count)]
    return {
        "mentors and mentees": list_card(lines(count), count),
        "the home": Card(t("Home"), home_section(lines(count), count, None)),
        "what waits": waiting_card(waits(count), NOW),
        "a mentor's week": digest_card(week, waits(count), NOW),
        "what mentors said": comments_card(identifier("answer"), said),
        "a mentee's answer": answer_card(answer(), day_text, said),
        "notes": notes_card("Ana", notes, UTC_ZONE, day_text),
        "who looked": looks_card(looks, UTC_ZONE),
    }


def of_stories(count: int) -> Mapping[str, Card]:
    records = [record(f"Story {n}", f"story {n}") for n in range(count)]
    versions = [version(n) for n in range(count, 0, -1)]
    covered = [story(f"Story {n}", "type-failure") for n in range(count)]
    coverage = cover(covered, CONTENT)
    projects = [ProjectRecord(project(n), records) for n in range(count)]
    return {
        "one's stories": stories_card(records, CONTENT),
        "stories that were found": hits_card("printer", [HitView(one) for one in records], {}),
        "versions": version_cards.versions_card(record(), versions),
        "before others see it": check_card(
            record(), StoryVisibility.TEAM, [Pointed("name", f"Name {n}", 0, 6) for n in range(count)], "0a1b2c3d4e5f"
        ),
        "projects": projects_card(projects),
        "a project": project_card(ProjectRecord(project(0), records), CONTENT),
        "coverage": coverage_card(coverage, CONTENT),
        "all of the coverage": whole_coverage_card(coverage, CONTENT, covered),
    }


def of_practice(count: int) -> Mapping[str, Card]:
    steps = [Step(t("Write story {number}.", number=number), 45) for number in range(count)]
    plan = Plan(count, 30, 20, 40, 45, [DayPlan(day, steps[day : day + 1]) for day in range(count)], steps)
    return {"the plan": plan_card(plan, NOW.date(), None, "en")}


def version(number: int) -> StoryVersion:
    kept = record().version
    kept.number = number
    return kept


def project(number: int) -> Project:
    return Project(
        id=identifier(f"project {number}"), member_id=ANA, name=f"Project {number}", impact="", challenge="", role="",
        outcome="", learnings="", created_at=NOW,
    )  # fmt: skip


@cache
def cards() -> Mapping[str, Card]:
    return {**of_mentors(MANY), **of_stories(MANY), **of_practice(MANY)}


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_three_hundred_of_each_are_one_message_that_the_platform_takes(platform: Platform) -> None:
    for name, card in cards().items():
        sample = Sample("lists", name, card, home=name == "the home")
        shown = payloads(sample, platform, declared())
        assert len(shown) == 1, name
        assert not platform.objections(shown[0], sample), name


def test_what_is_cut_says_so_or_leads_to_the_next_ones() -> None:
    for name, card in cards().items():
        said = [plain(resolved(card, "en")), *(render(one.label) for one in buttons(card))]
        assert name in BEST_ALONE or any(sign in words for words in said for sign in SIGNS), name


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 40))
def test_everybody_is_on_one_part_of_the_list_of_mentors_and_mentees_and_on_one_alone(count: int) -> None:
    seen: list[str] = []
    start: int | None = 0
    while start is not None:
        card = list_card(lines(count), 0, start)
        seen += NAMED.findall(plain(resolved(card, "en")))
        start = next((one.action.start for one in buttons(card) if isinstance(one.action, ListMentorshipsFrom)), None)
    assert sorted(seen) == sorted(line.name for line in lines(count))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40))
def test_every_story_stands_once_on_one_part_of_the_list(count: int) -> None:
    records = [record(f"Story {n}", f"story {n}") for n in range(count)]
    seen: list[str] = []
    start: int | None = 0
    while start is not None:
        card = stories_card(records, CONTENT, start)
        seen += [render(one.label) for one in buttons(card) if isinstance(one.action, ShowStory)]
        assert "Story" not in plain(resolved(card, "en")), "its title is on its button, and nowhere else"
        start = next((one.action.start for one in buttons(card) if isinstance(one.action, ListStoriesFrom)), None)
    assert seen == [one.version.title for one in records]


def buttons(card: Card) -> list[Button]:
    return [one for each in card.elements if isinstance(each, Buttons) for one in each.items]
