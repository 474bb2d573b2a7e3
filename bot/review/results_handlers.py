"""Thin handlers of what follows a round: results, thanks, questions back, appeals, a mentor's score, the rubric."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import select

from bot.base.errors import UserFacingError
from bot.base.policy import Subject
from bot.base.text import Text, t
from bot.chat.cards import Card, Paragraph
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.chat.values import text_of
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.review import after, appeals, review_forms, rubric_cards
from bot.review import reviewing_actions as a
from bot.review.export import as_csv, closed_rounds, export_round
from bot.review.given import scores_in
from bot.review.results_deliveries import results_of
from bot.review.rubric import MOST_CRITERIA, criteria_of, current_rubric, read_criterion, save_rubric, written
from content.schema import Criterion
from storage.tables.review import Entry, Round, RoundState

NONE_YET = t("No round has closed yet in which an answer of yours was reviewed.")


async def my_results(context: Context, _event: CommandInvoked, _options: Options) -> None:
    """What the last round that was closed says about one's own answers."""
    round = await context.session.scalar(
        select(Round)
        .join(Entry, Entry.round_id == Round.id)
        .where(Entry.author_id == context.member, Round.state == RoundState.CLOSED)
        .order_by(Round.closed_at.desc())
        .limit(1)
    )
    card = await results_of(context, round, context.member) if round is not None else None
    if card is None:
        raise UserFacingError(NONE_YET)
    context.reply(card)


async def mark_helpful(context: Context, payload: a.MarkHelpful, _event: ActionClicked) -> None:
    """It helped, or not."""
    await after.mark_helpful(context, payload.review, helpful=bool(payload.yes))
    context.reply(Card(t("Noted. Only its writer and your mentors can learn of it, and never from whom it is.")))


async def thank(context: Context, payload: a.ThankReviewer, _event: ActionClicked) -> None:
    """Thanks, without names."""
    await after.thank(context, payload.review)
    context.reply(Card(t("Your thanks are on their way. I do not say whose answer it was.")))


async def open_ask_back(context: Context, payload: a.AskBack) -> Form:
    """The one question back."""
    return review_forms.ask_back_form((await after.may_ask_back(context, payload.review)).review)


async def ask_back(context: Context, payload: a.SendAskBack, event: FormSubmitted) -> None:
    """The question came in."""
    await after.ask_back(context, payload.review, text_of(event.values, "question"))
    context.reply(Card(t("Your question is on its way. The answer comes to you alone.")))


async def open_answer_back(context: Context, payload: a.AnswerBack) -> Form:
    """The one answer to it."""
    return review_forms.answer_back_form((await after.may_answer_back(context, payload.review)).review)


async def answer_back(context: Context, payload: a.SendAnswerBack, event: FormSubmitted) -> None:
    """The answer came in."""
    await after.answer_back(context, payload.review, text_of(event.values, "answer"))
    context.reply(Card(t("Your answer is on its way.")))


async def open_appeal(context: Context, payload: a.OpenAppeal) -> Form:
    """Asks what should be looked at again."""
    entry, _ = await appeals.appealable(context, payload.entry)
    return review_forms.appeal_form(entry)


async def send_appeal(context: Context, payload: a.SendAppeal, event: FormSubmitted) -> None:
    """Another look was asked for."""
    found = await appeals.appeal(context, payload.entry, text_of(event.values, "why"))
    sentence = (
        t("A mentor rates your answer anew, without seeing the first scores. You hear from me.")
        if found
        else t("No mentor is free at the moment. Those who run the rounds are told and look for one.")
    )
    context.reply(Card(sentence))


async def open_override(context: Context, payload: a.OpenOverride) -> Form:
    """A mentor's own scores."""
    entry, round = await appeals.overridable(context, payload.entry)
    return review_forms.override_form(entry, criteria_of(round, context.content), context.language)


async def send_override(context: Context, payload: a.SendOverride, event: FormSubmitted) -> None:
    """A mentor's own scores came in."""
    _, round = await appeals.overridable(context, payload.entry)
    scores = scores_in(event.values, criteria_of(round, context.content))
    await appeals.override(context, payload.entry, scores, text_of(event.values, "reason"))
    kept = Paragraph(t("What the reviewers said stays. The author and the reviewers are told."), quiet=True)
    context.reply(Card(t("Your score is kept."), (kept,)))


async def export(context: Context, _event: CommandInvoked, _options: Options) -> None:
    """The last closed round as files, or as tables to copy; the command line writes it with the texts."""
    context.require("round.run", Subject(context.workspace))
    rounds = await closed_rounds(context.session)
    if not rounds:
        raise UserFacingError(t("No round has closed yet."))
    taken_out = await export_round(context.session, rounds[-1])
    words = {"text", "question"}
    answers = [{name: value for name, value in row.items() if name not in words} for row in taken_out["answers"]]
    reviews = taken_out["reviews"]
    whole = json.dumps({**taken_out, "answers": answers}, ensure_ascii=False, indent=1).encode()
    context.reply(rubric_cards.export_card(rounds[-1].number, as_csv(answers), as_csv(reviews), whole))


async def show_rubric(context: Context, _event: CommandInvoked, _options: Options) -> None:
    """The criteria as they stand, with the way to change them for admins."""
    frozen = await current_rubric(context.session, context.content)
    may_change = "admin" in context.acting.roles
    context.reply(rubric_cards.rubric_card(frozen.version, frozen.criteria, context.language, may_change=may_change))


async def edit_rubric(context: Context, _payload: a.EditRubric) -> Form:
    """The criteria as text that can be edited."""
    frozen = await current_rubric(context.session, context.content)
    return review_forms.rubric_form(frozen.criteria, context.language)


def check_rubric(_payload: a.SaveRubric, event: FormSubmitted) -> Mapping[str, Text]:
    """Which of the criteria cannot be read."""
    problems = {}
    for name in event.values:
        if review_forms.is_said(event.values, name):
            try:
                read_criterion(text_of(event.values, name), name)
            except UserFacingError as problem:
                problems[name] = problem.text
    return problems


async def save(context: Context, _payload: a.SaveRubric, event: FormSubmitted) -> None:
    """The next version of the criteria; rounds that were locked keep theirs."""
    before = (await current_rubric(context.session, context.content)).criteria
    criteria = _edited(before, event, context.language)
    if not criteria:
        raise UserFacingError(t("Keep at least one criterion."))
    if len(criteria) > MOST_CRITERIA:
        raise UserFacingError(t("Keep at most {most} criteria: more are not filled in well.", most=MOST_CRITERIA))
    if len({criterion.id for criterion in criteria}) < len(criteria):
        raise UserFacingError(t("Two criteria have the same name. Give each its own."))
    version = await save_rubric(context, criteria)
    context.reply(rubric_cards.saved_card(version))


def _edited(before: tuple[Criterion, ...], event: FormSubmitted, language: str) -> list[Criterion]:
    """What stands in the form: unchanged ones as they were, in every language; emptied ones are gone."""
    found = []
    for criterion in before:
        text = text_of(event.values, criterion.id)
        if review_forms.is_said(event.values, criterion.id):
            same = text.split() == written(criterion, language).split()
            found.append(criterion if same else read_criterion(text, criterion.id))
    if review_forms.is_said(event.values, review_forms.NEW_CRITERION):
        found.append(read_criterion(text_of(event.values, review_forms.NEW_CRITERION)))
    return found
