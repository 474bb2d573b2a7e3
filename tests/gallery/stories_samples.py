"""What the room of stories shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.base.ids import MemberId
from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.scoring import Answer, score
from bot.stories import cards, forms, project_cards, version_cards
from bot.stories.confidentiality import look_through
from bot.stories.coverage import CoveredStory, cover, telling_of
from bot.stories.coverage_cards import coverage_card, whole_coverage_card
from bot.stories.projects import ProjectRecord
from bot.stories.records import StoryRecord
from content.loader import Content
from content.rules import load_rules
from storage.tables.stories import (
    Project,
    Story,
    StoryTelling,
    StoryTold,
    StoryVersion,
    StoryVisibility,
    TellingLength,
)
from tests.gallery.sample import Sample, identifier

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TWO = TellingLength.TWO_MINUTES
PARTS = {
    "situation": "Our depot in Rotterdam printed each label twice, and nobody knew why. We were three engineers.",
    "task": "I had to find the cause before the night shift.",
    "action": "I compared the logs of two printers with Joris from Acme Logistics GmbH, ruled out the driver, and "
    "found that a retry used a fresh number.",
    "result": "Double labels fell from 400 a day to none, which saved 12,000 euros a month.",
    "learning": "Since then every job carries a number that survives a retry.",
}


def record(title: str = "The label printer in Rotterdam", name: str = "story", **parts: str) -> StoryRecord:
    """A story with one version and nothing else; `name` tells it from others."""
    told = {**dict.fromkeys(("task", "result", "learning", "tie_in"), ""), **PARTS, **parts}
    story = Story(
        id=identifier(name), member_id=MemberId(identifier("ana")), project_id=None,
        answer_id=None, source_message=None, form="production-debugging", visibility=StoryVisibility.ME,
        archetypes=["production-debugging"],
        principles=["dive-deep"], question_types=["type-ambiguity"], tags=["printer", "retry"], versions=1,
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    version = StoryVersion(
        id=identifier("version"), story_id=story.id, number=1, title=title, **told,
        metrics=["400", "12,000 euros"], level="L5", rating=4.0, findings=[], strengths=[], engine="1", created_at=NOW,
    )  # fmt: skip
    return StoryRecord(story, version)


def _whole(content: Content) -> StoryRecord:
    project = Project(
        id=identifier("project"), member_id=MemberId(identifier("ana")), name="Printing",
        impact="Double labels from 400 a day to none", challenge="Nobody could make it happen at will",
        role="Engineer on call", outcome="No parcel goes out twice", learnings="", created_at=NOW,
    )  # fmt: skip
    told = StoryTold(id=identifier("told"), story_id=identifier("story"), told_on=date(2026, 11, 2), place="Acme")
    follow_up = next(iter(content.follow_ups))
    return replace(record(), project=project, told=(told,), follow_ups={follow_up: "By the count of returned parcels."})


def _changed() -> StoryRecord:
    """The story after its title was changed."""
    again = record("The label printer that printed twice")
    again.story.versions, again.version.number = 2, 2
    return again


def _empty_project() -> Project:
    return Project(
        id=identifier("another project"), member_id=MemberId(identifier("ana")), name="Search for support", impact="",
        challenge="", role="", outcome="", learnings="", created_at=NOW,
    )  # fmt: skip


def samples(content: Content) -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    whole = _whole(content)
    project = whole.project
    assert project is not None
    telling = StoryTelling(
        id=identifier("telling"), story_id=whole.story.id, length=TWO, text=" ".join(PARTS.values()), words=74,
        updated_at=NOW,
    )  # fmt: skip
    text = "\n".join(PARTS.values())
    report = score(Answer(text), load_rules())
    covered = CoveredStory(
        whole.story.id, whole.version.title, ("production-debugging",), ("dive-deep",), ("type-ambiguity",), "L5", 3,
        telling_of(text, report, NOW.date(), NOW.date(), ("type-ambiguity",)),
    )  # fmt: skip
    mentoring = content.archetypes["mentoring"]
    question = content.questions_where(kinds=("behavioral",), archetypes=("mentoring",))[0]
    shown: dict[str, Card | Form] = {
        "a story, to its owner": cards.story_card(whole, content, own=True),
        "a story of somebody else": cards.story_card(whole, content, own=False, owner="Ana"),
        "a story was saved": cards.saved_card(record(learning="")),
        "a story was saved before": cards.saved_card(record(), again=True),
        "a telling": cards.telling_card(whole, TWO, telling, own=True),
        "a telling that nobody wrote yet": cards.telling_card(whole, TWO, None, own=False),
        "stories that were found": cards.hits_card(
            "labell printer",
            [cards.HitView(whole), cards.HitView(record("Printing in Lagos", "another story"), "Ben")],
            {"labell": "label"},
        ),
        "no story fits": cards.nothing_card("a time I mentored somebody", mentoring, question),
        "no story fits and nothing is known": cards.nothing_card("x", None, None),
        "no stories yet": cards.list_card([], content),
        "more stories than are listed": cards.list_card(
            [record(f"The time we moved depot {number}", f"story {number}") for number in range(1, 24)], content, 10
        ),
        "one's stories": cards.list_card([whole, record("Printing in Lagos", "another story")], content),
        "who sees a story": cards.visibility_card(whole),
        "before others see it": cards.check_card(whole, StoryVisibility.TEAM, look_through(text), "0a1b2c3d4e5f"),
        "a change took the story back": cards.check_card(
            whole, StoryVisibility.MENTORS, look_through(text)[:1], "0a1b2c3d4e5f", taken_back=True
        ),
        "nothing to point at": cards.check_card(whole, StoryVisibility.MENTORS, [], "0a1b2c3d4e5f"),
        "a story longer than a story can be": cards.saved_card(record(), left_out=("action",)),
        "the versions of a story": version_cards.versions_card(_changed(), [_changed().version, record().version]),
        "an earlier version": version_cards.version_card(_changed(), record().version),
        "one's projects": project_cards.projects_card(
            [ProjectRecord(project, [whole]), ProjectRecord(_empty_project())]
        ),
        "no projects yet": project_cards.projects_card([]),
        "a project": project_cards.project_card(ProjectRecord(project, [whole]), content),
        "a project without words": project_cards.project_card(ProjectRecord(_empty_project()), content),
        "delete a project": project_cards.delete_project_card(ProjectRecord(project)),
        "a new project": project_cards.project_form(content),
        "change a project": project_cards.project_form(content, ProjectRecord(project)),
        "delete a story": cards.delete_card(whole),
        "coverage": coverage_card(cover([covered], content), content),
        "all of the coverage": whole_coverage_card(cover([covered], content), content, [covered]),
        "coverage without a story": coverage_card(cover([], content), content),
        "a new story": forms.story_form(content, "template-conflict"),
        "change a story": forms.story_form(content, "mentoring", whole),
        "write a telling": forms.telling_form(whole, TWO),
        "answers to follow-ups": forms.follow_up_form(content, whole),
        "a story was told": forms.told_form(whole, "2026-11-23"),
    }  # fmt: skip
    for name, what in shown.items():
        yield Sample("stories", name, what)
