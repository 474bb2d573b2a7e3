"""What this room offers to those who review and to the authors who read what came of it."""

from __future__ import annotations

from bot.base.text import t
from bot.chat.cards import Button
from bot.chat.commands import Command, Option
from bot.feature.declarations import (
    ActionDeclaration,
    CommandDeclaration,
    DeliveryDeclaration,
    Feature,
    FormDeclaration,
    PersonalData,
    PlaceDeclaration,
)
from bot.review import given_data, results_posts
from bot.review import own_handlers as own
from bot.review import results_deliveries as sending
from bot.review import results_handlers as results
from bot.review import reviewing_actions as a
from bot.review import reviewing_handlers as handlers
from bot.review.actions import FlagReview, OpenReview, OpenWishes, ReviewNext, SaveWishes, SwapReview

ROOM = "review"
ANSWER_ACTIONS = "answer.actions"
"""The place on an answer's feedback card; its subject is the answer's id."""
ANSWER_GIVEN = "answer.given"
"""The place on the card that says an answer is stored, before its report is opened."""


def reviewing_declarations() -> Feature:
    """Reviewing, results, practice and the board."""
    return Feature(
        name=ROOM,
        commands=_commands(),
        actions=(*_reviewing_actions(), *_results_actions(), *_own_actions()),
        forms=_forms(),
        deliveries=_deliveries(),
        places=(PlaceDeclaration(ANSWER_GIVEN, _rate_it), PlaceDeclaration(ANSWER_ACTIONS, _rate_it)),
        personal_data=(
            PersonalData(
                "reviews",
                t("Reviews you gave and got, your own ratings, and practice"),
                export=given_data.export,
                erase=given_data.erase,
                in_steps=True,
            ),
        ),
    )


def _commands() -> tuple[CommandDeclaration, ...]:
    whom = Option("member", t("With whom not; left out, you see the list"), type="member")
    prefer = Command(("round", "prefer"), t("Set how much you review, or pause it"), acknowledgement="form")
    return (
        CommandDeclaration(
            Command(("round", "rubric"), t("Show what reviewers rate")), "round.see", results.show_rubric
        ),
        CommandDeclaration(
            Command(("round", "flags"), t("Decide about reported reviews and answers")),
            "round.run",
            handlers.see_flags,
        ),
        CommandDeclaration(
            Command(("round", "export"), t("Take out the last closed round as tables")), "round.run", results.export
        ),
        CommandDeclaration(
            Command(("round", "results"), t("Show what the last round said of your answers")),
            "review.see",
            results.my_results,
        ),
        CommandDeclaration(Command(("round", "why"), t("Say why you review what you review")), "round.see", own.why_me),
        CommandDeclaration(
            Command(("round", "avoid"), t("Say with whom you are not to be paired"), (whom,)), "review.wish", own.avoid
        ),
        CommandDeclaration(prefer, "review.wish", opens=own.open_wishes),
        CommandDeclaration(Command(("round", "practice"), t("Practise rating on examples")), "round.see", own.practice),
        CommandDeclaration(
            Command(("round", "board"), t("See your answers rated by you, rules, peers and a mentor")),
            "review.see",
            own.show_board,
        ),
    )


def _reviewing_actions() -> tuple[ActionDeclaration, ...]:
    return (
        ActionDeclaration(ReviewNext, "review.give", handlers.next_review),
        ActionDeclaration(OpenReview, "review.give", handlers.open_review),
        ActionDeclaration(SwapReview, "review.give", handlers.swap_review),
        ActionDeclaration(a.SeeChanges, "review.give", handlers.see_changes),
        ActionDeclaration(a.WriteReview, "review.give", opens=handlers.write_review),
        ActionDeclaration(a.FlagAnswer, "review.give", opens=handlers.open_answer_flag),
        ActionDeclaration(FlagReview, "review.see", opens=handlers.open_review_flag),
        ActionDeclaration(a.OpenFlags, "round.run", handlers.see_flags_by_button),
        ActionDeclaration(a.UpholdReviewFlag, "round.run", handlers.uphold_review),
        ActionDeclaration(a.DismissReviewFlag, "round.run", handlers.dismiss_review),
        ActionDeclaration(a.UpholdAnswerFlag, "round.run", handlers.uphold_answer),
        ActionDeclaration(a.DismissAnswerFlag, "round.run", handlers.dismiss_answer),
    )


def _results_actions() -> tuple[ActionDeclaration, ...]:
    return (
        ActionDeclaration(a.MarkHelpful, "review.see", results.mark_helpful),
        ActionDeclaration(a.ThankReviewer, "review.see", results.thank),
        ActionDeclaration(a.AskBack, "review.see", opens=results.open_ask_back),
        ActionDeclaration(a.AnswerBack, "review.give", opens=results.open_answer_back),
        ActionDeclaration(a.OpenAppeal, "review.see", opens=results.open_appeal),
        ActionDeclaration(a.OpenOverride, "review.override", opens=results.open_override),
        ActionDeclaration(a.EditRubric, "round.change", opens=results.edit_rubric),
    )


def _own_actions() -> tuple[ActionDeclaration, ...]:
    return (
        ActionDeclaration(OpenWishes, "review.wish", opens=own.open_wishes),
        ActionDeclaration(a.LiftExclusion, "review.wish", own.lift),
        ActionDeclaration(a.ListExamples, "round.see", own.practice_by_button),
        ActionDeclaration(a.TryExample, "round.see", opens=own.try_example),
        ActionDeclaration(a.OpenSelfRating, "feedback.see", opens=own.open_self_rating),
        ActionDeclaration(a.ShowBoard, "review.see", own.board_by_button),
    )


def _forms() -> tuple[FormDeclaration, ...]:
    return (
        FormDeclaration(a.SendReview, "review.give", handlers.send_review, handlers.check_review),
        FormDeclaration(a.SendAnswerFlag, "review.give", handlers.send_answer_flag),
        FormDeclaration(a.SendReviewFlag, "review.see", handlers.send_review_flag),
        FormDeclaration(a.SendAskBack, "review.see", results.ask_back),
        FormDeclaration(a.SendAnswerBack, "review.give", results.answer_back),
        FormDeclaration(a.SendAppeal, "review.see", results.send_appeal),
        FormDeclaration(a.SendOverride, "review.override", results.send_override),
        FormDeclaration(a.SaveRubric, "round.change", results.save, results.check_rubric),
        FormDeclaration(SaveWishes, "review.wish", own.save_wishes),
        FormDeclaration(a.SendTry, "round.see", own.send_try),
        FormDeclaration(a.SendSelfRating, "feedback.see", own.send_self_rating),
    )


def _deliveries() -> tuple[DeliveryDeclaration, ...]:
    return (
        DeliveryDeclaration(
            results_posts.RESULTS, sending.prepare_results, called=t("what reviewers said of an answer")
        ),
        DeliveryDeclaration(
            results_posts.MENTOR, sending.prepare_mentor, sending.mentor_told, called=t("a score for a mentor")
        ),
        DeliveryDeclaration(results_posts.HEALTH, sending.prepare_health, called=t("how a round of reviews went")),
        DeliveryDeclaration(results_posts.APPEAL, sending.prepare_appeal, called=t("a request for another look")),
        DeliveryDeclaration(results_posts.NOTE, sending.prepare_note, called=t("a word about a review")),
    )


def _rate_it(answer: str) -> Button:
    return Button(t("Rate it yourself"), a.OpenSelfRating(answer=answer))
