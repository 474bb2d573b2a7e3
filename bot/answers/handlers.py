"""Thin handlers: messages, buttons, forms and commands about one's own answers and those of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import aliased

from bot.answers import actions, answer_cards, own_texts, portfolio, portfolio_cards, private_form, replies, sharing
from bot.answers.direct import direct_text
from bot.answers.records import (
    last_revision,
    own_answer,
    slot_or_sentence,
)
from bot.answers.revising import close
from bot.answers.withdrawing import receipt_text, withdraw
from bot.base.errors import UserFacingError
from bot.base.text import Text, t
from bot.chat.cards import Card, Element
from bot.chat.events import (
    ActionClicked,
    CommandInvoked,
    FormSubmitted,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
)
from bot.chat.forms import Form
from bot.chat.refs import ConversationRef
from bot.feature.context import Context
from bot.feature.declarations import Done, Options, Outcome
from bot.questions.slots import latest_slots, slot_of_thread
from storage.tables.answers import Answer, AnswerCopy, AnswerState, Revision, SetAside
from storage.tables.outbox import Delivery
from storage.tables.questions import Slot

SHOWN_AT_HOME = 3
SHOWN_IN_LIST = 10


async def posted(ctx: Context, event: MessagePosted) -> bool:
    """A message: of a question's thread, or to Starling alone."""
    if ctx.actor is None:
        return False
    slot = await slot_of_thread(ctx.session, event.message.conversation)
    if slot is not None:
        return await replies.posted(ctx, event, slot)
    return await direct_text(ctx, event) if event.direct or event.addressed else False


async def edited(ctx: Context, event: MessageEdited) -> bool:
    """An edit."""
    return await replies.edited(ctx, event)


async def deleted(ctx: Context, event: MessageDeleted) -> bool:
    """A deletion."""
    return await replies.deleted(ctx, event)


async def finish(ctx: Context, payload: actions.FinishAnswer, _event: ActionClicked) -> None:
    """Done: score what is there now."""
    answer = await own_answer(ctx, payload.answer, "answer.change")
    if answer.state is not AnswerState.OPEN:
        ctx.reply(Card(t("This answer is scored already. Edit it, or write on, to have it scored anew.")))
        return
    await close(ctx, answer)
    ctx.reply(Card(t("Thank you. Your feedback is on its way.")))


async def finish_all(ctx: Context, _event: CommandInvoked, _options: Options) -> None:
    """The command for Done: closes every answer of the actor's that is still being collected."""
    rows = await ctx.session.scalars(
        select(Answer).where(Answer.member_id == ctx.member, Answer.state == AnswerState.OPEN)
    )
    answers = rows.all()
    for answer in answers:
        await close(ctx, answer)
    sentence = t("Thank you. Your feedback is on its way.") if answers else t("No answer of yours is being collected.")
    ctx.reply(Card(sentence))


async def score_reply(ctx: Context, payload: actions.ScoreReply, _event: ActionClicked) -> None:
    """Yes, it is an answer."""
    aside = await own_texts.own_aside(ctx, payload.aside)
    slot = await ctx.session.get(Slot, aside.slot_id) if aside.slot_id else None
    answer = await own_texts.score_aside(ctx, aside, slot)
    if answer.state is AnswerState.OPEN:
        await close(ctx, answer)
    ctx.reply(private_form.given_card(answer))


async def leave_reply(ctx: Context, payload: actions.LeaveReply, _event: ActionClicked) -> None:
    """No, it is none."""
    await own_texts.leave_aside(ctx, await own_texts.own_aside(ctx, payload.aside))
    ctx.reply(Card(t("All right, I leave it. You can have any text of yours scored later.")))


async def choose_question(ctx: Context, payload: actions.ChooseQuestion, event: ActionClicked) -> None:
    """A direct message answers this question, or none."""
    aside = await own_texts.own_aside(ctx, payload.aside)
    slot = await slot_or_sentence(ctx.session, event.chosen[0]) if event.chosen else None
    ctx.reply(private_form.given_card(await own_texts.score_aside(ctx, aside, slot)))


async def score_message(ctx: Context, _payload: actions.ScoreMessage, event: ActionClicked) -> None:
    """The message action "Score this"."""
    if event.message is None or len(event.chosen) != 2:
        raise UserFacingError(t("I did not get that message. Paste its text into the form of the command for scoring."))
    author, text = event.chosen
    ctx.reply(private_form.given_card(await own_texts.score_message(ctx, event.message, author, text)))


async def open_score_text(_ctx: Context, _payload: actions.OpenScoreText) -> Form:
    """The form for any text of one's own."""
    return own_texts.text_form()


async def open_score_command(_ctx: Context, options: Options) -> Form:
    """The same by command, with the text typed so far."""
    return own_texts.text_form(str(options.get("text", "")))


async def score_text(ctx: Context, _payload: actions.ScoreText, event: FormSubmitted) -> None:
    """A text of one's own came in."""
    text, question = (_value(event, name) for name in (private_form.FREE, "question"))
    ctx.reply(private_form.given_card(await own_texts.score_text(ctx, text, question)))


