"""Thin handlers about feedback: what a report says, examples beside it, others' answers, disagreement."""

from __future__ import annotations

from sqlalchemy import select

from bot.answers import actions, answer_cards, disputes, feedback, sharing
from bot.answers.advice import example_card, expressions_card, finding_names, skeleton_card
from bot.answers.beside import own_lens, own_pace
from bot.answers.detail_cards import detail_card
from bot.answers.portfolio import look_over_own
from bot.answers.portfolio_cards import over_all_card
from bot.answers.records import answers_of, last_revision, own_answer, own_reviewed, slot_or_sentence
from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.chat.cards import Card, Paragraph
from bot.chat.events import ActionClicked, FormSubmitted
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.questions.bank import whole_bank
from bot.scoring.doc import Asking
from storage.tables.answers import Answer, Revision


async def show_feedback(ctx: Context, payload: actions.ShowFeedback, _event: ActionClicked) -> None:
    """The feedback on one answer."""
    ctx.reply(await feedback.show(ctx, await own_answer(ctx, payload.answer, "feedback.see")))


async def look_over_answers(ctx: Context, _payload: actions.LookOverAnswers, _event: ActionClicked) -> None:
    """All that stands out over one's own answers."""
    ctx.reply(over_all_card(await look_over_own(ctx)))


async def show_meant(ctx: Context, payload: actions.ShowMeant, event: ActionClicked) -> None:
    """The feedback on an answer that a remark over all of them means."""
    chosen = payload.answer or "".join(event.chosen[:1])
    ctx.reply(await feedback.show(ctx, await own_answer(ctx, chosen, "feedback.see")))


async def my_feedback(ctx: Context, payload: actions.MyFeedback, _event: ActionClicked) -> None:
    """The feedback on one's own answers to a question."""
    answers = await answers_of(ctx.session, ctx.member, payload.slot)
    if not answers:
        ctx.reply(answer_cards.no_answer_card(payload.slot))
    for answer in answers:
        ctx.reply(await feedback.show(ctx, answer))


async def show_detail(ctx: Context, payload: actions.ShowDetail, _event: ActionClicked) -> None:
    """All the rest of a report."""
    found = await own_reviewed(ctx, payload.revision)
    names, slot = finding_names(ctx.content, ctx.language), found.slot.id if found.slot else None
    pace, company = await own_pace(ctx), await own_lens(ctx)
    text = found.revision.text
    card = detail_card(found.report, text, names, revision=payload.revision, slot=slot, pace=pace, company=company)
    ctx.reply(card)


async def show_example(ctx: Context, payload: actions.ShowExample, _event: ActionClicked) -> None:
    """A weak and a strong example beside a finding."""
    found = await own_reviewed(ctx, payload.revision)
    names, asking = finding_names(ctx.content, ctx.language), Asking.of(found.revision.asking)
    ctx.reply(example_card(ctx.content, payload.finding, names, ctx.language, asking.canonical_story))


async def show_expressions(ctx: Context, payload: actions.ShowExpressions, _event: ActionClicked) -> None:
    """Two expressions for the weakest part."""
    found = await own_reviewed(ctx, payload.revision)
    ctx.reply(expressions_card(ctx.content, found.report, ctx.language, await own_lens(ctx)))


async def show_skeleton(ctx: Context, payload: actions.ShowSkeleton, _event: ActionClicked) -> None:
    """The model skeleton, after one's own first answer."""
    slot = await slot_or_sentence(ctx.session, payload.slot)
    if not await sharing.has_answered(ctx.session, ctx.member, slot.id):
        raise UserFacingError(t("The model skeleton opens after your own first answer, so that the answer is yours."))
    question = (await whole_bank(ctx.session, ctx.content)).get(slot.question_id)
    ctx.reply(skeleton_card(ctx.content, question, slot.text, ctx.language))


async def see_others(ctx: Context, payload: actions.SeeOthers, _event: ActionClicked) -> None:
    """Whose answers can be read."""
    slot = await slot_or_sentence(ctx.session, payload.slot)
    others = await sharing.others_answers(ctx, slot)
    ctx.reply(answer_cards.others_card(slot, others.readable, others.withheld))


async def read_answer(ctx: Context, payload: actions.ReadAnswer, event: ActionClicked) -> None:
    """One of them."""
    slot = await slot_or_sentence(ctx.session, payload.slot)
    answer, name = await sharing.readable_answer(ctx, slot, event.chosen[0] if event.chosen else "")
    revision = await last_revision(ctx.session, answer.id)
    moderates = bool(ctx.acting.roles & {"moderator", "admin"})
    ctx.reply(answer_cards.read_card(answer, name, revision.text if revision else "", moderates=moderates))


async def open_dispute(ctx: Context, payload: actions.OpenDispute) -> Form:
    """The form for disagreeing."""
    row = await ctx.session.execute(
        select(Revision, Answer).join(Answer, Answer.id == Revision.answer_id).where(Revision.id == payload.revision)
    )
    found = row.first()
    if found is None or found[1].member_id != ctx.member:
        raise UserFacingError(t("This answer is not there any more. It was withdrawn or erased."))
    return disputes.dispute_form(found[0], finding_names(ctx.content, ctx.language))


async def file_dispute(ctx: Context, payload: actions.FileDispute, event: FormSubmitted) -> None:
    """The person's own labels came in."""
    if not any(value for name, values in event.values.items() if name != "consent" for value in values):
        raise UserFacingError(t("Say at least one thing you see differently: a rating, a finding, or a sentence."))
    dispute = await disputes.file(ctx, await own_reviewed(ctx, payload.revision, "feedback.dispute"), event.values)
    kept = (
        t("It may be exported to mend the rules: the question, your answer and your labels, without your name.")
        if dispute.consented
        else t("It stays here, for you alone, since you did not agree to its use.")
    )
    filed = t("Thank you. It stands beside my report; the report itself stays as it is.")
    ctx.reply(Card(t("Your view is filed"), (Paragraph(filed), Paragraph(kept))))
