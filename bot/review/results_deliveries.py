"""How deliveries about results become posts: what holds when they are sent, not when they were enqueued."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from bot.base.ids import MemberId
from bot.base.policy import Actor, may
from bot.chat.cards import Card
from bot.chat.platform import Receipt
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Outcome, Send, Skip
from bot.members.identity import language_of, name_of
from bot.review import flag_cards, result_cards
from bot.review.appeals import may_appeal
from bot.review.given import said_in
from bot.review.records import as_subject, last_override, shown_reviews
from bot.review.result_cards import Health, ResultShown, ReviewShown
from bot.review.results import Tier, read_result
from bot.review.results_posts import SEEN_BY_MENTOR, Note
from bot.review.rounds import programme_of
from bot.review.rubric import criteria_of
from storage.tables.outbox import Delivery
from storage.tables.people import Member, MemberState
from storage.tables.review import (
    Entry,
    EntryState,
    ReleaseReason,
    Review,
    ReviewAppeal,
    ReviewOverride,
    ReviewState,
    Round,
)

GONE = "what it was about is gone"


async def prepare_results(context: Context, delivery: Delivery) -> Outcome:
    """All that a round says to an author."""
    round = await context.session.get(Round, delivery.subject_id)
    if round is None or delivery.member_id is None or not await _is_here(context, delivery.member_id):
        return Skip(GONE)
    card = await results_of(context, round, delivery.member_id)
    return Send(ToMember(delivery.member_id, asked_for=True), card) if card is not None else Skip(GONE)


async def results_of(context: Context, round: Round, author: MemberId) -> Card | None:
    """The card with what a round says to this author; None where it says nothing."""
    language = await language_of(context.session, author)
    entries = await context.session.scalars(
        select(Entry).where(Entry.round_id == round.id, Entry.author_id == author).order_by(Entry.label)
    )
    shown = [found for entry in entries if (found := await _shown(context, round, entry, language)) is not None]
    return result_cards.results_card(round.number, shown) if shown else None


async def _shown(context: Context, round: Round, entry: Entry, language: str) -> ResultShown | None:
    if entry.label is None:
        return None
    session = context.session
    reviews = await shown_reviews(session, entry)
    result = read_result(entry) if entry.state is EntryState.SUMMARISED else None
    hidden = entry.state is EntryState.HIDDEN
    if result is None and not hidden and not reviews:
        return None
    mentor = await last_override(session, entry)
    flagged = await session.scalar(
        select(func.count(Review.id)).where(Review.entry_id == entry.id, Review.state == ReviewState.FLAGGED)
    )
    means = result.means if result is not None else {}
    return ResultShown(
        entry=entry.id,
        label=entry.label,
        question=entry.question,
        result=result,
        means=tuple(
            (criterion.name.in_language(language), means[criterion.id])
            for criterion in criteria_of(round, context.content)
            if criterion.id in means
        ),
        reviews=tuple(_review(review) for review in reviews),
        under_check=flagged or 0,
        hidden=hidden,
        owed=entry.owed,
        override=(mentor.value, mentor.reason) if mentor is not None else None,
        may_appeal=await may_appeal(context, entry, round),
    )


def _review(review: Review) -> ReviewShown:
    said = said_in(review)
    return ReviewShown(
        review.id,
        said.worked,
        said.change,
        said.level,
        said.follow_up,
        late=review.state is ReviewState.LATE,
        helpful=review.helpful,
        thanked=review.thanked,
        asked_back=review.asked_back,
        answered_back=review.answered_back,
    )


async def prepare_mentor(context: Context, delivery: Delivery) -> Outcome:
    """The adjusted score for a mentor, if the author still lets mentors see the answer."""
    entry = await context.session.get(Entry, delivery.subject_id)
    result = read_result(entry) if entry is not None else None
    if entry is None or result is None or delivery.member_id is None or entry.state is not EntryState.SUMMARISED:
        return Skip(GONE)
    actor = Actor(context.workspace, delivery.member_id)
    if not may(actor, "review.override", await as_subject(context.session, entry)):
        return Skip("the author does not let mentors see it any more")
    round = await context.session.get_one(Round, entry.round_id)
    shown = await _shown(context, round, entry, await language_of(context.session, delivery.member_id))
    if shown is None:
        return Skip(GONE)
    name = await name_of(context.session, entry.author_id)
    card = result_cards.mentor_card(name, entry.text, shown, result)
    return Send(ToMember(delivery.member_id), card)


async def mentor_told(context: Context, delivery: Delivery, _receipts: Sequence[Receipt]) -> None:
    """Let the other rooms know that a mentor was shown what reviewers found."""
    await context.tell(SEEN_BY_MENTOR, delivery.id)


async def prepare_health(context: Context, delivery: Delivery) -> Outcome:
    """How a round went: counts for admins, and results by label for moderators."""
    round = await context.session.get(Round, delivery.subject_id)
    member = await context.session.get(Member, delivery.member_id) if delivery.member_id is not None else None
    if round is None or member is None:
        return Skip(GONE)
    health = await health_of(context, round, moderates="moderator" in member.roles)
    return Send(ToMember(MemberId(member.id)), result_cards.health_card(health))


async def health_of(context: Context, round: Round, *, moderates: bool) -> Health:
    """A round in counts; with labels and adjusted scores for those who moderate it."""
    session = context.session
    entries = (await session.scalars(select(Entry).where(Entry.round_id == round.id).order_by(Entry.label))).all()
    reviews = (
        await session.scalars(select(Review).join(Entry, Entry.id == Review.entry_id).where(Entry.round_id == round.id))
    ).all()
    found = [
        (entry.label or "", result)
        for entry in entries
        if entry.state is EntryState.SUMMARISED and (result := read_result(entry)) is not None
    ]

    def tier(name: Tier) -> int:
        return sum(result.tier == name for _, result in found)

    def in_state(state: ReviewState) -> int:
        return sum(review.state is state for review in reviews)

    return Health(
        number=round.number,
        name=(await programme_of(session, round)).name,
        answers=len(found),
        full=tier("full"),
        partial=tier("partial"),
        none=tier("none"),
        given=in_state(ReviewState.COUNTED),
        late=in_state(ReviewState.LATE),
        unfinished=sum(
            review.state is ReviewState.RELEASED and review.reason is ReleaseReason.NOT_FINISHED for review in reviews
        ),
        reported=in_state(ReviewState.FLAGGED) + sum(entry.flag_reason is not None for entry in entries),
        apart=tuple(label for label, result in found if result.apart) if moderates else (),
        by_label=tuple(found) if moderates else (),
    )


async def prepare_appeal(context: Context, delivery: Delivery) -> Outcome:
    """An answer for a mentor to rate anew, without what was found before."""
    entry = await context.session.get(Entry, delivery.subject_id)
    asked = await context.session.scalar(select(ReviewAppeal).where(ReviewAppeal.entry_id == delivery.subject_id))
    if entry is None or not entry.text or asked is None or asked.answered_at is not None:
        return Skip(GONE)
    if delivery.member_id is None or asked.mentor_id != delivery.member_id:
        return Skip("somebody else was asked")
    card = result_cards.appeal_card(entry.id, entry.label or "", entry.question, entry.text)
    return Send(ToMember(delivery.member_id), card)


async def prepare_note(context: Context, delivery: Delivery) -> Outcome:
    """One private sentence about a review or an answer."""
    if delivery.member_id is None or not await _is_here(context, delivery.member_id):
        return Skip(GONE)
    card = await _note(context, delivery)
    if card is None:
        return Skip(GONE)
    asked_for = delivery.payload["note"] in ("asked", "answered", "flag_upheld", "flag_dismissed")
    return Send(ToMember(delivery.member_id, asked_for=asked_for), card)


async def _note(context: Context, delivery: Delivery) -> Card | None:
    note: Note = delivery.payload["note"]
    if note == "looked_again":
        given = await context.session.get(ReviewOverride, delivery.subject_id)
        entry = await context.session.get(Entry, delivery.payload["entry"])
        if given is None or entry is None:
            return None
        return result_cards.looked_again_card(entry.label or "", given.value, None)
    review = await context.session.get(Review, delivery.subject_id)
    entry = await context.session.get(Entry, review.entry_id if review is not None else delivery.subject_id)
    if entry is None:
        return None
    label = entry.label or ""
    if note == "asked" and review is not None and review.asked_back and not review.answered_back:
        return result_cards.asked_back_card(review.id, label, review.asked_back)
    if note == "answered" and review is not None and review.answered_back:
        return result_cards.answered_back_card(label, review.asked_back, review.answered_back)
    return flag_cards.note_card(note, label) if note not in ("asked", "answered") else None


async def _is_here(context: Context, member: MemberId) -> bool:
    row = await context.session.get(Member, member)
    return row is not None and row.state is not MemberState.LEFT
