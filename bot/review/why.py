"""Why somebody reviews what they review, and why they were left out.

The sentences are made from what everybody may know: how many reviews there are, the person's own wishes, levels. Who
is not to be paired with whom is not among it, so they read the same with such a pair and without.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from bot.base.ids import MemberId
from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Card, Element, Paragraph
from bot.feature.context import Context
from bot.review.pool import wishes_of
from bot.review.rounds import reviews_of
from bot.review.states import OVER, UNDONE
from storage.tables.review import (
    Entry,
    EntryState,
    ReleaseReason,
    Review,
    ReviewerWish,
    ReviewProgramme,
    Round,
    RoundState,
)

_SWAPS = frozenset({ReleaseReason.SWAPPED, ReleaseReason.EXCHANGED})


class LeftOut(StrEnum):
    """Why somebody has nothing to review."""

    OUT = "out"
    PAUSED = "paused"
    NO_TIME = "no_time"
    HANDED_ON = "handed_on"
    NO_ANSWER = "no_answer"
    SHARED_OUT = "shared_out"


@dataclass(frozen=True, slots=True)
class WhyFacts:
    """What the sentences are made from; `others` is how many reviews the others have, most frequent first."""

    number: int
    mine: int
    others: int
    answers: int
    mentor: bool = False
    one_more: bool = False
    late: bool = False
    replaced: int = 0
    """How many came to this person because somebody else could not."""
    swapped: int = 0
    """How many this person asked to have in place of others."""
    exchanged: int = 0
    """How many they have in place of what somebody else asked to swap for."""
    left_out: LeftOut | None = None
    over: bool = False
    """Whether nobody can review in the round any more, for whatever reason."""


def why_card(facts: WhyFacts) -> Card:
    """The sentences on a card."""
    first, *rest = why_text(facts)
    elements: list[Element] = [Paragraph(first)]
    if rest:
        elements.append(Bullets(tuple(rest)))
    elements.append(Paragraph(t("Who reviews you nobody is told, you included."), quiet=True))
    title = (
        t("Why you reviewed what you reviewed, round {number}", number=facts.number)
        if facts.over
        else t("Why you review what you review, round {number}", number=facts.number)
    )
    return Card(title, tuple(elements))


def why_text(facts: WhyFacts) -> list[Text]:
    """One sentence for each reason; the first says how much it is."""
    if facts.left_out is not None:
        nothing = (
            t("You had nothing to review in this round.")
            if facts.over
            else t("You have nothing to review in this round.")
        )
        return [nothing, _LEFT_OUT[facts.left_out]]
    found = [_how_many(facts)]
    if facts.mentor:
        found.append(t("You review as a mentor: mentors come last, where peers are too few or a scale needs holding."))
    elif facts.one_more and facts.mine > facts.others:
        found.append(t("You said that you gladly take one more than the others."))
    else:
        found.append(_beside_others(facts))
    found.append(t("Whom you reviewed in the last rounds comes last, so that you meet new people and new stories."))
    found.append(
        t("Of the rest, those come first whose level is near yours or below, and pairs that review each other last.")
    )
    if facts.replaced:
        found.append(
            tn(
                "{count} of them came to you because somebody else had no time: it was your turn on the list.",
                "{count} of them came to you because somebody else had no time: it was your turn on the list.",
                facts.replaced,
            )
        )
    found += _swaps(facts)
    if facts.late:
        found.append(t("Your own answer came late, so you were added when the others had begun."))
    return found


def _how_many(facts: WhyFacts) -> Text:
    if facts.over:
        return tn(
            "You had {count} answer to review in this round, which is over.",
            "You had {count} answers to review in this round, which is over.",
            facts.mine,
        )
    return tn(
        "You have {count} answer to review in this round.",
        "You have {count} answers to review in this round.",
        facts.mine,
    )


def _beside_others(facts: WhyFacts) -> Text:
    if facts.mine == facts.others:
        if facts.over:
            return t("Most others had as many: reviews are shared out evenly before anything else counts.")
        return t("Most others have as many: reviews are shared out evenly before anything else counts.")
    if facts.over:
        return tn(
            "Most others had {count}; it was shared out as evenly as it went.",
            "Most others had {count}; it was shared out as evenly as it went.",
            facts.others,
        )
    return tn(
        "Most others have {count}; it is shared out as evenly as it goes.",
        "Most others have {count}; it is shared out as evenly as it goes.",
        facts.others,
    )


def _swaps(facts: WhyFacts) -> list[Text]:
    found = []
    if facts.swapped:
        found.append(
            tn(
                "{count} of them you have since you asked for another answer.",
                "{count} of them you have since you asked for other answers.",
                facts.swapped,
            )
        )
    if facts.exchanged:
        found.append(
            tn(
                "{count} you had not begun was exchanged: somebody asked for another answer.",
                "{count} you had not begun were exchanged: somebody asked for another answer.",
                facts.exchanged,
            )
        )
    return found


_LEFT_OUT = {
    LeftOut.OUT: t("You asked not to review. You can change that at any time."),
    LeftOut.PAUSED: t("You have paused reviewing, and the pause is not over."),
    LeftOut.NO_TIME: t("You set the most you review in a round to none."),
    LeftOut.HANDED_ON: t(
        "You handed your reviews on, or they were not begun by half time. In the next round you are asked again."
    ),
    LeftOut.NO_ANSWER: t("Those who answer review each other, and no answer of yours is in this round."),
    LeftOut.SHARED_OUT: t("All reviews were shared out among the others this time. There is nothing you have to do."),
}


async def why_facts(context: Context, round: Round, member: MemberId) -> WhyFacts:
    """What a round's assignment says about one person, from the reviews and their own wishes alone."""
    session = context.session
    reviews = await reviews_of(session, round)
    standing = [review for review in reviews if review.reason is None]
    load = Counter(review.reviewer_id for review in standing if review.reviewer_id is not None)
    mine = [review for review in standing if review.reviewer_id == member]
    wish = (await wishes_of(session)).get(member)
    authors = Counter(
        await session.scalars(select(Entry.author_id).where(Entry.round_id == round.id, Entry.label.is_not(None)))
    )
    others = Counter(count for reviewer, count in load.items() if reviewer != member)
    usual = min((count for count in others if others[count] == max(others.values())), default=0)
    replaced_by = {review.replaced_by for review in reviews if review.reason not in _SWAPS} - {None}
    reasons = Counter(review.reason for review in reviews if review.reviewer_id == member)
    late = await session.scalar(
        select(func.count(Entry.id)).where(Entry.round_id == round.id, Entry.author_id == member, Entry.late)
    )
    return WhyFacts(
        number=round.number,
        mine=len(mine),
        others=usual,
        answers=sum(authors.values()),
        mentor=any(review.mentor for review in mine),
        one_more=wish is not None and wish.one_more,
        late=bool(late),
        replaced=sum(review.id in replaced_by for review in mine),
        swapped=reasons[ReleaseReason.SWAPPED],
        exchanged=reasons[ReleaseReason.EXCHANGED],
        over=round.state in OVER or round.state is RoundState.CLOSING,
        left_out=None if mine else left_out(context, wish, reviews, member, answered=member in authors),
    )


