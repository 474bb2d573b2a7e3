"""Thin handlers of what is done to a round, and of what somebody does about their own reviewing."""

from __future__ import annotations

from bot.base.errors import NotAllowed, UserFacingError
from bot.base.policy import Subject, may
from bot.base.text import t, tn
from bot.chat.events import ActionClicked, CommandInvoked
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.questions.times import moment_for
from bot.review import actions as a
from bot.review import round_cards as cards
from bot.review import task_cards
from bot.review.ending import cancel_round, reopen
from bot.review.mentors import set_mentor
from bot.review.moments import days_later
from bot.review.next_lock import put_off
from bot.review.programmes import programme_by_id, the_programme
from bot.review.registering import lock_at, register_recent
from bot.review.replacing import hand_on
from bot.review.rounds import (
    collecting_round,
    last_round,
    owed_by,
    programme_of,
    round_by_id,
    round_under_way,
)
from bot.review.shortage import shortage_of
from bot.review.standing import standing_of
from bot.review.states import TAKING_REVIEWS
from bot.review.timers import move_end
from storage.tables.review import Entry, ReleaseReason, Review, ReviewProgramme, Round, RoundState

MOST_DAYS = 14


async def now_command(context: Context, event: CommandInvoked, _options: Options) -> None:
    """Hand the answers of this channel out now."""
    await _lock_now(context, await the_programme(context.session, event.conversation))


async def now_by_button(context: Context, payload: a.LockNow, _event: ActionClicked) -> None:
    """The same by a button."""
    await _lock_now(context, await programme_by_id(context.session, payload.programme))


async def _lock_now(context: Context, programme: ReviewProgramme) -> None:
    if programme.paused:
        raise UserFacingError(t("These rounds are paused. Let them go on first."))
    under_way = await round_under_way(context.session, programme)
    if under_way is not None:
        raise UserFacingError(
            t("Round {number} is still under way. The next begins when it is closed.", number=under_way.number)
        )
    round = await collecting_round(context, programme)
    waiting = await register_recent(context, programme)
    if waiting == 0:
        raise UserFacingError(t("No answer waits to be reviewed, so there is nothing to hand out."))
    await lock_at(context, programme, round, context.now, once="now")
    context.reply(
        cards.said_card(tn("{count} answer is being handed out.", "{count} answers are being handed out.", waiting))
    )


async def status(context: Context, event: CommandInvoked, _options: Options) -> None:
    """Where the round of this channel stands."""
    programme = await the_programme(context.session, event.conversation)
    await _reply_status(context, programme, await _shown(context, programme))


async def status_by_button(context: Context, payload: a.RoundStatus, _event: ActionClicked) -> None:
    """Where a round stands."""
    round = await round_by_id(context.session, payload.round)
    await _reply_status(context, await programme_of(context.session, round), round)


async def _shown(context: Context, programme: ReviewProgramme) -> Round:
    """The round under way, else the one that was closed last, else the one that takes answers."""
    session = context.session
    round = await round_under_way(session, programme) or await last_round(session, programme)
    return round or await collecting_round(context, programme)


async def _reply_status(context: Context, programme: ReviewProgramme, round: Round) -> None:
    mine = len(await owed_by(context.session, round, context.member)) if round.state in TAKING_REVIEWS else 0
    runs_it = may(context.acting, "round.run", Subject(context.workspace))
    shortage = await shortage_of(context, programme, await _open_round(context, programme)) if runs_it else None
    context.reply(cards.status_card(await standing_of(context, programme, round, alone=True), mine, shortage))


async def _open_round(context: Context, programme: ReviewProgramme) -> Round:
    return await round_under_way(context.session, programme) or await collecting_round(context, programme)


async def extend(context: Context, event: CommandInvoked, options: Options) -> None:
    """Give the reviewers of the round under way some days more; where none is, those who have still to answer."""
    days = int(options["days"])
    if not 1 <= days <= MOST_DAYS:
        raise UserFacingError(t("A round can be extended by 1 to {most} days.", most=MOST_DAYS))
    programme = await the_programme(context.session, event.conversation)
    round = await round_under_way(context.session, programme)
    if round is None:
        zone = programme.zone
        until = moment_for(await put_off(context, programme, days), zone, context.language)
        said = t("Answers are taken until {until} ({zone}), then they go to reviewers.", until=until, zone=zone)
        context.reply(cards.said_card(said))
        return
    if round.state is not RoundState.REVIEWING or round.review_until is None:
        raise UserFacingError(t("The time for reviewing is over in this round, so it cannot be extended any more."))
    await move_end(context, round, days_later(round.review_until, programme.zone, days), "extended by a moderator")
    await _reply_status(context, programme, round)


async def cancel(context: Context, event: CommandInvoked, options: Options) -> None:
    """End the round under way without results."""
    programme = await the_programme(context.session, event.conversation)
    round = await round_under_way(context.session, programme)
    if round is None:
        raise UserFacingError(t("No round is under way in this channel, so there is nothing to cancel."))
    await cancel_round(context, round, str(options.get("reason", "")) or None)
    context.reply(cards.said_card(t("Round {number} is cancelled. Nobody owes a review of it.", number=round.number)))


async def reopen_last(context: Context, event: CommandInvoked, options: Options) -> None:
    """Compute the last round's results anew, with a reason that is kept."""
    programme = await the_programme(context.session, event.conversation)
    round = await last_round(context.session, programme)
    if round is None:
        raise UserFacingError(t("No round of this channel was closed yet."))
    await reopen(context, round, str(options["reason"]))
    context.reply(cards.said_card(t("The results of round {number} are computed anew.", number=round.number)))


async def decline(context: Context, payload: a.DeclineReview, _event: ActionClicked) -> None:
    """Hand one review on: no question asked, nothing held against anybody."""
    review = await context.session.get(Review, payload.review)
    if review is None or review.reviewer_id is None:
        raise NotAllowed(t("This review is not there any more."))
    context.require("review.give", Subject(context.workspace, owner=review.reviewer_id))
    entry = await context.session.get_one(Entry, review.entry_id)
    round = await round_by_id(context.session, entry.round_id)
    handed_on = await hand_on(context, round, context.member, ReleaseReason.DECLINED, only=review)
    context.reply(task_cards.declined_card(bool(handed_on)))


async def opt_out(context: Context, payload: a.OptOut, _event: ActionClicked) -> None:
    """Take the actor out of the reviewing of a round."""
    round = await round_by_id(context.session, payload.round)
    count = await hand_on(context, round, context.member, ReleaseReason.OPTED_OUT)
    context.reply(task_cards.out_card(count))


async def mentor(context: Context, _event: CommandInvoked, options: Options) -> None:
    """Make somebody a mentor of rounds."""
    context.reply(await set_mentor(context, str(options["member"]), int(options["reviews"])))
