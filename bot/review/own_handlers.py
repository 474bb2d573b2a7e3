"""Thin handlers of what is for one person alone: practice, self-rating, the board, levels, why, who is avoided."""

from __future__ import annotations

from sqlalchemy import select

from bot.answers.moderation import member_called
from bot.answers.records import last_revision
from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import t
from bot.chat.cards import Card, Paragraph
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.chat.values import choice_of, text_of
from bot.feature.context import Context, ToMember
from bot.feature.declarations import Options, Outcome, Send, Skip
from bot.members.identity import name_of
from bot.review import avoiding, board, calibration, level_reading, own_cards, review_forms, why, wish_cards, wishes
from bot.review import reviewing_actions as a
from bot.review.actions import OpenWishes, SaveWishes
from bot.review.as_reviewer import as_reviewer
from bot.review.given import scores_in
from bot.review.rubric import current_rubric
from storage.tables.answers import Answer, AnswerState
from storage.tables.outbox import Delivery
from storage.tables.review import LevelReading


async def practice(
    context: Context, _event: CommandInvoked | ActionClicked, _options: Options | a.ListExamples
) -> None:
    """The examples to practise on."""
    tried = await calibration.tried(context)
    shown = [
        own_cards.ExampleShown(
            rating.id, *calibration.text_of_example(context.content, rating, context.language), rating.id in tried
        )
        for rating in calibration.examples(context.content)
    ]
    context.reply(own_cards.examples_card(shown))


async def practice_by_button(context: Context, payload: a.ListExamples, event: ActionClicked) -> None:
    """The same by a button."""
    await practice(context, event, payload)


async def try_example(context: Context, payload: a.TryExample) -> Form:
    """The form in which one rates an example."""
    rating = calibration.example_by_id(context.content, payload.example)
    criteria = calibration.criteria_of_example(context.content, rating)
    return review_forms.try_form(rating.id, criteria, context.language)


async def send_try(context: Context, payload: a.SendTry, event: FormSubmitted) -> None:
    """One's own ratings, beside the agreed ones."""
    rating = calibration.example_by_id(context.content, payload.example)
    scores = scores_in(event.values, calibration.criteria_of_example(context.content, rating))
    await calibration.keep_try(context, rating.id, scores)
    compared = calibration.compare(context.content, rating, scores, context.language)
    more = {each.id for each in calibration.examples(context.content)} > await calibration.tried(context)
    context.reply(own_cards.compared_card(compared, more=more))


async def open_self_rating(context: Context, payload: a.OpenSelfRating) -> Form:
    """The form in which one rates an answer of one's own."""
    answer = await board.own_answer_to_rate(context, payload.answer)
    criteria = (await current_rubric(context.session, context.content)).criteria
    scores = await board.own_scores(context, answer.id)
    return review_forms.self_rating_form(answer.id, criteria, scores, context.language)


async def send_self_rating(context: Context, payload: a.SendSelfRating, event: FormSubmitted) -> None:
    """One's own rating came in."""
    criteria = (await current_rubric(context.session, context.content)).criteria
    await board.rate_own(context, payload.answer, scores_in(event.values, criteria))
    context.reply(own_cards.rated_card(payload.answer))


async def show_board(context: Context, _event: CommandInvoked | ActionClicked, _options: Options | a.ShowBoard) -> None:
    """Self, rules, peers and mentor side by side, and how one reviews."""
    context.reply(own_cards.board_card(await board.board_of(context), await as_reviewer(context)))


async def board_by_button(context: Context, payload: a.ShowBoard, event: ActionClicked) -> None:
    """The same by a button."""
    await show_board(context, event, payload)


async def open_level_request(context: Context, payload: a.OpenLevelRequest) -> Form:
    """Whom to ask."""
    answer = await board.own_answer_to_rate(context, payload.answer)
    return review_forms.level_request_form(answer.id)


async def send_level_request(context: Context, payload: a.SendLevelRequest, event: FormSubmitted) -> None:
    """A colleague is asked."""
    reader = await member_called(context, text_of(event.values, "who"))
    await level_reading.ask(context, payload.answer, reader)
    asked = Paragraph(t("You hear from me when they have read it."))
    context.reply(Card(t("{name} is asked.", name=await name_of(context.session, reader)), (asked,)))