def left_out(
    context: Context, wish: ReviewerWish | None, reviews: Sequence[Review], member: MemberId, *, answered: bool
) -> LeftOut:
    """Why somebody has nothing to review: their own wish first, then what they did, then that others had it all."""
    if wish is not None and wish.out:
        return LeftOut.OUT
    if wish is not None and wish.paused_until is not None and wish.paused_until > context.now:
        return LeftOut.PAUSED
    if wish is not None and wish.most == 0:
        return LeftOut.NO_TIME
    own = {ReleaseReason.DECLINED, ReleaseReason.OPTED_OUT, ReleaseReason.NOT_STARTED, ReleaseReason.LEFT}
    if any(review.reviewer_id == member and review.reason in own for review in reviews):
        return LeftOut.HANDED_ON
    return LeftOut.SHARED_OUT if answered else LeftOut.NO_ANSWER


async def round_to_explain(context: Context, channel: str | None = None) -> Round | None:
    """The newest round that was handed out: where the person reviews or answered, else that of the channel."""
    session = context.session
    mine = (
        select(Round)
        .join(Entry, Entry.round_id == Round.id)
        .outerjoin(Review, Review.entry_id == Entry.id)
        .where(
            Round.locked_at.is_not(None),
            Entry.state != EntryState.REGISTERED,
            (Entry.author_id == context.member) | ((Review.reviewer_id == context.member) & Review.state.in_(UNDONE)),
        )
        .order_by(Round.locked_at.desc())
        .limit(1)
    )
    found: Round | None = await session.scalar(mine)
    if found is not None:
        return found
    everywhere = select(Round).join(ReviewProgramme, ReviewProgramme.id == Round.programme_id)
    everywhere = everywhere.where(Round.locked_at.is_not(None)).order_by(Round.locked_at.desc()).limit(1)
    if channel is not None:
        here: Round | None = await session.scalar(everywhere.where(ReviewProgramme.conversation == channel))
        if here is not None:
            return here
    last: Round | None = await session.scalar(everywhere)
    return last
