"""Thin handlers of level readings: the author's side, then the colleague's."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from bot.answers.moderation import member_called
from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.text import Text, t
from bot.chat.cards import Card
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.chat.values import choice_of, text_of
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.identity import name_of, zone_of
from bot.outbox.zones import zone_named
from bot.readings import actions as a
from bot.readings import cards, forms, reader_cards, records, service
from bot.readings.shown import Shown, named, shown_of
from bot.stories.choosing import chosen
from bot.stories.records import stories_of
from storage.tables.answers import Answer, AnswerState


async def story_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`story level`: all stories at a glance, the readings of one, or straight to asking somebody about it."""
    if "story" not in options:
        if "member" in options:
            raise UserFacingError(t("Say which story too: choose it from the list that opens as you type."))
        ctx.reply(await overview(ctx))
    elif "member" in options:
        shown = await shown_of(ctx, "story", await chosen(ctx, options))
        await _reply_check(ctx, shown, await member_called(ctx, str(options["member"])))
    else:
        await _reply_readings(ctx, "story", await chosen(ctx, options))


async def answer_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`round level`: about one's latest answer."""
    answer = await ctx.session.scalar(
        select(Answer.id)
        .where(Answer.member_id == ctx.member, Answer.state == AnswerState.CLOSED)
        .order_by(Answer.created_at.desc(), Answer.id.desc())
        .limit(1)
    )
    if answer is None:
        raise UserFacingError(t("You have no answer yet that was scored."))
    await _reply_check(ctx, await shown_of(ctx, "answer", answer), await member_called(ctx, str(options["member"])))


async def list_readings(ctx: Context, payload: a.ListReadings, _event: ActionClicked) -> None:
    """The next stories."""
    ctx.reply(await overview(ctx, payload.start))


async def see(ctx: Context, payload: a.SeeReadings, _event: ActionClicked) -> None:
    """What came of asking about one story or answer."""
    await _reply_readings(ctx, payload.what, payload.subject)


async def see_more(ctx: Context, payload: a.MoreReadings, _event: ActionClicked) -> None:
    """The next ones who were asked."""
    await _reply_readings(ctx, payload.what, payload.subject, payload.start)


async def open_request(ctx: Context, payload: a.OpenRequest) -> Form:
    """Whom to ask."""
    shown = await shown_of(ctx, named(payload.what), payload.subject)
    return forms.request_form(shown.what, shown.subject)


async def send_request(ctx: Context, payload: a.SendRequest, event: FormSubmitted) -> None:
    """Somebody was named: what they would see is shown first."""
    shown = await shown_of(ctx, named(payload.what), payload.subject)
    await _reply_check(ctx, shown, await member_called(ctx, text_of(event.values, "who")))


async def show_and_ask(ctx: Context, payload: a.ShowAndAsk, _event: ActionClicked) -> None:
    """Decided; where it says something else by now than what was looked at, it is looked at once more."""
    shown, reader = await shown_of(ctx, named(payload.what), payload.subject), MemberId(payload.reader)
    if payload.mark != shown.mark:
        await _reply_check(ctx, shown, reader)
        return
    await service.ask(ctx, shown, reader)
    ctx.reply(cards.asked_card(shown, await name_of(ctx.session, reader)))


async def take_back(ctx: Context, payload: a.TakeBack, _event: ActionClicked) -> None:
    """Shown to this reader no more."""
    reading = await service.take_back(ctx, payload.reading)
    await ctx.session.flush()
    await _reply_readings(ctx, cards.what_of(reading), str(reading.story_id or reading.answer_id))


async def read(ctx: Context, payload: a.ReadLevel, _event: ActionClicked) -> None:
    """A colleague opens what they were asked to read."""
    reading = await service.open_reading(ctx, payload.reading)
    author = await name_of(ctx.session, reading.author_id)
    ctx.reply(reader_cards.to_read_card(reading, author, ctx.content, ctx.language))


async def write(ctx: Context, payload: a.WriteLevel) -> Form:
    """The form of a reading."""
    return forms.level_form(await service.to_read(ctx, payload.reading))


async def send(ctx: Context, payload: a.SendLevel, event: FormSubmitted) -> None:
    """A reading came in."""
    level, evidence, lift = (
        choice_of(event.values, "level"), text_of(event.values, "evidence"), text_of(event.values, "lift"),
    )  # fmt: skip
    reading = await service.hand_in(ctx, payload.reading, level, evidence, lift)
    ctx.reply(reader_cards.thanks_card(await name_of(ctx.session, reading.author_id)))


def check(payload: a.SendLevel, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with a reading before it is taken."""
    return forms.check_level(payload, event.values)


async def decline(ctx: Context, payload: a.DeclineLevel, _event: ActionClicked) -> None:
    """No time for it."""
    await service.decline(ctx, payload.reading)
    ctx.reply(reader_cards.no_time_card())


async def overview(ctx: Context, start: int = 0) -> Card:
    """The actor's stories with the levels that were read in them, so many at a time."""
    titles = {record.story.id: record.version.title for record in await stories_of(ctx.session, ctx.member)}
    readings = await records.readings_of_stories(ctx)
    return cards.overview_card(titles, readings, cards.target_of(ctx.content), start)


async def _reply_check(ctx: Context, shown: Shown, reader: MemberId) -> None:
    await service.may_be_asked(ctx, shown, reader)
    ctx.reply(cards.check_card(shown, reader, await name_of(ctx.session, reader)))


async def _reply_readings(ctx: Context, what: str, subject: str, start: int = 0) -> None:
    shown = await shown_of(ctx, named(what), subject, "reading.own")
    readings = await records.readings_about(ctx, shown.what, subject)
    zone = zone_named(await zone_of(ctx.session, ctx.member))
    ctx.reply(cards.readings_card(shown, readings, await records.readers_of(ctx.session, readings), zone, start))