async def ask_for_level(context: Context, _event: CommandInvoked, options: Options) -> None:
    """The same by command: about one's latest answer."""
    answer = await context.session.scalar(
        select(Answer)
        .where(Answer.member_id == context.member, Answer.state == AnswerState.CLOSED)
        .order_by(Answer.created_at.desc(), Answer.id.desc())
        .limit(1)
    )
    if answer is None:
        raise UserFacingError(t("You have no answer yet that was scored."))
    reader = await member_called(context, str(options["member"]))
    await level_reading.ask(context, answer.id, reader)
    about = Paragraph(t("They are asked about your latest answer; for another one use your board."))
    context.reply(Card(t("{name} is asked.", name=await name_of(context.session, reader)), (about,)))


async def read_level(context: Context, payload: a.ReadLevel) -> Form:
    """The form of a reading."""
    reading, _, _ = await level_reading.to_read(context, payload.reading)
    return review_forms.level_form(reading)


async def send_level(context: Context, payload: a.SendLevel, event: FormSubmitted) -> None:
    """A reading came in."""
    level, because = choice_of(event.values, "level"), text_of(event.values, "because")
    await level_reading.answer_reading(context, payload.reading, level, because)
    context.reply(Card(t("Thank you. Your reading is on its way to the author.")))


async def decline_level(context: Context, payload: a.DeclineLevel, _event: ActionClicked) -> None:
    """No time for it."""
    await level_reading.decline(context, payload.reading)
    context.reply(Card(t("That is fine. The author can ask somebody else.")))


async def prepare_level(context: Context, delivery: Delivery) -> Outcome:
    """The request for a reading, or the reading, unless the answer is gone."""
    reading = await context.session.get(LevelReading, delivery.subject_id)
    answer = await context.session.get(Answer, reading.answer_id) if reading is not None else None
    revision = await last_revision(context.session, answer.id) if answer is not None else None
    if reading is None or answer is None or revision is None or delivery.member_id is None:
        return Skip("the answer is gone")
    if delivery.payload["what"] == "asked":
        author = await name_of(context.session, answer.member_id)
        card = own_cards.level_asked_card(reading.id, author, revision.question, revision.text)
        return Send(ToMember(delivery.member_id), card)
    name = await name_of(context.session, MemberId(reading.reader_id))
    card = own_cards.level_read_card(name, revision.question, reading.level, reading.because)
    return Send(ToMember(delivery.member_id, asked_for=True), card)


async def why_me(context: Context, event: CommandInvoked, _options: Options) -> None:
    """Why one reviews what one reviews."""
    round = await why.round_to_explain(context, event.conversation.root.encode())
    if round is None:
        raise UserFacingError(t("No answers have been handed out yet, so there is nothing to explain."))
    context.reply(why.why_card(await why.why_facts(context, round, context.member)))


async def avoid(context: Context, _event: CommandInvoked, options: Options) -> None:
    """Not to be paired with somebody; without a name the list."""
    if "member" in options:
        await avoiding.avoid(context, await member_called(context, str(options["member"])))
    context.reply(own_cards.avoided_card(await avoiding.avoided(context)))


async def lift(context: Context, payload: a.LiftExclusion, _event: ActionClicked) -> None:
    """To be paired with somebody again."""
    await avoiding.lift(context, payload.exclusion)
    context.reply(own_cards.avoided_card(await avoiding.avoided(context)))


async def open_wishes(context: Context, _payload: Options | OpenWishes) -> Form:
    """How much one reviews."""
    wish = await wishes.wish_of(context)
    return wish_cards.wishes_form(wish, await wishes.day_of(context, wish.paused_until))


async def save_wishes(context: Context, _payload: SaveWishes, event: FormSubmitted) -> None:
    """How much one reviews from now on."""
    wish = await wishes.read_wish(context, event.values)
    await wishes.save_wish(context, wish)
    context.reply(wish_cards.wish_kept_card(wish, await wishes.day_of(context, wish.paused_until)))
