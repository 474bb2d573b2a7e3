"""Who may do what: one table and one pure function.

A verb that is not in the table cannot be declared, so a feature without a policy fails at start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.base.ids import MemberId, WorkspaceId

Role = Literal["member", "moderator", "admin"]
Visibility = Literal["me", "mentors", "reviewers", "channel"]
Audience = Literal["everybody", "moderators", "admins"]
Standing = Literal["anyone", "owner", "mentor", "reviewer", "channel", "moderator", "admin"]
"""In what standing to the subject somebody may act; `channel` is everybody where the subject is shown there."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a member of one workspace with the roles held at this moment."""

    workspace: WorkspaceId
    member: MemberId
    roles: frozenset[Role] = frozenset({"member"})
    blocked: bool = False
    """A moderator has blocked this member from taking part; they can still see and take out what is theirs."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted on, as far as the policy must know it."""

    workspace: WorkspaceId
    owner: MemberId | None = None
    visibility: Visibility = "me"
    mentors: frozenset[MemberId] = field(default_factory=frozenset)
    """The owner's mentors, as accepted by the owner."""
    reviewers: frozenset[MemberId] = field(default_factory=frozenset)
    """Those who were assigned to review the subject."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Any of these standings suffices; for a member who is blocked, only those of `when_blocked`."""

    standings: frozenset[Standing]
    when_blocked: frozenset[Standing] = frozenset()


def _rule(*standings: Standing, when_blocked: Standing | None = None) -> Rule:
    return Rule(frozenset(standings), frozenset({when_blocked} if when_blocked else ()))


POLICY: Mapping[str, Rule] = {
    "help.read": _rule("anyone", when_blocked="anyone"),
    "guide.read": _rule("anyone", when_blocked="anyone"),
    "home.see": _rule("anyone", when_blocked="anyone"),
    "page.open": _rule("anyone", when_blocked="anyone"),
    "preferences.change": _rule("owner", when_blocked="owner"),
    "data.export": _rule("owner", when_blocked="owner"),
    "data.delete": _rule("owner", when_blocked="owner"),
    "answer.give": _rule("anyone"),
    "answer.see": _rule("owner", "mentor", "reviewer", "channel", when_blocked="owner"),
    "answer.change": _rule("owner"),
    "answer.withdraw": _rule("owner", when_blocked="owner"),
    "answer.share": _rule("owner"),
    "feedback.see": _rule("owner", when_blocked="owner"),
    "feedback.dispute": _rule("owner"),
    "message.score": _rule("owner"),
    "story.add": _rule("owner"),
    "story.see": _rule("owner", "mentor", "channel", when_blocked="owner"),
    "story.find": _rule("anyone", when_blocked="owner"),
    "story.change": _rule("owner"),
    "story.delete": _rule("owner", when_blocked="owner"),
    "practice.own": _rule("owner", when_blocked="owner"),
    "coach.ask": _rule("owner"),
    "coach.own": _rule("owner", when_blocked="owner"),
    "question.suggest": _rule("anyone"),
    "question.why": _rule("anyone"),
    "question.curate": _rule("moderator", "admin"),
    "programme.see": _rule("anyone"),
    "programme.run": _rule("moderator", "admin"),
    "programme.change": _rule("admin"),
    "round.see": _rule("anyone"),
    "round.run": _rule("moderator", "admin"),
    "round.change": _rule("admin"),
    "review.give": _rule("owner"),
    "review.see": _rule("owner", when_blocked="owner"),
    "review.override": _rule("mentor", "reviewer"),
    "review.wish": _rule("owner", when_blocked="owner"),
    "reading.ask": _rule("owner"),
    "reading.own": _rule("owner", when_blocked="owner"),
    "reading.give": _rule("reviewer"),
    "mentor.ask": _rule("anyone"),
    "mentorship.own": _rule("owner", when_blocked="owner"),
    "mentee.see": _rule("owner", "mentor", when_blocked="owner"),
    "mentee.help": _rule("mentor"),
    "progress.see": _rule("owner", "mentor", when_blocked="owner"),
    "progress.cohort": _rule("mentor", "moderator", "admin"),
    "progress.count": _rule("moderator", "admin"),
    "target.set": _rule("owner"),
    "assignment.answer": _rule("owner"),
    "post.hide": _rule("moderator", "admin"),
    "thread.close": _rule("moderator", "admin"),
    "member.block": _rule("moderator", "admin"),
    "moderation.see": _rule("moderator", "admin"),
    "member.appoint": _rule("admin"),
    "settings.change": _rule("admin"),
    "delivery.settle": _rule("admin"),
}
"""Every verb there is, with who may do it. Mentors, reviewers and the channel count as the owner's choice of
visibility lets them; moderators and admins read no private answer."""


def audience_of(verb: str) -> Audience:
    """Who is offered what needs `verb`: everybody, unless only a role gives the right to it."""
    standings = POLICY[verb].standings
    if standings <= {"admin"}:
        return "admins"
    return "moderators" if standings <= {"moderator", "admin"} else "everybody"


def may(actor: Actor, verb: str, subject: Subject) -> bool:
    """Whether `actor` may do `verb` to `subject`; `KeyError` for a verb that is not in the table."""
    rule = POLICY[verb]
    if actor.workspace != subject.workspace:
        return False
    sufficient = rule.when_blocked if actor.blocked else rule.standings
    return any(_stands(actor, standing, subject) for standing in sufficient)


def _stands(actor: Actor, standing: Standing, subject: Subject) -> bool:
    match standing:
        case "anyone":
            return True
        case "owner":
            return subject.owner == actor.member
        case "mentor":
            return actor.member in subject.mentors and subject.visibility in ("mentors", "reviewers", "channel")
        case "reviewer":
            return actor.member in subject.reviewers and subject.visibility in ("reviewers", "channel")
        case "channel":
            return subject.visibility == "channel"
        case "moderator" | "admin":
            return standing in actor.roles
