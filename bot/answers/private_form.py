"""Private answers by form: the parts of a story, or free text; stored, scored at once, and revised the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, delete, select

from bot.answers import actions
from bot.answers.answer_cards import VISIBILITIES
from bot.answers.chatter import read as read_words
from bot.answers.collecting import begin
from bot.answers.records import PART_NAMES, standing_answer
from bot.answers.revising import PART_LABELS, close
from bot.base.errors import UserFacingError
from bot.base.ids import new_id
from bot.base.text import Text, t
from bot.chat.cards import Button, Buttons, Card, Paragraph, Place
from bot.chat.forms import Form, TextInput
from bot.feature.context import Context
from storage.tables.answers import Answer, AnswerPart, AnswerState, GivenAs, SetAside
from storage.tables.questions import Slot

FREE = "text"
"""The one field of the form for free text."""
LONGEST = 3000
HINTS: Mapping[str, Text] = {
    "situation": t("Where and when, who was there, what was wrong. Two or three sentences."),
    "task": t("What you had to reach, and what stood in the way."),
    "action": t("What you did yourself, why this way, and what you decided against. The longest part."),
    "result": t("What came of it, in figures where you have them."),
    "learning": t("What you do differently since."),
}
NO_WORDS = t("There are no words here that I can read. Write it as you would tell it.")


async def opened(ctx: Context, slot_id: str, aside_id: str | None = None) -> Form:
    """The form for a question, with what the actor wrote before: in a form, or in a reply that was set aside."""
    rows = await ctx.session.execute(
        select(Slot, AnswerPart, SetAside, Answer.visibility)
        .outerjoin(
            Answer,
            and_(
                Answer.slot_id == Slot.id,
                Answer.member_id == ctx.member,
                Answer.given_as == GivenAs.PRIVATE,
                Answer.state != AnswerState.WITHDRAWN,
            ),
        )
        .outerjoin(AnswerPart, AnswerPart.answer_id == Answer.id)
        .outerjoin(SetAside, and_(SetAside.id == (aside_id or ""), SetAside.member_id == ctx.member))
        .where(Slot.id == slot_id)
    )
    found = rows.all()
    if not found:
        raise UserFacingError(t("This question is not there any more."))
    slot, _, aside, visibility = found[0]
    values = {part.name: part.text for _, part, _, _ in found if part is not None and part.name}
    if aside is not None and aside.text and len(aside.text) <= LONGEST:
        values = {FREE: aside.text}
    return form_for(slot, values, visibility or "me")


async def opened_to_revise(ctx: Context, answer_id: str) -> Form:
    """The form with the words of an answer that the actor gave by it."""
    slot_id = await ctx.session.scalar(
        select(Answer.slot_id).where(Answer.id == answer_id, Answer.member_id == ctx.member)
    )
    if slot_id is None:
        raise UserFacingError(t("This answer was not given by the form. Edit your messages instead; I follow that."))
    return await opened(ctx, slot_id)


def form_for(slot: Slot, values: Mapping[str, str], visibility: str = "me") -> Form:
    """One field for each part of a story; one for free text where the question is none, or the words have no parts."""
    free = slot.kind != "behavioral" or FREE in values
    names = (FREE,) if free else PART_NAMES
    inputs = tuple(_field(name, values.get(name, "")) for name in names)
    seen = (
        t("{question} Only you see the answer and its feedback, until you decide otherwise.", question=slot.text)
        if visibility == "me"
        else t("{question} This may be seen by: {who}.", question=slot.text, who=VISIBILITIES[visibility])
    )
    return Form(
        actions.GivePrivately(slot=slot.id),
        t("Answer privately"),
        inputs,
        t("Score it"),
        seen,
    )


def _field(name: str, value: str) -> TextInput:
    label = PART_LABELS.get(name, t("Your answer"))
    return TextInput(
        name, label, HINTS.get(name, ""), multiline=True, required=name == FREE, longest=LONGEST, value=value
    )


def problems(values: Mapping[str, Sequence[str]]) -> dict[str, Text]:
    """What is wrong with a submitted form, by field: nothing to read in it."""
    written = {name: "".join(entered) for name, entered in values.items() if "".join(entered).strip()}
    if any(read_words(text).words for text in written.values()):
        return {}
    return {next(iter(written or values), FREE): NO_WORDS}


async def give(ctx: Context, slot: Slot, values: Mapping[str, Sequence[str]]) -> Answer:
    """Store the submitted parts as the actor's private answer and score it; given again, it is a revision."""
    texts = {name: "".join(entered).strip() for name, entered in values.items()}
    return await give_texts(ctx, slot, {name: text for name, text in texts.items() if text})


async def give_texts(ctx: Context, slot: Slot, texts: Mapping[str, str]) -> Answer:
    """As `give`, of texts by the names of their fields."""
    answer = await standing_answer(ctx.session, ctx.member, slot.id, GivenAs.PRIVATE, lock=True)
    if answer is None:
        answer = begin(ctx, ctx.member, slot, GivenAs.PRIVATE, visibility="me")
    else:
        answer.state, answer.openings = AnswerState.OPEN, answer.openings + 1
        await ctx.session.execute(delete(AnswerPart).where(AnswerPart.answer_id == answer.id))
    await store_fields(ctx, answer, texts)
    await close(ctx, answer)
    return answer


async def store_fields(ctx: Context, answer: Answer, texts: Mapping[str, str]) -> None:
    """Make each text a part of `answer` under the name of its field."""
    for name, text in texts.items():
        ctx.session.add(AnswerPart(id=new_id(), answer_id=answer.id, name=name, text=text, posted_at=ctx.now))
    await ctx.session.flush()


def given_card(answer: Answer) -> Card:
    """Says that an answer is stored, who may see it, and that its feedback comes."""
    seen = (
        t("Nobody else sees it.")
        if answer.visibility == "me"
        else t("It may be seen by: {who}.", who=VISIBILITIES[answer.visibility])
    )
    return Card(
        t("Your answer is stored and scored."),
        (
            Paragraph(seen),
            Paragraph(t("Its feedback comes to you as a private message, too.")),
            Place("answer.given", answer.id),
            Buttons(
                (
                    Button(t("Show my feedback"), actions.ShowFeedback(answer=answer.id), style="primary"),
                    Button(t("My answer"), actions.ManageAnswer(answer=answer.id)),
                )
            ),
        ),
    )
