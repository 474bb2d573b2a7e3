"""How a round ends: closed with what came in, cancelled, or closed once more with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.feature.context import Context
from bot.review import posts
from bot.review.aggregation import Adjusted
from bot.review.closing import end_reviewing, tell_results_of
from bot.review.registering import lock_if_enough
from bot.review.replacing import release
from bot.review.rounds import UNDER_WAY, programme_of, reviews_of
from bot.review.states import UNDONE
from bot.review.steps import step_round
from storage.tables.review import ReleaseReason, Round, RoundState


async def close(context: Context, round: Round) -> None:
    """End the reviewing: nothing more is owed, what was handed in counts, and results are on their way."""
    if await step_round(context, round, RoundState.CLOSING):
        await _end_reviewing(context, round)


async def _end_reviewing(context: Context, round: Round) -> None:
    await end_reviewing(context, round)
    await posts.sum_up_later(context, round)


async def finish(context: Context, round: Round, adjusted: Mapping[str, Adjusted]) -> None:
    """Close a round whose adjusted scores are learned: authors get their results together."""
    await tell_results_of(context, round, adjusted)
    await step_round(context, round, RoundState.CLOSED, closed_at=context.now)
    programme = await programme_of(context.session, round)
    await posts.renew_hub(context, programme, round)
    await lock_if_enough(context, programme)


async def reopen(context: Context, round: Round, reason: str) -> None:
    """Compute a closed round's results anew, as after an override; `UserFacingError` for one that is not closed."""
    if round.state is not RoundState.CLOSED:
        raise UserFacingError(t("Only a closed round can be opened again."))
    if not reason.strip():
        raise UserFacingError(t("Say why the round is opened again. Its reviewers and authors may ask."))
    if await step_round(context, round, RoundState.CLOSING, reason=reason.strip()):
        await _end_reviewing(context, round)


async def cancel_round(context: Context, round: Round, reason: str | None) -> None:
    """End a round without results: nobody owes anything any more. What was handed in is kept and shown to nobody."""
    if round.state not in {*UNDER_WAY, RoundState.PAUSED}:
        raise UserFacingError(t("This round is not under way, so there is nothing to cancel."))
    if not await step_round(context, round, RoundState.CANCELLED, reason=reason):
        return
    for review in await reviews_of(context.session, round):
        if review.state in UNDONE:
            await release(context, review, ReleaseReason.NOT_FINISHED)
    programme = await programme_of(context.session, round)
    await posts.renew_hub(context, programme, round)
    await lock_if_enough(context, programme)
