"""How agreeing looks in chat: asked, offered, accepted, declined, ended; who mentors whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from bot.base.text import Text, t
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Paragraph
from bot.members.mentorships import Shared
from bot.mentoring import actions as a

SHARED_LABELS: Mapping[Shared, Text] = {
    "answers": t("Answers shown to mentors, with their words"),
    "scores": t("Ratings, findings and levels of answers shown to mentors, without words"),
    "stories": t("Stories shown to mentors, and what they cover"),
    "reviews": t("What reviewers found of those answers"),
    "participation": t("How often and when answers shown to mentors came"),
    "notes": t("What the mentors note for each other"),
}
"""What a mentee can show, as the form and the lists name it."""


def asked_card(mentorship: str, mentor: str, waits: Text) -> Card:
    """After asking somebody to be one's mentor."""
    return Card(
        t("You asked {mentor} to be your mentor.", mentor=mentor),
        (
            Paragraph(t("{mentor} can accept or decline, and sees nothing of yours until then.", mentor=mentor)),
            Paragraph(waits, quiet=True),
            Buttons(
                (
                    Button(t("Choose what is seen"), a.OpenSharing(mentorship=mentorship), style="primary"),
                    Button(t("Take it back"), a.Decline(mentorship=mentorship)),
                )
            ),
        ),
    )


def offered_card(mentorship: str, mentee: str) -> Card:
    """After offering to be somebody's mentor."""
    note = t("{mentee} can accept or decline, and chooses what you see.", mentee=mentee)
    button = Button(t("Take it back"), a.Decline(mentorship=mentorship))
    return Card(t("You offered to mentor {mentee}.", mentee=mentee), (Paragraph(note), Buttons((button,))))


def handed_over_card(mentorship: str, mentee: str, mentor: str) -> Card:
    """After proposing somebody in one's own place."""
    note = t(
        "{mentee} is asked first, then {mentor}. You stay the mentor until both have said yes.",
        mentee=mentee,
        mentor=mentor,
    )
    return Card(t("You proposed {mentor} as the next mentor.", mentor=mentor), (Paragraph(note),))


def request_card(mentorship: str, mentee: str) -> Card:
    """To the mentor who is asked."""
    return Card(
        t("{mentee} asks you to be their mentor.", mentee=mentee),
        (
            Paragraph(t("You see what {mentee} chooses to show you, and what you look at is logged.", mentee=mentee)),
            Buttons(
                (
                    Button(t("Accept"), a.AcceptMentee(mentorship=mentorship), style="primary"),
                    Button(t("Decline"), a.Decline(mentorship=mentorship)),
                )
            ),
        ),
    )


def offer_card(mentorship: str, mentor: str, *, instead_of: str = "") -> Card:
    """To the mentee to whom a mentor offers themselves, or is proposed in place of the one before."""
    title = t("{mentor} offers to be your mentor.", mentor=mentor)
    if instead_of:
        title = t("{before} would like to hand over to {mentor} as your mentor.", before=instead_of, mentor=mentor)
    return Card(
        title,
        (
            Paragraph(
                t("You choose what {mentor} sees, can change it at any time, and end it at once.", mentor=mentor)
            ),
            Buttons(
                (
                    Button(t("Accept and choose"), a.OpenSharing(mentorship=mentorship), style="primary"),
                    Button(t("Decline"), a.Decline(mentorship=mentorship)),
                )
            ),
        ),
    )


def begun_for_mentee_card(mentorship: str, mentor: str, shares: Sequence[Shared]) -> Card:
    """To the mentee: it holds from now on, with what is shown."""
    elements: list[Element] = list(_shown(shares, mentor))
    elements.append(
        Buttons(
            (
                Button(t("Choose what is seen"), a.OpenSharing(mentorship=mentorship), style="primary"),
                Button(t("See as my mentor sees it"), a.SeeAsMentor(mentorship=mentorship)),
                Button(t("End it"), a.EndMentorship(mentorship=mentorship), style="danger"),
            )
        )
    )
    return Card(t("{mentor} is your mentor now.", mentor=mentor), tuple(elements))


