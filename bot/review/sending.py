"""What a round's deliveries become when they are due: the post in the channel, lists, reminders, private words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.ids import MemberId
from bot.chat.platform import Receipt
from bot.chat.refs import ConversationRef, MessageRef
from bot.feature.context import Context, ToConversation, ToMember
from bot.feature.declarations import Edit, Later, Outcome, Send, Skip
from bot.members.identity import NO_ADMIN, UNTIL_AN_ADMIN_COMES, language_of, zone_of
from bot.questions.times import moment_for
from bot.review import round_cards as cards
from bot.review import task_cards
from bot.review.channels import channel_lost
from bot.review.pool import mentors_of
from bot.review.posts import RENEWS, renew_hub, tell_reviewer
from bot.review.replacing import hand_on
from bot.review.rounds import owed_by, owner_of, programme_of
from bot.review.shortage import shortage_of
from bot.review.shortage_cards import shortage_card
from bot.review.standing import standing_of
from bot.review.states import OVER, TAKING_REVIEWS
from storage.tables.answers import Answer, AnswerState
from storage.tables.outbox import Delivery
from storage.tables.questions import Slot
from storage.tables.review import Entry, EntryState, ReleaseReason, Round

ROUND_GONE = "the round is gone"
NOTHING_OWED = "they owe nothing in this round"
PAST = "the time for reviewing is over"


async def prepare_hub(context: Context, delivery: Delivery) -> Outcome:
    """The post in the channel as the round stands now: sent the first time, edited from then on."""
    round = await context.session.get(Round, delivery.subject_id)
    if round is None:
        return Skip(ROUND_GONE)
    programme = await programme_of(context.session, round)
    card = cards.hub_card(await standing_of(context, programme, round))
    if round.hub_message is not None:
        return Edit(MessageRef.decode(round.hub_message), card)
    if round.state in OVER and round.review_until is None and round.reason is None:
        return Skip("there was nothing to tell the channel")
    return Send(ToConversation(ConversationRef.decode(programme.conversation)), card)


async def hub_sent(context: Context, delivery: Delivery, receipts: Sequence[Receipt]) -> None:
    """Remember where the post stands."""
    round = await context.session.get(Round, delivery.subject_id)
    message = next((receipt.message for receipt in receipts if receipt.message is not None), None)
    if round is not None and round.hub_message is None and message is not None:
        round.hub_message = message.encode()


async def hub_has_no_channel(context: Context, delivery: Delivery) -> None:
    """The post is gone, or the channel: a lost post is sent anew next time, a lost channel pauses the rounds."""
    round = await context.session.get(Round, delivery.subject_id)
    if round is None:
        return
    if round.hub_message is not None:
        round.hub_message = None
        await renew_hub(context, await programme_of(context.session, round), round)
        return
    programme = await programme_of(context.session, round)
    await channel_lost(context, ConversationRef.decode(programme.conversation), "closed")


async def prepare_notice(context: Context, delivery: Delivery) -> Outcome:
    """One person's list, as it stands when it is sent."""
    found = await _owed(context, delivery)
    if isinstance(found, Skip):
        return found
    round, member, tasks, until = found
    standing = await standing_of(context, await programme_of(context.session, round), round)
    mentor = member in await mentors_of(context.session)
    card = task_cards.notice_card(round.id, tasks, until, pair=standing.people == 2 and not mentor, mentor=mentor)
    renewed = delivery.payload.get(RENEWS)
    return Edit(MessageRef.decode(renewed), card) if renewed else Send(ToMember(member), card)


async def notice_unreachable(context: Context, delivery: Delivery) -> None:
    """They cannot be written to: others take over their reviews; their own answer is reviewed all the same.

    A list that they have deleted is sent once more.
    """
    round = await context.session.get(Round, delivery.subject_id)
    if round is None or delivery.member_id is None:
        return
    if RENEWS in delivery.payload:
        await tell_reviewer(context, round, delivery.member_id)
    else:
        await hand_on(context, round, delivery.member_id, ReleaseReason.LEFT)


async def prepare_reminder(context: Context, delivery: Delivery) -> Outcome:
    """A reminder, unless nothing is owed any more or the time is over."""
    found = await _owed(context, delivery)
    if isinstance(found, Skip):
        return found
    round, member, tasks, until = found
    return Send(
        ToMember(member), task_cards.reminder_card(round.id, tasks, until, last=delivery.payload["when"] != "half")
    )


async def _owed(context: Context, delivery: Delivery) -> tuple[Round, MemberId, list[task_cards.Task], str] | Skip:
    session, member = context.session, delivery.member_id
    round = await session.get(Round, delivery.subject_id)
    if round is None or member is None:
        return Skip(ROUND_GONE)
    if round.state not in TAKING_REVIEWS or round.review_until is None or context.now >= round.review_until:
        return Skip(PAST)
    owed = await owed_by(session, round, member)
    if not owed:
        return Skip(NOTHING_OWED)
    tasks = [task_cards.Task(entry.label or "", entry.question, entry.private) for _, entry in owed]
    until = moment_for(round.review_until, await zone_of(session, member), await language_of(session, member))
    return round, member, tasks, until


async def prepare_note(context: Context, delivery: Delivery) -> Outcome:
    """A private word to an author or to whoever runs the rounds."""
    round = await context.session.get(Round, delivery.subject_id)
    if round is None:
        return Skip(ROUND_GONE)
    match delivery.payload["note"]:
        case "alone":
            return await _alone(context, delivery)
        case "too_late":
            return await _too_late(context, delivery)
        case "shortage":
            return await _shortage(context, delivery, round)
        case matter:
            return await _to_owner(context, delivery, round, matter)


async def _alone(context: Context, delivery: Delivery) -> Outcome:
    entry = await context.session.get(Entry, delivery.payload["entry"])
    if entry is None or entry.state is EntryState.WITHDRAWN:
        return Skip("the answer was withdrawn")
    language = await language_of(context.session, entry.author_id)
    return Send(ToMember(entry.author_id), task_cards.alone_card(entry.question, entry.text, context.content, language))


async def _too_late(context: Context, delivery: Delivery) -> Outcome:
    answer = await context.session.get(Answer, delivery.payload["answer"])
    if answer is None or answer.state is AnswerState.WITHDRAWN:
        return Skip("the answer was withdrawn")
    slot = await context.session.get(Slot, answer.slot_id) if answer.slot_id else None
    return Send(ToMember(answer.member_id), task_cards.too_late_card(slot.text if slot else ""))


async def _shortage(context: Context, delivery: Delivery, round: Round) -> Outcome:
    programme = await programme_of(context.session, round)
    shortage = await shortage_of(context, programme, round)
    if delivery.member_id is None or not shortage.missing:
        return Skip("somebody was found for every review")
    return Send(ToMember(delivery.member_id), shortage_card(round.id, round.number, programme.name, shortage))


async def _to_owner(context: Context, delivery: Delivery, round: Round, matter: str) -> Outcome:
    programme = await programme_of(context.session, round)
    owner = delivery.member_id or await owner_of(context.session, programme)
    if owner is None:
        return Later(context.now + UNTIL_AN_ADMIN_COMES, NO_ADMIN)
    if matter == "opened_again":
        card = cards.opened_again_card(programme.id, programme.name, programme.channel_name)
    else:
        card = cards.stopped_card(programme.name, programme.channel_name, delivery.payload["reason"])
    return Send(ToMember(owner), card)
