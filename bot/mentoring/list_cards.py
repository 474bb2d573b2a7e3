"""One's mentors and mentees as a list, so many at a time, and in short on the home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from typing import Literal

from bot.base.text import Text, t
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Header, Paragraph
from bot.feature.lists import and_more, next_button, part_of
from bot.members.mentorships import Shared
from bot.mentoring import actions as a
from bot.mentoring.agreement_cards import find_button
from storage.tables.mentoring import Mentorship, MentorshipState

THINGS: Mapping[Shared, Text] = {
    "answers": t("answers"),
    "scores": t("ratings"),
    "stories": t("stories"),
    "reviews": t("what reviewers found"),
    "participation": t("how often and when"),
    "notes": t("notes"),
}
"""What a mentee can show, as short as a line of the list needs it."""
State = MentorshipState
MOST_LISTED = 5
MOST_AT_HOME = 5
WAIT_FOR_YOU, WAIT_FOR_OTHERS = t("Waiting for your answer"), t("No reply yet")
MENTORS, MENTEES = t("Your mentors"), t("Your mentees")
HEADINGS = (WAIT_FOR_YOU, MENTORS, MENTEES, WAIT_FOR_OTHERS)
"""The parts of the list, in its order."""


@dataclass(frozen=True, slots=True)
class Line:
    """A mentorship in the list: the other's name, and on which side the reader is."""

    id: str
    name: str
    side: Literal["mentor", "mentee"]
    state: MentorshipState
    shares: tuple[Shared, ...]


def list_card(lines: Sequence[Line], waits: int, start: int = 0) -> Card:
    """One's mentors and mentees, first those who wait for a yes; so many at a time, from `start` on."""
    groups = [(heading, [line for line in lines if _belongs(line) == heading]) for heading in HEADINGS]
    listed, left = part_of([(heading, line) for heading, group in groups for line in group], start, MOST_LISTED)
    elements: list[Element] = []
    for heading, group in groupby(listed, key=lambda one: one[0]):
        elements.append(Header(heading))
        for _, line in group:
            elements += [Paragraph(_line(line)), Buttons(_buttons(line))]
    if not lines:
        elements.append(Paragraph(t("You have no mentor and no mentee. Nobody sees more of you than you show.")))
    more = [*next_button(left, MOST_LISTED, a.ListMentorshipsFrom(start=len(lines) - left)), find_button()]
    if any(line.side == "mentee" and line.state is State.ACTIVE for line in lines):
        more.append(Button(t("Ask a mentor"), a.OpenAsking()))
    more.append(Button(t("Who looked"), a.ShowLooks()))
    if waits:
        more.append(Button(t("What waits for me: {count}", count=waits), a.ShowWaiting()))
    if any(line.side == "mentor" for line in lines):
        more.append(Button(t("Weekly summary"), a.OpenDigest()))
    elements.append(Buttons(tuple(more)))
    return Card(t("Mentors and mentees"), tuple(elements))


def which_card(lines: Sequence[Line], name: str) -> Card:
    """Where the reader and somebody have agreed on more than one thing: which of them is to end."""
    elements: list[Element] = []
    for line in lines:
        *_, ending = _buttons(line)
        elements += [Header(_belongs(line)), Paragraph(_line(line)), Buttons((ending,))]
    return Card(t("You and {name} have more than one agreement. Which is to end?", name=name), tuple(elements))


def home_section(lines: Sequence[Line], waits: int, target: Text | None) -> tuple[Element, ...]:
    """The part of the home: short, and nothing for whoever has nothing to do with mentors but the way in."""
    elements: list[Element] = [Header(t("Mentors"))]
    if lines:
        first = sorted(lines, key=lambda line: HEADINGS.index(_belongs(line)))
        elements.append(Bullets(tuple(_line(line) for line in first[:MOST_AT_HOME])))
        elements += and_more(len(lines) - MOST_AT_HOME)
    else:
        elements.append(Paragraph(t("You have no mentor. A mentor sees what you choose, and you see when they look.")))
    if target is not None:
        elements.append(Paragraph(target, quiet=True))
    buttons = [Button(t("Mentors and mentees"), a.ListMentorships())] if lines else [find_button()]
    if waits:
        buttons.append(Button(t("What waits for me: {count}", count=waits), a.ShowWaiting()))
    buttons.append(Button(t("My target"), a.OpenTarget()))
    return (*elements, Buttons(tuple(buttons)))


def _belongs(line: Line) -> Text:
    """Under which heading of the list a line stands."""
    match line.state, line.side:
        case State.ACTIVE, "mentee":
            return MENTORS
        case State.ACTIVE, _:
            return MENTEES
        case State.ASKED, "mentor":
            return WAIT_FOR_YOU
        case ((State.OFFERED | State.PROPOSED), "mentee"):
            return WAIT_FOR_YOU
        case _:
            return WAIT_FOR_OTHERS


def _line(line: Line) -> Text:
    name = line.name
    match line.state:
        case State.ACTIVE if line.side == "mentee":
            return _sees(line, t("{name} sees nothing of yours yet", name=name), t("{name} sees:", name=name))
        case State.ACTIVE:
            return _sees(line, t("{name} shows you nothing yet", name=name), t("{name} shows you:", name=name))
        case State.ASKED if line.side == "mentee":
            return t("{name}: asked, has not replied yet", name=name)
        case State.ASKED:
            return t("{name} asks you to be their mentor", name=name)
        case State.OFFERED if line.side == "mentee":
            return t("{name} offers to be your mentor", name=name)
        case State.OFFERED:
            return t("{name}: offered, has not replied yet", name=name)
        case _:
            return t("{name} is proposed as your next mentor", name=name)


def _sees(line: Line, nothing: Text, beginning: Text) -> Text:
    if not line.shares:
        return nothing
    if len(line.shares) == len(THINGS):
        return t("{beginning} everything that can be shown", beginning=beginning)
    things = reduce(
        lambda said, more: t("{first}, {second}", first=said, second=more), (THINGS[what] for what in line.shares)
    )
    return t("{beginning} {things}", beginning=beginning, things=things)


def _buttons(line: Line) -> tuple[Button, ...]:
    id_ = line.id
    decline = Button(t("Decline"), a.Decline(mentorship=id_))
    if line.state is State.ACTIVE:
        ending = Button(t("End it"), a.EndMentorship(mentorship=id_), style="danger")
        if line.side == "mentee":
            return (
                Button(t("Choose what is seen"), a.OpenSharing(mentorship=id_)),
                Button(t("See as my mentor sees it"), a.SeeAsMentor(mentorship=id_)),
                ending,
            )
        return (
            Button(t("Look"), a.LookAtMentee(mentorship=id_)),
            Button(t("Hand over"), a.OpenHandover(mentorship=id_)),
            ending,
        )
    if line.state is State.ASKED and line.side == "mentor":
        return (Button(t("Accept"), a.AcceptMentee(mentorship=id_), style="primary"), decline)
    if line.state in (State.OFFERED, State.PROPOSED) and line.side == "mentee":
        return (Button(t("Accept and choose"), a.OpenSharing(mentorship=id_), style="primary"), decline)
    return (Button(t("Take it back"), a.Decline(mentorship=id_)),)


def line_of(mentorship: Mentorship, name: str, side: Literal["mentor", "mentee"], shares: tuple[Shared, ...]) -> Line:
    """A line of the list."""
    return Line(mentorship.id, name, side, mentorship.state, shares)
