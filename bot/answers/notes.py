"""Short private sentences about an answer, each with a button where there is something to do.

They are deliveries, so that none is lost, and none comes twice where once is enough.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Select, bindparam, select

from bot.answers import actions
from bot.answers.withdrawing import Receipt, receipt_text
from bot.base.ids import MemberId
from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Paragraph, Quote
from bot.chat.platform import Fallback
from bot.chat.refs import ConversationRef
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Outcome, Send, Skip
from bot.outbox.queue import enqueue
from storage.prepared import Own, prepared, table_of
from storage.tables.answers import Answer, AnswerState, AsideReason, SetAside
from storage.tables.outbox import Delivery
from storage.tables.questions import Slot

NOTE = "answer.note"
Note = Literal["blocked", "unreadable", "wordless", "closed", "started", "withdrawn", "hidden", "shown_again"]

OPEN_REASONS = (AsideReason.UNSURE, AsideReason.AFTER_OTHERS)


async def tell(
    ctx: Context,
    note: Note,
    slot: Slot | None,
    *,
    once: str,
    member: MemberId | None = None,
    aside: str | None = None,
    answer: str | None = None,
    facts: dict[str, int] | None = None,
) -> None:
    """Enqueue a note to a member, the actor unless another is named; the same `once` again tells nothing new."""
    payload: dict[str, Any] = {"note": note, "slot": slot.id if slot else None, "aside": aside, "answer": answer}
    if facts:
        payload["facts"] = facts
    await enqueue(
        ctx.session,
        workspace_id=ctx.workspace,
        kind=NOTE,
        subject_id=aside or answer or (slot.id if slot else ctx.workspace),
        due_at=ctx.now,
        key=f"{NOTE}:{note}:{once}",
        payload=payload,
        member_id=member or ctx.member,
    )


async def tell_started(ctx: Context, answer: Answer, slot: Slot) -> None:
    """Say, once for each opening, that an answer is being collected, with a button that ends the waiting."""
    await tell(ctx, "started", slot, once=f"{answer.id}:{answer.openings}", answer=answer.id)


async def tell_withdrawn(ctx: Context, answer: Answer, receipt: Receipt) -> None:
    """Give the owner the receipt of a withdrawal that followed from a deletion."""
    slot = await ctx.session.get(Slot, answer.slot_id) if answer.slot_id else None
    facts = {"revisions": receipt.revisions, "messages": receipt.messages}
    await tell(ctx, "withdrawn", slot, once=answer.id, member=answer.member_id, answer=answer.id, facts=facts)


async def prepare_note(ctx: Context, delivery: Delivery) -> Outcome:
    """The card of a note, unless what it is about has passed."""
    payload = delivery.payload
    note: Note = payload["note"]
    if delivery.member_id is None:
        return Skip("nobody to tell")
    if note == "started" and not await _is_open(ctx, payload["answer"]):
        return Skip("the answer is not open any more")
    slot = await ctx.session.get(Slot, payload["slot"]) if payload["slot"] else None
    near = ConversationRef.decode(slot.thread) if slot and slot.thread else None
    fallback: Fallback = "drop" if note == "started" else "direct"
    card = _card(note, slot, payload)
    asked_for = note not in ("hidden", "shown_again")
    return Send(ToMember(delivery.member_id, near=near, fallback=fallback, asked_for=asked_for), card)


async def _is_open(ctx: Context, answer_id: str) -> bool:
    return await _open.first(ctx.session, answer=answer_id) is not None


@prepared
def _open(own: Own) -> Select[Any]:
    columns = table_of(Answer).c
    return select(columns.id).where(
        own(table_of(Answer)), columns.id == bindparam("answer"), columns.state == AnswerState.OPEN
    )


async def prepare_ask(ctx: Context, delivery: Delivery) -> Outcome:
    """The private question whether a reply is an answer, unless that is settled."""
    aside = await ctx.session.get(SetAside, delivery.subject_id)
    if aside is None or aside.text is None or aside.reason not in OPEN_REASONS or aside.slot_id is None:
        return Skip("settled meanwhile")
    slot = await ctx.session.get_one(Slot, aside.slot_id)
    near = ConversationRef.decode(slot.thread) if slot.thread else None
    return Send(ToMember(aside.member_id, near=near, asked_for=True), ask_card(aside))


def ask_card(aside: SetAside) -> Card:
    """Is this an answer? With its words, and a button for each reply."""
    return Card(
        t("Is this part of your answer?"),
        (
            Quote(_excerpt(aside.text or "")),
            Paragraph(
                t("I score answers only, no other talk in a thread. Nothing happens unless you say yes."), quiet=True
            ),
            Buttons(
                (
                    Button(t("Yes, score it"), actions.ScoreReply(aside=aside.id), style="primary"),
                    Button(t("No"), actions.LeaveReply(aside=aside.id)),
                )
            ),
        ),
    )


def _excerpt(text: str, longest: int = 300) -> str:
    return text if len(text) <= longest else text[:longest].rstrip() + " …"


def _card(note: Note, slot: Slot | None, payload: dict[str, Any]) -> Card:
    """The sentence of a note, with its button."""
    form = Button(t("Answer by form"), actions.OpenPrivateForm(slot=slot.id, aside=payload["aside"])) if slot else None
    match note:
        case "started":
            button = Button(t("Done, score it now"), actions.FinishAnswer(answer=payload["answer"]), style="primary")
            return Card(t("I am collecting your answer. Write on if you like; I read it when you pause."), _row(button))
        case "closed":
            sentence = t(
                "This question takes no more answers in its thread, so your reply was not scored. "
                "Nothing is lost: you can still have it scored privately."
            )
            score = Button(t("Score it privately"), actions.ScoreReply(aside=payload["aside"]), style="primary")
            return Card(sentence, (Buttons((score,)),))
        case "unreadable":
            return Card(t("I cannot read replies in this thread. Use the form, and your answer is scored."), _row(form))
        case "wordless":
            sentence = t("I read words only, no files or recordings. Please write your answer, or use the form.")
            return Card(sentence, _row(form))
        case "withdrawn":
            facts = payload["facts"]
            return Card(t("Your answer is withdrawn."), receipt_text(Receipt(facts["revisions"], facts["messages"])))
        case _:
            return Card(_SENTENCES[note])


_SENTENCES: dict[str, Text] = {
    "blocked": t(
        "A moderator has blocked you from taking part here, so your reply is neither stored nor scored. "
        "Please speak to a moderator. What is yours you can still see and take out."
    ),
    "hidden": t(
        "A moderator has hidden your answer: others do not see it in lists any more. "
        "You still have it and its feedback. Please speak to a moderator if you think this is wrong."
    ),
    "shown_again": t("A moderator has shown your answer again: it stands in the lists as before."),
}


def _row(button: Button | None) -> tuple[Buttons, ...]:
    return (Buttons((button,)),) if button else ()