def begun_for_mentor_card(mentorship: str, mentee: str) -> Card:
    """To the mentor: it holds from now on."""
    buttons = (
        Button(t("Look"), a.LookAtMentee(mentorship=mentorship), style="primary"),
        Button(t("End it"), a.EndMentorship(mentorship=mentorship), style="danger"),
    )
    note = t("Each look is logged for {mentee}. A summary comes to you once a week.", mentee=mentee)
    return Card(t("You are {mentee}'s mentor now.", mentee=mentee), (Paragraph(note), Buttons(buttons)))


def waits_for_mentor_card(mentor: str) -> Card:
    """To the mentee who agreed to be handed over: the new mentor has to say yes too."""
    return Card(t("{mentor} is asked now. Your mentor stays until they have said yes.", mentor=mentor))


def sharing_saved_card(mentorship: str, mentor: str, shares: Sequence[Shared]) -> Card:
    """After the mentee chose anew."""
    button = Button(t("See as my mentor sees it"), a.SeeAsMentor(mentorship=mentorship))
    title = t("What {mentor} sees from now on", mentor=mentor)
    return Card(title, (*_shown(shares, mentor), Buttons((button,))))


def declined_card(name: str) -> Card:
    """To the one who asked: it will not be. No reason is asked for."""
    note = t("Nobody has to give a reason. You can ask somebody else.")
    return Card(t("{name} declined.", name=name), (Paragraph(note), Buttons((find_button(),))))


def settled_card(*, taken_back: bool = False) -> Card:
    """To whoever said no, or took back what they asked: then there is nothing to tell."""
    if taken_back:
        return Card(t("It is taken back. Nobody can accept it any more."))
    return Card(t("All right. The other person is told, without a reason."))


def ended_card(name: str, *, reader: Literal["mentor", "mentee"]) -> Card:
    """To the other side: it is over."""
    if reader == "mentor":
        note = t("You see nothing of theirs any more. Your notes for yourself about them are deleted.")
        return Card(t("{name} is not your mentee any more.", name=name), (Paragraph(note),))
    note = t("They see nothing of yours any more. What they wrote to you stays yours. Would you like to find another?")
    return Card(t("{name} is not your mentor any more.", name=name), (Paragraph(note), Buttons((find_button(),))))


def gone_card() -> Card:
    """To a mentee whose mentor had everything about themselves deleted: so it cannot say who it was."""
    note = t("They see nothing of yours any more. Would you like to find another?")
    return Card(t("One of your mentors is not here any more."), (Paragraph(note), Buttons((find_button(),))))


def over_card() -> Card:
    """To whoever ended it."""
    return Card(t("It is over. Nothing is shown from this moment on."))


def silent_card(mentorship: str, mentor: str, days: int) -> Card:
    """To a mentee whose mentor neither looked nor wrote."""
    note = t("There was something of yours to look at. You can wait, ask somebody else, or end it.")
    return Card(
        t("{mentor} has not looked or written for {days} days.", mentor=mentor, days=days),
        (
            Paragraph(note),
            Buttons((find_button(), Button(t("End it"), a.EndMentorship(mentorship=mentorship), style="danger"))),
        ),
    )


def _shown(shares: Sequence[Shared], mentor: str) -> tuple[Element, ...]:
    if not shares:
        return (Paragraph(t("{mentor} sees nothing of yours yet: nothing is ticked.", mentor=mentor)),)
    return (
        Paragraph(t("{mentor} sees:", mentor=mentor)),
        Bullets(tuple(SHARED_LABELS[what] for what in shares)),
        Paragraph(t("You can change this at any time, and every look is logged for you."), quiet=True),
    )


def find_button() -> Button:
    """The way to ask somebody, or to offer oneself."""
    return Button(t("Find a mentor or mentee"), a.OpenFinding())
