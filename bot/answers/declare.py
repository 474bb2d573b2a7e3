"""What this room offers."""

from __future__ import annotations

from bot.answers import actions as a
from bot.answers import (
    collecting,
    early,
    feedback,
    handlers,
    missed,
    notes,
    personal_data,
    replies,
    revising,
    setup,
    sharing,
    withdrawing,
)
from bot.answers import feedback_handlers as about_feedback
from bot.answers import moderation_handlers as moderating
from bot.base.text import t
from bot.chat.cards import Button
from bot.chat.commands import Command, Option
from bot.chat.events import MessageDeleted, MessageEdited, MessagePosted, RepliesMissed
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    FormDeclaration,
    HomeSection,
    ListenerDeclaration,
    PersonalData,
    PlaceDeclaration,
)

QUESTION_ACTIONS = "question.actions"
"""The place on a question's card; its subject is the slot's id."""
MORE_ABOUT_QUESTION = "question.more"
"""The place behind the card's "More"."""
HOME_ORDER = 20
MODERATION_ORDER = 80


def feature() -> Feature:
    """Answers: collected, scored, revised, shared, disputed, moderated."""
    return Feature(
        name="answers",
        commands=_commands(),
        actions=(*_own_actions(), *_feedback_actions(), *_moderation_actions()),
        forms=(
            FormDeclaration(a.GivePrivately, "answer.give", handlers.give_privately, handlers.check_text),
            FormDeclaration(a.ScoreText, "message.score", handlers.score_text, handlers.check_text),
            FormDeclaration(a.SaveAnswerSettings, "settings.change", setup.save),
            FormDeclaration(a.FileDispute, "feedback.dispute", about_feedback.file_dispute),
        ),
        listeners=(
            ListenerDeclaration(MessagePosted, handlers.posted),
            ListenerDeclaration(MessageEdited, handlers.edited),
            ListenerDeclaration(MessageDeleted, handlers.deleted),
            ListenerDeclaration(RepliesMissed, missed.replies_missed),
        ),
        deliveries=_deliveries(),
        places=(
            PlaceDeclaration(QUESTION_ACTIONS, _answer_privately),
            PlaceDeclaration(MORE_ABOUT_QUESTION, _my_feedback),
            PlaceDeclaration(MORE_ABOUT_QUESTION, _others),
        ),
        home=(HomeSection(HOME_ORDER, handlers.home), HomeSection(MODERATION_ORDER, moderating.home)),
        personal_data=(
            PersonalData(
                "answers",
                t("Your answers, their scores and feedback, and what you disagreed with"),
                export=personal_data.export,
                erase=personal_data.erase,
                in_steps=True,
            ),
        ),
    )


def _commands() -> tuple[CommandDeclaration, ...]:
    text = Option("text", t("The text to score"))
    channel = Option("channel", t("Only for this channel"), type="channel")
    set_up = Command(("setup", "answers"), t("Decide where feedback appears"), (channel,), acknowledgement="form")
    member = Option("member", t("Who"), type="member", required=True)
    score = Command(("answer", "score"), t("Score any text of your own"), (text,), acknowledgement="form")
    return (
        CommandDeclaration(
            Command(("answer", "private"), t("Answer a question privately, by form")),
            "answer.give",
            handlers.private_command,
        ),
        CommandDeclaration(score, "message.score", opens=handlers.open_score_command),
        CommandDeclaration(set_up, "settings.change", opens=setup.open_by_command),
        CommandDeclaration(
            Command(("answer", "done"), t("Have your answer scored now, without waiting")),
            "answer.change",
            handlers.finish_all,
        ),
        CommandDeclaration(
            Command(("answer", "list"), t("Show your answers and their feedback")),
            "feedback.see",
            handlers.list_answers,
        ),
        CommandDeclaration(
            Command(("moderate", "overview"), t("Show threads, blocked members and the log")),
            "moderation.see",
            moderating.overview,
        ),
        CommandDeclaration(
            Command(("moderate", "block"), t("Block a member from taking part"), (member,)),
            "member.block",
            moderating.block_command,
        ),
        CommandDeclaration(
            Command(("moderate", "unblock"), t("Let a blocked member take part again"), (member,)),
            "member.block",
            moderating.unblock_command,
        ),
    )


