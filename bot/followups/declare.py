"""What this room offers."""

from __future__ import annotations

from bot.answers.withdrawing import WITHDRAWN
from bot.base.text import t
from bot.chat.commands import Command
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    Feature,
    FollowerDeclaration,
    FormDeclaration,
    HomeSection,
    PersonalData,
    PlaceDeclaration,
)
from bot.followups import actions as a
from bot.followups import handlers, personal_data
from bot.followups.cards import follow_up_button
from bot.followups.replying import answer_withdrawn

STORY_ACTIONS = "story.actions"
"""The place on a feedback card; its subject is the answer's id."""
HOME_ORDER = 25


def feature() -> Feature:
    """Replies to follow-ups, drafted closing questions, one's own speaking pace."""
    return Feature(
        name="followups",
        commands=_commands(),
        actions=(
            ActionDeclaration(a.OpenFollowUp, "answer.change", opens=handlers.open_follow_up),
            ActionDeclaration(a.TryAgain, "answer.change", opens=handlers.try_again),
            ActionDeclaration(a.ShowReply, "feedback.see", handlers.show_reply),
            ActionDeclaration(a.ListReplies, "feedback.see", handlers.list_replies),
            ActionDeclaration(a.OpenClosingCheck, "message.score", opens=handlers.open_closing),
            ActionDeclaration(a.OpenPace, "preferences.change", opens=handlers.open_pace),
        ),
        forms=(
            FormDeclaration(a.GiveReply, "answer.change", handlers.give_reply, handlers.check_reply),
            FormDeclaration(a.CheckClosing, "message.score", handlers.check_closing, handlers.check_closing_form),
            FormDeclaration(a.SavePace, "preferences.change", handlers.save_pace, handlers.check_pace),
        ),
        places=(PlaceDeclaration(STORY_ACTIONS, follow_up_button),),
        followers=(FollowerDeclaration(WITHDRAWN, answer_withdrawn),),
        home=(HomeSection(HOME_ORDER, handlers.home),),
        personal_data=(
            PersonalData(
                "followups",
                t("Your replies to follow-ups, what I said of them, and the closing questions you drafted"),
                export=personal_data.export,
                erase=personal_data.erase,
                in_steps=True,
            ),
        ),
    )


def _commands() -> tuple[CommandDeclaration, ...]:
    closing = Command(("closing", "check"), t("Check the questions you would ask an interviewer"), (), "form")
    pace = Command(("answer", "pace"), t("Set how fast you speak"), (), "form")
    return (
        CommandDeclaration(
            Command(("answer", "follow-ups"), t("Show your replies to follow-ups, or give one")),
            "feedback.see",
            handlers.list_replies,
        ),
        CommandDeclaration(closing, "message.score", opens=handlers.open_closing),
        CommandDeclaration(pace, "preferences.change", opens=handlers.open_pace),
    )
