"""Where a round stands, counted from what is stored."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from bot.feature.context import Context
from bot.members.identity import zone_of
from bot.questions.times import moment_for
from bot.review.assignment import reviews_per_answer
from bot.review.next_lock import next_lock_at
from bot.review.registering import registered
from bot.review.round_cards import Standing
from bot.review.rounds import GIVEN, collecting_round, entries_of, reviews_of
from bot.review.states import UNDONE
from storage.tables.review import EntryState, ReviewProgramme, Round

_IN_ROUND = frozenset({EntryState.LOCKED, EntryState.HIDDEN, EntryState.SUMMARISED})


async def standing_of(context: Context, programme: ReviewProgramme, round: Round, *, alone: bool = False) -> Standing:
    """Counts of one round; nobody can tell from them who did what.

    Where whoever asks reads it `alone`, moments are by their own clock; else by the programme's, whose zone is named.
    """
    session = context.session
    entries = await entries_of(session, round)
    inside = [entry for entry in entries if entry.state in _IN_ROUND]
    reviews = await reviews_of(session, round)
    shown = {entry.id for entry in inside}
    given = sum(review.state in GIVEN and review.entry_id in shown for review in reviews)
    left = sum(review.state in UNDONE and review.entry_id in shown for review in reviews)
    coverage = Counter(review.entry_id for review in reviews if review.state in GIVEN | UNDONE)
    found = [coverage[entry.id] for entry in inside]
    peers = {entry.author_id for entry in inside}
    peers |= {review.reviewer_id for review in reviews if review.reviewer_id is not None and not review.mentor}
    zone = await zone_of(session, context.member) if alone else programme.zone

    def read(moment: datetime | None) -> str:
        if moment is None:
            return ""
        return moment_for(moment, zone, context.language) if alone else f"{moment_for(moment, zone)} ({zone})"

    return Standing(
        round=round.id,
        number=round.number,
        name=programme.name,
        state=round.state,
        answers=len(inside),
        people=len(peers),
        each=reviews_per_answer(len(peers), programme.reviews_wanted),
        fewest=min(found, default=0),
        most=max(found, default=0),
        wanted=programme.reviews_wanted,
        given=given,
        asked=given + left,
        withdrawn=sum(entry.state is EntryState.WITHDRAWN and entry.label is not None for entry in entries),
        waiting=await registered(session, await collecting_round(context, programme)),
        until=read(round.review_until),
        following=read(await next_lock_at(context, programme)),
        reason=round.reason,
    )
