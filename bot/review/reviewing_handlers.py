"""Thin handlers of reviewing: reading an answer, writing a review, reporting, and what moderators decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.answers.advice import finding_names
from bot.base.text import Text, t
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.chat.values import text_of
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.identity import name_of, zone_of
from bot.questions.times import moment_for
from bot.review import flag_cards, flags, reading_cards, review_forms, reviewing, swapping
from bot.review import reviewing_actions as a
from bot.review.actions import FlagReview, OpenReview, ReviewNext, SwapReview
from bot.review.freezing import changes, later_text
from bot.review.given import read_said, said_in
from bot.review.reading_cards import Beside, Reading
from bot.review.records import Found, own_review, report_on
from bot.review.rounds import entries_of, round_by_id
from bot.review.rubric import criteria_of
from bot.review.states import TAKING_REVIEWS, UNDONE
from storage.tables.review import Review, RoundState


async def next_review(context: Context, payload: ReviewNext, _event: ActionClicked) -> None:
    """The next answer that the presser owes a review of."""
    round = await round_by_id(context.session, payload.round)
    review = await reviewing.next_review(context, round)
    if review is None:
        context.reply(reading_cards.nothing_left_card())
        return
    await _reply_reading(context, review.id)


async def open_review(context: Context, payload: OpenReview, _event: ActionClicked) -> None:
    """One answer to review."""
    await _reply_reading(context, payload.review)


async def _reply_reading(context: Context, review_id: str) -> None:
    found = await reviewing.open_review(context, review_id)
    context.reply(reading_cards.reading_card(await _reading(context, found)))


async def _reading(context: Context, found: Found) -> Reading:
    review, entry, round = found.review, found.entry, found.round
    until = round.closes_at if round.state is RoundState.GRACE else round.review_until
    zone = await zone_of(context.session, context.member)
    authors = {each.author_id for each in await entries_of(context.session, round) if each.label}
    return Reading(
        review=review.id,
        round=round.id,
        label=entry.label or "",
        question=entry.question,
        text=entry.text,
        until=moment_for(until, zone, context.language) if until is not None else "",
        author=None if entry.private else await name_of(context.session, entry.author_id),
        pair=authors == {entry.author_id, context.member},
        changed=await later_text(context.session, entry) is not None,
        written=review.submitted_at is not None,
        may_write=reviewing.may_be_written(review),
        closed=round.state not in TAKING_REVIEWS | {RoundState.PAUSED},
        may_hand_on=review.state in UNDONE,
        may_swap=review.state in UNDONE and round.state is RoundState.REVIEWING,
    )


async def swap_review(context: Context, payload: SwapReview, _event: ActionClicked) -> None:
    """Another answer in place of one; where there is none, what can be done with it."""
    swapped = await swapping.swap(context, payload.review)
    if isinstance(swapped, swapping.Refused):
        context.reply(reading_cards.not_swapped_card(payload.review, swapped))
        return
    reading = await _reading(context, await reviewing.open_review(context, swapped.id))
    context.reply(reading_cards.reading_card(replace(reading, swapped=True)))


async def see_changes(context: Context, payload: a.SeeChanges, _event: ActionClicked) -> None:
    """What the author changed since."""
    found = await reviewing.open_review(context, payload.review)
    new = await later_text(context.session, found.entry)
    if new is None:
        await _reply_reading(context, payload.review)
        return
    places = changes(found.entry.text, new)
    context.reply(reading_cards.changes_card(found.review.id, found.entry.label or "", new, places))


async def write_review(context: Context, payload: a.WriteReview) -> Form:
    """The form of a review, filled with what it says already."""
    found = await own_review(context, payload.review)
    criteria = criteria_of(found.round, context.content)
    return review_forms.review_form(found.review, found.entry, criteria, said_in(found.review), context.language)


def check_review(payload: a.SendReview, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with a submitted review as far as its words alone tell."""
    return review_forms.check_review(payload, event.values)


async def send_review(context: Context, payload: a.SendReview, event: FormSubmitted) -> None:
    """A review came in: stored, then shown beside what the rules said."""
    found = await own_review(context, payload.review)
    criteria = criteria_of(found.round, context.content)
    said = read_said(event.values, criteria)
    outcome = await reviewing.submit(context, payload.review, said)
    beside = Beside(
        label=found.entry.label or "",
        said=said,
        criteria=criteria,
        report=await report_on(context.session, found.entry),
        names=finding_names(context.content, context.language),
        left=await reviewing.left_to_do(context, found.round, context.member),
        round=found.round.id,
    )
    context.reply(reading_cards.handed_in_card(outcome, beside, context.language))


async def open_answer_flag(context: Context, payload: a.FlagAnswer) -> Form:
    """Asks what is wrong with an answer."""
    found = await own_review(context, payload.review)
    return review_forms.flag_form(a.SendAnswerFlag(review=found.review.id), t("Report this answer"))


async def send_answer_flag(context: Context, payload: a.SendAnswerFlag, event: FormSubmitted) -> None:
    """An answer was reported."""
    await flags.flag_answer(context, payload.review, text_of(event.values, "reason"))
    context.reply(flag_cards.reported_card())


async def open_review_flag(context: Context, payload: FlagReview) -> Form:
    """Asks what is wrong with a review."""
    found = await flags.flaggable(context, payload.review)
    return review_forms.flag_form(a.SendReviewFlag(review=found.review.id), t("Report this review"))


async def send_review_flag(context: Context, payload: a.SendReviewFlag, event: FormSubmitted) -> None:
    """A review was reported."""
    await flags.flag_review(context, payload.review, text_of(event.values, "reason"))
    context.reply(flag_cards.reported_card())


async def see_flags(context: Context, _event: CommandInvoked | ActionClicked, _options: Options | a.OpenFlags) -> None:
    """What waits for a moderator's decision."""
    found = await flags.waiting(context)
    reviews = [
        flag_cards.ReportedReview(review.id, entry.label or "", _words(review), review.flag_reason or "")
        for review, entry in found.reviews
    ]
    answers = [
        flag_cards.ReportedAnswer(entry.id, entry.label or "", entry.text, entry.flag_reason or "")
        for entry in found.answers
    ]
    context.reply(flag_cards.queue_card(reviews, answers))


async def see_flags_by_button(context: Context, payload: a.OpenFlags, event: ActionClicked) -> None:
    """The same by a button."""
    await see_flags(context, event, payload)


def _words(review: Review) -> tuple[str, ...]:
    return (review.worked, review.change, review.follow_up)


async def uphold_review(context: Context, payload: a.UpholdReviewFlag, _event: ActionClicked) -> None:
    """A reported review is taken out."""
    await flags.decide_review(context, payload.review, uphold=True)
    context.reply(flag_cards.decided_card(uphold=True))


async def dismiss_review(context: Context, payload: a.DismissReviewFlag, _event: ActionClicked) -> None:
    """A reported review stands."""
    await flags.decide_review(context, payload.review, uphold=False)
    context.reply(flag_cards.decided_card(uphold=False))


async def uphold_answer(context: Context, payload: a.UpholdAnswerFlag, _event: ActionClicked) -> None:
    """A reported answer is taken out."""
    await flags.decide_answer(context, payload.entry, uphold=True)
    context.reply(flag_cards.decided_card(uphold=True))


async def dismiss_answer(context: Context, payload: a.DismissAnswerFlag, _event: ActionClicked) -> None:
    """A reported answer stands."""
    await flags.decide_answer(context, payload.entry, uphold=False)
    context.reply(flag_cards.decided_card(uphold=False))
