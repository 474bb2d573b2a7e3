"""Thin handlers about the daily question itself: its deliveries, today, why, channels, the home, a person's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import t
from bot.chat.cards import Button, Buttons, Card, Element, Header, Paragraph
from bot.chat.events import ActionClicked, ChannelChanged, CommandInvoked
from bot.chat.platform import Receipt
from bot.chat.refs import MessageRef
from bot.feature.context import Context, ToConversation, ToMember
from bot.feature.declarations import Done, Edit, Later, Options, Outcome, Send, Skip
from bot.members.identity import NO_ADMIN, UNTIL_AN_ADMIN_COMES
from bot.questions import cards, channels, personal, posting
from bot.questions.actions import ListProgrammes, WhyQuestion
from bot.questions.choosing import NothingFits
from bot.questions.curation_cards import decided_card, home_tail
from bot.questions.programme_cards import notice_card
from bot.questions.programmes import (
    conversation_of,
    programme_by_id,
    programmes,
    programmes_here,
    resume_when_due,
    schedule_of,
)
from bot.questions.slots import programme_of, slot_by_id, slot_of_day, slot_of_thread
from bot.questions.suggestions import waiting_suggestions
from bot.questions.times import moment_for
from bot.questions.today import can, today_of, todays
from bot.questions.why import why_nothing_fits, why_this
from storage.tables.outbox import Delivery, Schedule
from storage.tables.questions import Programme, Slot, SlotState, Suggestion


async def prepare_question(context: Context, delivery: Delivery) -> Outcome:
    """Choose the day's question, or find the one chosen before, and post it; skip where a rule says so."""
    programme = await context.session.get(Programme, delivery.subject_id)
    if programme is None:
        return Skip(posting.PROGRAMME_GONE)
    schedule = await schedule_of(context.session, programme)
    slot = await slot_of_day(context.session, programme.id, posting.day_of(delivery))
    if slot is not None and slot.delivery_key != delivery.key:
        await posting.let_go_if_not_posted(context.session, slot)
    reason = posting.hindrance(programme, schedule, delivery, slot, context.now)
    if reason is not None:
        return Skip(reason)
    filled = await posting.fill_slot(
        context.session, context.content, programme, delivery, context.now, context.language
    )
    if isinstance(filled, NothingFits):
        await channels.tell_nothing_fits(context.session, programme, context.now)
        return Skip(posting.NOTHING_LEFT)
    conversation = conversation_of(programme)
    card = cards.question_card(_asking(context, programme, schedule, filled), context.language)
    return Send(ToConversation(conversation), card)


async def question_sent(context: Context, delivery: Delivery, receipts: Sequence[Receipt]) -> None:
    """Remember where the question stands."""
    slot = await _slot_of(context, delivery)
    message = next((receipt.message for receipt in receipts if receipt.message is not None), None)
    if slot is None or message is None:
        return
    await posting.record_post(context.session, slot, await programme_of(context.session, slot), message, context.now)


async def question_uncertain(context: Context, delivery: Delivery) -> None:
    """Nobody can know whether the question was posted: the slot says so until an admin decides."""
    slot = await _slot_of(context, delivery)
    if slot is not None and slot.state is SlotState.CHOSEN:
        slot.state = SlotState.UNCERTAIN


async def question_has_no_channel(context: Context, delivery: Delivery) -> None:
    """The channel is not there any more, though nobody told us: its programmes pause, and one admin hears of it."""
    programme = await programme_by_id(context.session, delivery.subject_id)
    await channels.channel_lost(context.session, conversation_of(programme), "closed", context.now)


async def _slot_of(context: Context, delivery: Delivery) -> Slot | None:
    slot = await slot_of_day(context.session, delivery.subject_id, posting.day_of(delivery))
    return slot if slot is not None and slot.delivery_key == delivery.key else None


def _asking(context: Context, programme: Programme, schedule: Schedule, slot: Slot) -> cards.Asking:
    open_until = None
    if programme.closes_after_seconds is not None:
        closes = slot.closes_at or posting.closing_time(programme, context.now)
        open_until = f"{moment_for(closes, schedule.zone, context.language)} ({schedule.zone})"
    return cards.Asking(
        slot=slot.id,
        programme=programme.name,
        text=slot.text,
        reads_replies=context.capabilities(conversation_of(programme)).reads_replies,
        late_for=slot.local_date if slot.local_date != today_of(schedule, context) else None,
        open_until=open_until,
    )


async def prepare_close(context: Context, delivery: Delivery) -> Outcome:
    """Say on the question's card that it takes no more answers."""
    slot = await slot_by_id(context.session, delivery.subject_id)
    if slot is None or slot.message is None:
        return Done()
    slot.closed_at = slot.closed_at or context.now
    programme = await programme_of(context.session, slot)
    schedule = await schedule_of(context.session, programme)
    card = cards.closed_card(_asking(context, programme, schedule, slot))
    return Edit(MessageRef.decode(slot.message), card)


