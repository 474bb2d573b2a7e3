"""Who may do what: the whole table, in every standing."""

from __future__ import annotations

import pytest

from bot.base.ids import MemberId, WorkspaceId
from bot.base.policy import POLICY, Actor, Subject, Visibility, may

HOUSE = WorkspaceId("house")
OWNER, MENTOR, REVIEWER, OTHER = (MemberId(name) for name in ("owner", "mentor", "reviewer", "other"))

ACTORS = {
    "owner": Actor(HOUSE, OWNER),
    "mentor": Actor(HOUSE, MENTOR),
    "reviewer": Actor(HOUSE, REVIEWER),
    "other": Actor(HOUSE, OTHER),
    "moderator": Actor(HOUSE, OTHER, frozenset({"member", "moderator"})),
    "admin": Actor(HOUSE, OTHER, frozenset({"member", "admin"})),
    "blocked owner": Actor(HOUSE, OWNER, blocked=True),
    "blocked other": Actor(HOUSE, OTHER, blocked=True),
    "blocked admin": Actor(HOUSE, OTHER, frozenset({"member", "admin", "moderator"}), blocked=True),
}
FREE = {"owner", "mentor", "reviewer", "other", "moderator", "admin"}
EVERYBODY = set(ACTORS)
RUNNERS = {"moderator", "admin"}

PRIVATE: dict[str, set[str]] = {
    "help.read": EVERYBODY,
    "guide.read": EVERYBODY,
    "home.see": EVERYBODY,
    "page.open": EVERYBODY,
    "preferences.change": {"owner", "blocked owner"},
    "data.export": {"owner", "blocked owner"},
    "data.delete": {"owner", "blocked owner"},
    "answer.give": FREE,
    "answer.see": {"owner", "blocked owner"},
    "answer.change": {"owner"},
    "answer.withdraw": {"owner", "blocked owner"},
    "answer.share": {"owner"},
    "feedback.see": {"owner", "blocked owner"},
    "feedback.dispute": {"owner"},
    "message.score": {"owner"},
    "coach.ask": {"owner"},
    "coach.own": {"owner", "blocked owner"},
    "question.suggest": FREE,
    "question.why": FREE,
    "question.curate": RUNNERS,
    "programme.see": FREE,
    "programme.run": RUNNERS,
    "programme.change": {"admin"},
    "round.see": FREE,
    "round.run": RUNNERS,
    "round.change": {"admin"},
    "review.give": {"owner"},
    "review.see": {"owner", "blocked owner"},
    "review.override": set(),
    "review.wish": {"owner", "blocked owner"},
    "reading.ask": {"owner"},
    "reading.own": {"owner", "blocked owner"},
    "reading.give": set(),
    "story.add": {"owner"},
    "story.see": {"owner", "blocked owner"},
    "story.find": FREE | {"blocked owner"},
    "story.change": {"owner"},
    "story.delete": {"owner", "blocked owner"},
    "practice.own": {"owner", "blocked owner"},
    "mentor.ask": FREE,
    "mentorship.own": {"owner", "blocked owner"},
    "mentee.see": {"owner", "blocked owner"},
    "mentee.help": set(),
    "progress.see": {"owner", "blocked owner"},
    "progress.cohort": RUNNERS,
    "progress.count": RUNNERS,
    "target.set": {"owner"},
    "assignment.answer": {"owner"},
    "post.hide": RUNNERS,
    "thread.close": RUNNERS,
    "member.block": RUNNERS,
    "moderation.see": RUNNERS,
    "member.appoint": {"admin"},
    "settings.change": {"admin"},
    "delivery.settle": {"admin"},
}
"""Who may do each verb to a subject that its owner shows to nobody."""


def subject(visibility: Visibility = "me", workspace: WorkspaceId = HOUSE) -> Subject:
    return Subject(workspace, OWNER, visibility, frozenset({MENTOR}), frozenset({REVIEWER}))


def allowed(verb: str, about: Subject) -> set[str]:
    return {name for name, actor in ACTORS.items() if may(actor, verb, about)}


def test_every_verb_of_the_table_is_tested() -> None:
    assert set(PRIVATE) == set(POLICY)


@pytest.mark.parametrize("verb", POLICY)
def test_a_verb_is_for_those_whom_the_table_names(verb: str) -> None:
    assert allowed(verb, subject()) == PRIVATE[verb]


@pytest.mark.parametrize(
    ("visibility", "others"),
    [
        ("me", set()),
        ("mentors", {"mentor"}),
        ("reviewers", {"mentor", "reviewer"}),
        ("channel", {"mentor", "reviewer", "other", "moderator", "admin"}),
    ],
)
def test_an_answer_is_seen_as_far_as_its_owner_shows_it(visibility: Visibility, others: set[str]) -> None:
    assert allowed("answer.see", subject(visibility)) == {"owner", "blocked owner"} | others


def test_a_score_in_place_of_the_reviews_is_given_by_mentors_and_those_who_rate_it_alone() -> None:
    assert allowed("review.override", subject("me")) == set()
    assert allowed("review.override", subject("mentors")) == {"mentor"}
    assert allowed("review.override", subject("channel")) == {"mentor", "reviewer"}


def test_a_level_is_read_by_the_one_who_was_asked_and_by_nobody_else() -> None:
    assert allowed("reading.give", subject("mentors")) == set()
    assert allowed("reading.give", subject("reviewers")) == {"reviewer"}


def test_a_mentee_is_seen_and_helped_by_their_mentors_alone() -> None:
    assert allowed("mentee.see", subject("mentors")) == {"owner", "blocked owner", "mentor"}
    assert allowed("mentee.help", subject("mentors")) == {"mentor"}


def test_progress_is_seen_by_ones_mentors_and_counted_by_those_who_moderate() -> None:
    assert allowed("progress.see", subject("mentors")) == {"owner", "blocked owner", "mentor"}
    assert allowed("progress.cohort", subject("mentors")) == {"mentor"} | RUNNERS


SEEING = {
    "answer.see", "story.see", "review.override", "reading.give", "mentee.see", "mentee.help", "progress.see",
    "progress.cohort",
}  # fmt: skip


@pytest.mark.parametrize("verb", sorted(set(POLICY) - SEEING))
def test_visibility_opens_nothing_but_seeing(verb: str) -> None:
    assert allowed(verb, subject("channel")) == PRIVATE[verb]


@pytest.mark.parametrize("verb", POLICY)
def test_nobody_acts_in_another_workspace(verb: str) -> None:
    assert allowed(verb, subject("channel", WorkspaceId("elsewhere"))) == set()


def test_a_verb_that_is_not_in_the_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        may(ACTORS["admin"], "moon.land", subject())