def _own_actions() -> tuple[ActionDeclaration, ...]:
    return (
        ActionDeclaration(a.FinishAnswer, "answer.change", handlers.finish),
        ActionDeclaration(a.ScoreReply, "message.score", handlers.score_reply),
        ActionDeclaration(a.LeaveReply, "message.score", handlers.leave_reply),
        ActionDeclaration(a.ChooseQuestion, "message.score", handlers.choose_question),
        ActionDeclaration(
            a.ScoreMessage,
            "message.score",
            handlers.score_message,
            on_messages=t("Score this"),
            own_messages=True,
        ),
        ActionDeclaration(a.OpenScoreText, "message.score", opens=handlers.open_score_text),
        ActionDeclaration(a.OpenPrivateForm, "answer.give", opens=handlers.open_private),
        ActionDeclaration(a.OpenRevision, "answer.change", opens=handlers.open_revision),
        ActionDeclaration(a.ManageAnswer, "answer.change", handlers.manage),
        ActionDeclaration(a.SetVisibility, "answer.change", handlers.set_visibility),
        ActionDeclaration(a.AskToShare, "answer.share", handlers.ask_to_share),
        ActionDeclaration(a.ShareAnswer, "answer.share", handlers.share),
        ActionDeclaration(a.AskToWithdraw, "answer.withdraw", handlers.ask_to_withdraw),
        ActionDeclaration(a.WithdrawAnswer, "answer.withdraw", handlers.withdraw_answer),
        ActionDeclaration(a.MyAnswers, "feedback.see", handlers.list_by_button),
        ActionDeclaration(a.LookOverAnswers, "feedback.see", about_feedback.look_over_answers),
        ActionDeclaration(a.ShowMeant, "feedback.see", about_feedback.show_meant),
    )


def _feedback_actions() -> tuple[ActionDeclaration, ...]:
    return (
        ActionDeclaration(a.ShowFeedback, "feedback.see", about_feedback.show_feedback),
        ActionDeclaration(a.MyFeedback, "feedback.see", about_feedback.my_feedback),
        ActionDeclaration(a.ShowDetail, "feedback.see", about_feedback.show_detail),
        ActionDeclaration(a.ShowExample, "feedback.see", about_feedback.show_example),
        ActionDeclaration(a.ShowExpressions, "feedback.see", about_feedback.show_expressions),
        ActionDeclaration(a.ShowSkeleton, "feedback.see", about_feedback.show_skeleton),
        ActionDeclaration(a.OpenDispute, "feedback.dispute", opens=about_feedback.open_dispute),
        ActionDeclaration(a.SeeOthers, "answer.see", about_feedback.see_others),
        ActionDeclaration(a.ReadAnswer, "answer.see", about_feedback.read_answer),
    )


def _moderation_actions() -> tuple[ActionDeclaration, ...]:
    return (
        ActionDeclaration(a.HideAnswer, "post.hide", moderating.hide),
        ActionDeclaration(a.HideMessage, "post.hide", moderating.hide_message, on_messages=t("Hide this answer")),
        ActionDeclaration(a.ShowAnswerAgain, "post.hide", moderating.show_again),
        ActionDeclaration(a.ModerateThread, "thread.close", moderating.thread),
        ActionDeclaration(a.CloseThread, "thread.close", moderating.close_thread),
        ActionDeclaration(a.ReopenThread, "thread.close", moderating.reopen_thread),
        ActionDeclaration(a.BlockMember, "member.block", moderating.block),
        ActionDeclaration(a.UnblockMember, "member.block", moderating.unblock),
        ActionDeclaration(a.OpenAnswerSettings, "settings.change", opens=setup.open_by_button),
        ActionDeclaration(a.OpenModeration, "moderation.see", moderating.overview_by_button),
    )


def _deliveries() -> tuple[DeliveryDeclaration, ...]:
    return (
        DeliveryDeclaration(collecting.CLOSE, revising.prepare_closing),
        DeliveryDeclaration(collecting.ASK, notes.prepare_ask),
        DeliveryDeclaration(notes.NOTE, notes.prepare_note, called=t("a note about an answer")),
        DeliveryDeclaration(missed.MISSED, missed.prepare_missed, called=t("a note that replies may be missing")),
        DeliveryDeclaration(replies.FORGET, handlers.prepare_forgetting),
        DeliveryDeclaration(early.FORGET_EARLY, early.forget_early_changes),
        DeliveryDeclaration(
            revising.FEEDBACK, feedback.prepare_feedback, feedback.feedback_sent, called=t("feedback on an answer")
        ),
        DeliveryDeclaration(revising.COPY, feedback.prepare_copy),
        DeliveryDeclaration(
            sharing.SHARE, sharing.prepare_share, sharing.share_sent, called=t("an answer that its author shared")
        ),
        DeliveryDeclaration(withdrawing.REMOVE, withdrawing.prepare_removal),
    )


def _answer_privately(slot: str) -> Button:
    return Button(t("Answer privately"), a.OpenPrivateForm(slot=slot), style="primary")


def _my_feedback(slot: str) -> Button:
    return Button(t("My feedback"), a.MyFeedback(slot=slot))


def _others(slot: str) -> Button:
    return Button(t("Others' answers"), a.SeeOthers(slot=slot))