async def prepare_resume(context: Context, delivery: Delivery) -> Outcome:
    """End a pause whose day has come, as of that moment: a run missed since then is late, not lost."""
    await resume_when_due(context.session, delivery.subject_id, delivery.payload["paused_at"], delivery.due_at)
    return Done()


async def prepare_notice(context: Context, delivery: Delivery) -> Outcome:
    """Tell an admin what happened to programmes, as soon as one is known."""
    found = [await context.session.get(Programme, id_) for id_ in delivery.payload["programmes"]]
    about = [programme for programme in found if programme is not None]
    if not about:
        return Skip(posting.PROGRAMME_GONE)
    admin = delivery.member_id or await channels.admin_of(context.session, about[0])
    if admin is None:
        return Later(context.now + UNTIL_AN_ADMIN_COMES, NO_ADMIN)
    matter: channels.Matter = delivery.payload["matter"]
    details = []
    if matter == "nothing_fits":
        today = today_of(await schedule_of(context.session, about[0]), context)
        choice = await posting.choose_for(context.session, context.content, about[0], today)
        details = why_nothing_fits(choice) if isinstance(choice, NothingFits) else []
    names = [(programme.id, programme.name) for programme in about]
    return Send(ToMember(admin), notice_card(matter, names, about[0].channel_name, details))


async def prepare_decision(context: Context, delivery: Delivery) -> Outcome:
    """Tell whoever suggested a question what was decided."""
    suggestion = await context.session.get(Suggestion, delivery.subject_id)
    if suggestion is None:
        return Skip("the suggestion is gone")
    return Send(ToMember(suggestion.member_id), decided_card(suggestion))


async def channel_changed(context: Context, event: ChannelChanged) -> bool:
    """Pause, rename or offer to resume the channel's programmes; others may want the event too."""
    match event.change:
        case "archived" | "closed":
            await channels.channel_lost(context.session, event.conversation, event.change, context.now)
        case "renamed":
            await channels.channel_renamed(context.session, event.conversation, event.name)
        case "opened":
            await channels.channel_opened(context.session, event.conversation, context.now)
    return False


async def today(context: Context, event: CommandInvoked, _options: Options) -> None:
    """Today's questions of this channel, or of all where it has none."""
    here = await programmes_here(context.session, event.conversation)
    context.reply(cards.today_card(await todays(context, here)))


async def why(context: Context, event: CommandInvoked, _options: Options) -> None:
    """Why the question of this thread or of today came, or why none did."""
    slot = await slot_of_thread(context.session, event.conversation)
    here = await programmes_here(context.session, event.conversation)
    standing = await todays(context, here)
    posted = next((one.slot for one in standing if one.slot is not None), None)
    if slot is None and posted is not None:
        slot = await slot_by_id(context.session, posted)
    if slot is not None:
        context.reply(_why_card(context, slot))
    else:
        context.reply(cards.why_none_card(standing) if standing else cards.no_programmes_card())


async def why_by_button(context: Context, payload: WhyQuestion, event: ActionClicked) -> None:
    """Why the question of this card came. A press also proves that a post nobody was sure of is there."""
    slot = await slot_by_id(context.session, payload.slot)
    if slot is None:
        raise UserFacingError(t("That question is not there any more."))
    if slot.state is SlotState.UNCERTAIN and event.message is not None:
        programme = await programme_of(context.session, slot)
        await posting.record_post(context.session, slot, programme, event.message, context.now)
    context.reply(_why_card(context, slot))


def _why_card(context: Context, slot: Slot) -> Card:
    reasons = why_this(posting.reasons_of(slot), context.content, context.language)
    return cards.why_card(slot.text, reasons, slot=slot.id, may_veto=can(context, "question.curate"))


async def home(context: Context) -> Sequence[Element]:
    """Today's questions in a member's home."""
    standing = await todays(context, await programmes(context.session))
    curates = can(context, "question.curate")
    waiting = len(await waiting_suggestions(context.session)) if curates else 0
    elements: list[Element] = [*cards.today_elements(standing)]
    if not standing:
        elements += [Header(t("Daily questions")), Paragraph(t("No daily questions are set up yet."))]
    elements.append(Buttons((Button(t("All programmes"), ListProgrammes()),)))
    return (*elements, *home_tail(waiting=waiting, curates=curates))


async def export(context: Context, member: MemberId) -> Sequence[Mapping[str, Any]]:
    """What this room holds about a member."""
    return await personal.export(context.session, member)


async def erase(context: Context, member: MemberId) -> int:
    """Erase what this room holds about a member."""
    return await personal.erase(context.session, member)
