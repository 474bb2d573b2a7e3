"""The forms of this room."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.text import Text, t
from bot.chat.cards import Choice
from bot.chat.forms import ChoiceInput, Form, TextInput
from bot.followups.actions import CheckClosing, GiveReply, SavePace
from bot.scoring.followups import FOLLOW_UP_KINDS, FollowUpKind
from bot.scoring.followups.pace import FASTEST, SLOWEST

REPLY = "reply"
QUESTIONS = "questions"
PACE, SECONDS = "pace", "seconds"
LONGEST = 3000
FOLLOW_UPS: Mapping[FollowUpKind, Text] = {
    "differently": t("What would you do differently?"),
    "measured": t("How did you measure it?"),
    "hardest": t("What was the hardest part?"),
    "facts": t("The basic facts: users, cost, team, duration"),
}
"""What each follow-up is called."""


def reply_form(revision: str, kind: FollowUpKind, text: str = "") -> Form:
    """The form for a reply to a follow-up, with this question chosen and these words in it."""
    return Form(
        GiveReply(revision=revision),
        t("Practise a follow-up"),
        (
            ChoiceInput(
                "kind",
                t("The question"),
                tuple(Choice(each, FOLLOW_UPS[each]) for each in FOLLOW_UP_KINDS),
                value=(kind,),
            ),
            TextInput(
                REPLY,
                t("Your reply"),
                t("Two to five sentences, as you would say them. “About” is enough for a figure."),
                multiline=True,
                longest=LONGEST,
                value=text,
            ),
        ),
        t("See what it shows"),
        t("Only you see the reply and what I say of it."),
    )


def closing_form(text: str = "") -> Form:
    """The form for questions to the interviewer, with those drafted before."""
    return Form(
        CheckClosing(),
        t("Your closing questions"),
        (
            TextInput(
                QUESTIONS,
                t("What you would ask the interviewer"),
                t("One question a line, three to five of them."),
                multiline=True,
                longest=LONGEST,
                value=text,
            ),
        ),
        t("Check them"),
        t("Only you see them. They stay here until you change them."),
    )


def pace_form(pace: int) -> Form:
    """The form of one's own speaking pace; 0 is none."""
    return Form(
        SavePace(),
        t("Your speaking pace"),
        (
            TextInput(
                PACE,
                t("Words a minute"),
                t("From {slowest} to {fastest}. Leave it empty to go by 150.", slowest=SLOWEST, fastest=FASTEST),
                required=False,
                longest=3,
                value=str(pace) if pace else "",
            ),
            TextInput(
                SECONDS,
                t("Or: how many seconds your latest answer took"),
                t("Tell it aloud and look at the clock. I work out the pace from it."),
                required=False,
                longest=4,
            ),
        ),
        t("Save"),
        t("The times beside your feedback go by it. The feedback itself does not."),
    )
