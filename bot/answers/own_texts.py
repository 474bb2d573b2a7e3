"""Scoring what its author asks to be scored: a reply taken for talk, a message anywhere, any text of one's own."""

from __future__ import annotations

from bot.answers import actions, private_form
from bot.answers.collecting import add_message, begin, let_go, quiet_time, take_up, wait_for_more
from bot.answers.private_form import FREE, LONGEST, NO_WORDS, give_texts, store_fields
from bot.answers.records import own_answer, part_of_message, standing_answer
from bot.answers.revising import close
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.text import t
from bot.chat.forms import Form, TextInput
from bot.chat.refs import MessageRef
from bot.feature.context import Context
from bot.questions.slots import slot_of_thread
from storage.tables.answers import Answer, AsideReason, GivenAs, SetAside
from storage.tables.questions import Slot


def text_form(text: str = "", question: str = "") -> Form:
    """The form that takes any text of one's own."""
    return Form(
        actions.ScoreText(),
        t("Score a text"),
        (
            TextInput(FREE, t("Your answer"), multiline=True, longest=LONGEST, value=text),
            TextInput("question", t("The question it answers"), required=False, longest=500, value=question),
        ),
        t("Score it"),
        t("Only you see the text and its feedback."),
    )


async def score_text(ctx: Context, text: str, question: str = "") -> Answer:
    """Score a text of the actor's own; nobody else sees it."""
    if private_form.problems({FREE: (text,)}):
        raise UserFacingError(NO_WORDS)
    answer = begin(ctx, ctx.member, None, GivenAs.TEXT, visibility="me")
    await store_fields(ctx, answer, {FREE: text})
    await close(ctx, answer, question=question)
    return answer


async def own_aside(ctx: Context, aside_id: str) -> SetAside:
    """The actor's reply that was set aside; a sentence where its words are not kept any more."""
    aside = await ctx.session.get(SetAside, aside_id)
    if aside is not None and aside.member_id != ctx.member:
        raise NotAllowed(t("Only whoever wrote a text can have it scored."))
    if aside is None or aside.text is None:
        settled = t(
            "This is settled: you answered before, or a week has passed. “Score a text” in your home takes any text."
        )
        raise UserFacingError(settled)
    return aside


async def score_aside(ctx: Context, aside: SetAside, slot: Slot | None) -> Answer:
    """Score a reply that was set aside: in its thread as a part of the answer there, else privately."""
    text = aside.text or ""
    if slot is None:
        answer = await score_text(ctx, text)
    elif aside.reason in (AsideReason.CLOSED, AsideReason.DIRECT):
        answer = await _score_privately(ctx, slot, text)
    else:
        answer = await _thread_answer(ctx, slot)
        await take_up(ctx, answer, aside)
        await wait_for_more(ctx, answer, await quiet_time(ctx.session, slot))
        return answer
    await let_go(ctx, aside)
    return answer


async def _score_privately(ctx: Context, slot: Slot, text: str) -> Answer:
    """A private answer to the question; beside the one that others may read, since nobody else was to see this text."""
    standing = await standing_answer(ctx.session, ctx.member, slot.id, GivenAs.PRIVATE)
    if standing is not None and standing.visibility != "me":
        return await score_text(ctx, text, slot.text)
    return await give_texts(ctx, slot, {FREE: text})


async def leave_aside(ctx: Context, aside: SetAside) -> None:
    """Forget the words of a reply that is no answer."""
    aside.text, aside.reason = None, AsideReason.CHATTER


async def score_message(ctx: Context, message: MessageRef, author: str, text: str) -> Answer:
    """Score a message that the actor chose: their own only. In a question's thread it joins the answer there."""
    if ctx.account is None or author != ctx.account.user:
        raise NotAllowed(t("Only whoever wrote a text can have it scored."))
    if private_form.problems({FREE: (text,)}):
        raise UserFacingError(NO_WORDS)
    part = await part_of_message(ctx.session, message)
    if part is not None and not part.deleted:
        answer = await own_answer(ctx, part.answer_id, "answer.change")
        await close(ctx, answer)
        return answer
    if part is not None:
        raise UserFacingError(t("You withdrew the answer this message belonged to. Paste the text to have it scored."))
    slot = await slot_of_thread(ctx.session, message.conversation)
    if slot is None:
        answer = begin(ctx, ctx.member, None, GivenAs.TEXT, visibility="me")
    else:
        answer = await _thread_answer(ctx, slot)
    await add_message(ctx, answer, message, text, ctx.now)
    if slot is None:
        await close(ctx, answer)
    else:
        await wait_for_more(ctx, answer, await quiet_time(ctx.session, slot))
        await close(ctx, answer)
    return answer


async def _thread_answer(ctx: Context, slot: Slot) -> Answer:
    answer = await standing_answer(ctx.session, ctx.member, slot.id, GivenAs.THREAD, lock=True)
    return answer or begin(ctx, ctx.member, slot, GivenAs.THREAD, visibility="channel")