def check_text(_payload: Any, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with a form that takes an answer."""
    return private_form.problems({name: value for name, value in event.values.items() if name != "question"})


async def open_private(ctx: Context, payload: actions.OpenPrivateForm) -> Form:
    """The form for a private answer."""
    return await private_form.opened(ctx, payload.slot, payload.aside)


async def open_revision(ctx: Context, payload: actions.OpenRevision) -> Form:
    """The form with the words of an answer given by it."""
    return await private_form.opened_to_revise(ctx, payload.answer)


async def give_privately(ctx: Context, payload: actions.GivePrivately, event: FormSubmitted) -> None:
    """A private answer came in."""
    slot = await slot_or_sentence(ctx.session, payload.slot)
    ctx.reply(private_form.given_card(await private_form.give(ctx, slot, event.values)))


async def private_command(ctx: Context, event: CommandInvoked, _options: Options) -> None:
    """Which question to answer privately: this thread's, this channel's latest, else every programme's latest."""
    here = await slot_of_thread(ctx.session, event.conversation)
    latest = [slot for _, slot in await latest_slots(ctx.session)]
    in_channel = [slot for slot in latest if slot.thread and _channel(slot) == event.conversation.root]
    slots = [here] if here else in_channel or latest
    if not slots:
        raise UserFacingError(t("No question has been posted yet. As soon as one is, you can answer it privately."))
    ctx.reply(answer_cards.answer_which_card(slots))


def _channel(slot: Slot) -> ConversationRef | None:
    return ConversationRef.decode(slot.thread).root if slot.thread else None


async def manage(ctx: Context, payload: actions.ManageAnswer, _event: ActionClicked) -> None:
    """What can be done with one's own answer."""
    answer = await own_answer(ctx, payload.answer, "answer.change")
    slot = await ctx.session.get(Slot, answer.slot_id) if answer.slot_id else None
    copies = await ctx.session.scalar(select(func.count(AnswerCopy.id)).where(AnswerCopy.answer_id == answer.id))
    ctx.reply(answer_cards.manage_card(answer, slot.text if slot else "", shared=bool(copies)))


async def set_visibility(ctx: Context, payload: actions.SetVisibility, event: ActionClicked) -> None:
    """Who may see the answer from now on."""
    answer = await own_answer(ctx, payload.answer, "answer.change")
    await sharing.set_visibility(ctx, answer, event.chosen[0] if event.chosen else "")
    ctx.reply(answer_cards.visibility_card(answer))


async def ask_to_share(ctx: Context, payload: actions.AskToShare, _event: ActionClicked) -> None:
    """Says what sharing does."""
    answer = await own_answer(ctx, payload.answer, "answer.share")
    revision = await last_revision(ctx.session, answer.id)
    ctx.reply(answer_cards.ask_to_share_card(answer, revision.text if revision else ""))


async def share(ctx: Context, payload: actions.ShareAnswer, _event: ActionClicked) -> None:
    """Shares it."""
    await sharing.share(ctx, await own_answer(ctx, payload.answer, "answer.share"))
    ctx.reply(Card(t("Your answer goes to the thread, under your name.")))


async def ask_to_withdraw(ctx: Context, payload: actions.AskToWithdraw, _event: ActionClicked) -> None:
    """Says what withdrawing does."""
    ctx.reply(answer_cards.ask_to_withdraw_card(await own_answer(ctx, payload.answer, "answer.withdraw")))


async def withdraw_answer(ctx: Context, payload: actions.WithdrawAnswer, _event: ActionClicked) -> None:
    """Withdraws it, with a receipt."""
    receipt = await withdraw(ctx, await own_answer(ctx, payload.answer, "answer.withdraw"))
    ctx.refresh_home(ctx.member)
    ctx.reply(Card(t("Your answer is withdrawn."), receipt_text(receipt)))


async def list_answers(ctx: Context, _event: CommandInvoked | ActionClicked, _options: Any) -> None:
    """One's own latest answers, and what stands out over all of them."""
    over_all = portfolio_cards.over_all_section(await portfolio.look_over_own(ctx))
    ctx.reply(answer_cards.list_card(await _own(ctx, SHOWN_IN_LIST), over_all))


async def list_by_button(ctx: Context, payload: actions.MyAnswers, event: ActionClicked) -> None:
    """The same by a button."""
    await list_answers(ctx, event, payload)


async def home(ctx: Context) -> Sequence[Element]:
    """One's latest answers, and what else can be done from here."""
    return answer_cards.home_section(await _own(ctx, SHOWN_AT_HOME))


async def prepare_forgetting(ctx: Context, delivery: Delivery) -> Outcome:
    """Forget the words of a reply that nobody asked to be scored; the row goes too where no message is behind it."""
    aside = await ctx.session.get(SetAside, delivery.subject_id)
    if aside is not None:
        aside.text = None
        if aside.slot_id is None:
            await ctx.session.execute(delete(SetAside).where(SetAside.id == aside.id))
    return Done()


async def _own(ctx: Context, most: int) -> Sequence[answer_cards.OwnAnswer]:
    each = aliased(Revision)
    newest = select(func.max(each.number)).where(each.answer_id == Answer.id).correlate(Answer).scalar_subquery()
    rows = await ctx.session.execute(
        select(Answer, Slot.text, Revision.number, Revision.rating, Revision.question)
        .outerjoin(Slot, Slot.id == Answer.slot_id)
        .outerjoin(Revision, and_(Revision.answer_id == Answer.id, Revision.number == newest))
        .where(Answer.member_id == ctx.member, Answer.state != AnswerState.WITHDRAWN)
        .order_by(Answer.created_at.desc(), Answer.id.desc())
        .limit(most)
    )
    return [
        answer_cards.OwnAnswer(
            id=answer.id,
            question=asked or question or "",
            state="open" if answer.state is AnswerState.OPEN else "closed",
            revisions=number or 0,
            rating=rating,
            given_at=answer.created_at,
        )
        for answer, asked, number, rating, question in rows
    ]


def _value(event: FormSubmitted, name: str) -> str:
    return "".join(event.values.get(name, ())).strip()
