"""Thin handlers of what is for one person alone: practice, self-rating, the board, why, who is avoided."""

from __future__ import annotations

from bot.answers.moderation import member_called
from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.review import avoiding, board, calibration, own_cards, review_forms, why, wish_cards, wishes
from bot.review import reviewing_actions as a
from bot.review.actions import OpenWishes, SaveWishes
from bot.review.as_reviewer import as_reviewer
from bot.review.given import scores_in
from bot.review.rubric import current_rubric


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
