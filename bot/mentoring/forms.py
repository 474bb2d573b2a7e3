"""The forms of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.base.ids import MemberId
from bot.base.text import t
from bot.chat.cards import Choice
from bot.chat.forms import ChoiceInput, Form, MemberInput, TextInput
from bot.members.cards import LEVELS, WEEKDAYS
from bot.mentoring import actions as a
from bot.mentoring.agreement_cards import SHARED_LABELS
from bot.mentoring.digest_times import DigestTime
from bot.mentoring.mentee_cards import READERS
from storage.tables.mentoring import MentorAssignment, MentoringTarget, Mentorship, MentorshipState, NoteSeenBy

LONGEST = 2000
DAY = t("Such as 2027-03-31")
OFF = "off"
ME, MENTORS = "me", "mentors"
MY_MENTOR, MY_MENTEE = "mentor", "mentee"


def sharing_form(mentorship: Mentorship, mentor: str) -> Form:
    """What a mentor sees, each by itself; sent for an offer it accepts it."""
    begins = mentorship.state in (MentorshipState.OFFERED, MentorshipState.PROPOSED)
    note = t("{mentor} sees what is ticked and nothing else. You can change it at any time.", mentor=mentor)
    return Form(
        a.SaveSharing(mentorship=mentorship.id),
        t("What your mentor sees"),
        (
            ChoiceInput(
                "shares", t("Shown when ticked"), tuple(Choice(what, label) for what, label in SHARED_LABELS.items()),
                required=False, several=True, value=tuple(mentorship.shares),
            ),
        ),
        t("Accept") if begins else t("Save"),
        note,
    )  # fmt: skip


def finding_form() -> Form:
    """Whom to ask, and for what."""
    sides = (Choice(MY_MENTOR, t("They are to be my mentor")), Choice(MY_MENTEE, t("I offer to be theirs")))
    return Form(
        a.FindPerson(),
        t("Find a mentor or mentee"),
        (
            MemberInput("member", t("Whom")),
            ChoiceInput("side", t("What for"), sides, value=(MY_MENTOR,)),
        ),
        t("Ask"),
        t("The person can say yes or no. Nothing of yours is shown before both have agreed."),
    )


def handover_form(mentorship: str, mentee: str) -> Form:
    """Who is to take over."""
    return Form(
        a.HandOver(mentorship=mentorship),
        t("Hand over"),
        (MemberInput("member", t("Who is to take over")),),
        t("Propose"),
        t("{mentee} is asked first, and then the person you name.", mentee=mentee),
    )


def comment_form(answer: str, name: str) -> Form:
    """A comment on an answer."""
    text = TextInput("text", t("What do you say about it?"), multiline=True, longest=LONGEST)
    return Form(a.SendComment(answer=answer), t("Comment"), (text,), t("Send"), t("It goes to {name}.", name=name))


def asking_form(answer: str, mentors: Mapping[MemberId, str], text: str = "") -> Form:
    """A question to one of one's mentors."""
    choices = tuple(Choice(member, name) for member, name in mentors.items())
    return Form(
        a.AskMentor(answer=answer),
        t("Ask a mentor"),
        (
            ChoiceInput("mentor", t("Which mentor"), choices, value=(choices[0].value,)),
            TextInput("text", t("Your question"), multiline=True, longest=LONGEST, value=text),
        ),
        t("Ask"),
        t("About an answer, the mentor can read it only where you show it.") if answer else "",
    )


def reply_form(question: str, asked: str) -> Form:
    """A reply to a mentee."""
    text = TextInput("text", t("Your reply"), multiline=True, longest=LONGEST)
    return Form(a.SendReply(question=question), t("Reply"), (text,), t("Send"), asked)


def assigning_form(mentorship: str, mentee: str, question: str = "", due: str = "") -> Form:
    """A question for a mentee, and by when."""
    hint = t("In your words, or the id of one of ours, such as q-harm-by-your-change")
    return Form(
        a.Assign(mentorship=mentorship),
        t("Ask for an answer"),
        (
            TextInput("question", t("The question"), hint, multiline=True, longest=500, value=question),
            TextInput("due", t("By which day"), DAY, longest=10, value=due),
        ),
        t("Ask"),
        t("{mentee} is told now, and reminded once the day before.", mentee=mentee),
    )


def assignment_form(row: MentorAssignment, mentor: str, longest: int) -> Form:
    """The answer to what a mentor asked."""
    seen = (Choice(MENTORS, t("I and my mentors")), Choice(ME, t("Only I")))
    return Form(
        a.AnswerAssignment(assignment=row.id),
        t("Answer your mentor"),
        (
            TextInput("text", t("Your answer"), multiline=True, longest=longest),
            ChoiceInput("seen", t("Who may see it"), seen, value=(MENTORS,)),
        ),
        t("Score it"),
        t("{mentor} asks: {question}", mentor=mentor, question=row.question),
    )


def note_form(mentorship: str, mentee: str) -> Form:
    """A note, with its readers chosen each time."""
    readers = tuple(Choice(who.value, label) for who, label in READERS.items())
    return Form(
        a.WriteNote(mentorship=mentorship),
        t("A note about {mentee}", mentee=mentee),
        (
            TextInput("text", t("The note"), multiline=True, longest=LONGEST),
            ChoiceInput("readers", t("Who reads it"), readers, value=(NoteSeenBy.ME.value,)),
        ),
        t("Keep it"),
        t("When the mentorship ends, what only you read is deleted."),
    )


def target_form(mentorship: str, target: MentoringTarget | None, mentee: str = "") -> Form:
    """A target: one's own, or, of a mentorship, what a mentor proposes."""
    own = not mentorship
    return Form(
        a.SaveTarget(mentorship=mentorship),
        t("Your target") if own else t("Propose a target"),
        (
            ChoiceInput(
                "level", t("Which level"), tuple(Choice(level, name) for level, name in LEVELS.items()),
                value=(target.level,) if target is not None else (),
            ),
            TextInput("by", t("By which day"), DAY, longest=10, value=target.by_on.isoformat() if target else ""),
        ),
        t("Set it") if own else t("Propose"),
        t("Your answers are held against this level from now on.")
        if own
        else t("It becomes {mentee}'s target only if they take it.", mentee=mentee),
    )  # fmt: skip


def digest_form(wished: DigestTime, zone: str) -> Form:
    """When the weekly summary comes."""
    days = tuple(Choice(str(number), name) for number, name in enumerate(WEEKDAYS))
    return Form(
        a.SaveDigest(),
        t("Weekly summary"),
        (
            ChoiceInput(
                "day", t("On which day"), (*days, Choice(OFF, t("Not at all"))),
                value=(str(wished.weekday) if wished.wanted else OFF,),
            ),
            TextInput("time", t("At what time"), t("Such as 09:30"), longest=5, value=f"{wished.at:%H:%M}"),
        ),
        t("Save"),
        t("In your time zone, {zone}. It holds only what your mentees show you.", zone=zone),
    )  # fmt: skip


def value_of(values: Mapping[str, Sequence[str]], name: str) -> str:
    """One entered value without the spaces around it; empty where there is none."""
    return "".join(values.get(name, ())).strip()
