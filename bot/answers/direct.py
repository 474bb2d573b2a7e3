"""A text that somebody writes to Starling itself: where it reads like an answer, they are asked to which question."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import actions
from bot.answers.chatter import TELLING, Standing, judge, read
from bot.answers.replies import set_aside
from bot.base.policy import Subject, may
from bot.base.text import t
from bot.chat.cards import Button, Buttons, Card, Choice, Element, Paragraph, Select
from bot.chat.events import MessagePosted
from bot.feature.context import Context
from bot.questions.slots import latest_slots
from storage.tables.answers import AsideReason, SetAside
from storage.tables.questions import Slot


async def direct_text(ctx: Context, event: MessagePosted) -> bool:
    """Ask to which question a text is an answer; False where it reads like talk, which help answers."""
    if not may(ctx.acting, "answer.give", Subject(ctx.workspace)):
        return False
    if judge(event.text, Standing()).verdict == "chatter" or len(read(event.text).words) < TELLING:
        return False
    aside = await set_aside(ctx, event.message, None, AsideReason.DIRECT, event.text, event.occurred_at)
    ctx.reply(which_card(aside, [slot for _, slot in await latest_slots(ctx.session)]))
    return True


def which_card(aside: SetAside, slots: Sequence[Slot]) -> Card:
    """To which question is this an answer? The latest of each programme, or none."""
    choose = actions.ChooseQuestion(aside=aside.id)
    elements: list[Element] = [Paragraph(t("Nobody else sees it. Nothing happens unless you choose."), quiet=True)]
    if slots:
        choices = tuple(Choice(slot.id, slot.text) for slot in slots)
        elements.append(Select(t("It answers this question"), choose, choices))
    buttons = (
        Button(t("Score it without a question"), actions.ScoreReply(aside=aside.id)),
        Button(t("It is no answer"), actions.LeaveReply(aside=aside.id)),
    )
    elements.append(Buttons(buttons))
    return Card(t("Is this an answer, and to which question?"), tuple(elements))
