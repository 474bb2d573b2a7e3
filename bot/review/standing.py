"""Where a round stands, counted from what is stored."""

from __future__ import annotations

from bot.feature.context import Context
from bot.questions.times import moment_for
from bot.review.assignment import reviews_per_answer
from bot.review.next_lock import next_lock_at
from bot.review.registering import registered
from bot.review.round_cards import Standing
from bot.review.rounds import GIVEN, collecting_round, entries_of, reviews_of
from bot.review.states import UNDONE
from storage.tables.review import EntryState, ReviewProgramme, Round

_IN_ROUND = frozenset({EntryState.LOCKED, EntryState.HIDDEN, EntryState.SUMMARISED})


async def standing_of(context: Context, programme: ReviewProgramme, round: Round) -> Standing:
    """Counts of one round; nobody can tell from them who did what."""
    session = context.session
    entries = await entries_of(session, round)
    inside = [entry for entry in entries if entry.state in _IN_ROUND]
    reviews = await reviews_of(session, round)
    shown = {entry.id for entry in inside}
    given = sum(review.state in GIVEN and review.entry_id in shown for review in reviews)
    left = sum(review.state in UNDONE and review.entry_id in shown for review in reviews)
    peers = {entry.author_id for entry in inside}
    peers |= {review.reviewer_id for review in reviews if review.reviewer_id is not None and not review.mentor}
    until = f"{moment_for(round.review_until, programme.zone)} ({programme.zone})" if round.review_until else ""
    following = await next_lock_at(context, programme)
    return Standing(
        round=round.id,
        number=round.number,
        name=programme.name,
        state=round.state,
        answers=len(inside),
        people=len(peers),
        each=reviews_per_answer(len(peers), programme.reviews_wanted),
        wanted=programme.reviews_wanted,
        given=given,
        asked=given + left,
        withdrawn=sum(entry.state is EntryState.WITHDRAWN and entry.label is not None for entry in entries),
        waiting=await registered(session, await collecting_round(context, programme)),
        until=until,
        following=f"{moment_for(following, programme.zone)} ({programme.zone})" if following else "",
        reason=round.reason,
    )
