"""Thin handlers of looking, of who looked, and of what mentor and mentee say to each other."""

from __future__ import annotations

from typing import Any

from bot.answers.records import own_answer
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId
from bot.base.policy import Subject, may
from bot.base.text import t
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.identity import name_of, zone_of
from bot.members.mentorships import mentors_of, sees
from bot.mentoring import actions as a
from bot.mentoring import conversing, forms, help_cards, mentee_cards, service
from bot.mentoring.days import day_text
from bot.mentoring.records import mentee_subject, names_of, own_mentorship, with_mentee
from bot.mentoring.viewing import NOT_SHOWN, View, answer_for, view_of
from bot.mentoring.waiting import age_text, queue_age, waiting_for
from bot.outbox.zones import zone_named
from bot.stories.cards import story_card
from bot.stories.records import newest_of, subject_of, whole
from storage.tables.mentoring import Mentorship

NO_MENTOR = t("You have no mentor yet. Ask somebody to be yours first.")


async def look(ctx: Context, payload: a.LookAtMentee, _event: ActionClicked) -> None:
    """The mentor looks."""
    await _look(ctx, await own_mentorship(ctx, payload.mentorship, "mentor", active=True))


async def look_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`mentor look`."""
    await _look(ctx, await with_mentee(ctx, options))


async def see_as_mentor(ctx: Context, payload: a.SeeAsMentor, _event: ActionClicked) -> None:
    """The mentee sees the same."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentee", active=True)
    ctx.reply(mentee_cards.view_card(await view_of(ctx, mentorship), await day_text(ctx), mirror=True))


async def looks(ctx: Context, _event: CommandInvoked | ActionClicked, _options: Any) -> None:
    """`mentor log`: who looked."""
    ctx.require("mentorship.own", Subject(ctx.workspace, ctx.member))
    zone = zone_named(await zone_of(ctx.session, ctx.member))
    seen = await service.looks_at(ctx.session, ctx.member)
    ctx.reply(mentee_cards.looks_card(seen, zone, await service.titles_of(ctx.session, seen), ctx.language))


async def looks_by_button(ctx: Context, payload: a.ShowLooks, event: ActionClicked) -> None:
    """The same by a button."""
    await looks(ctx, event, payload)


async def read_answer(ctx: Context, payload: a.ReadMenteesAnswer, _event: ActionClicked) -> None:
    """The mentor reads an answer."""
    seen = await conversing.look_at(ctx, payload.answer)
    said = await conversing.said_about(ctx, payload.answer, by=ctx.member)
    ctx.reply(mentee_cards.answer_card(seen, await day_text(ctx), said))


async def read_story(ctx: Context, payload: a.ReadMenteesStory, _event: ActionClicked) -> None:
    """The mentor reads a story."""
    found = await newest_of(ctx.session, [payload.story])
    if not found:
        raise UserFacingError(t("This story is not there any more."))
    owner = MemberId(found[0].story.member_id)
    about = await subject_of(ctx.session, found[0].story)
    shown = await sees(ctx.session, ctx.member, owner, "stories")
    if not shown or not may(ctx.acting, "story.see", about):
        raise NotAllowed(NOT_SHOWN)
    await service.looked(ctx, ctx.member, owner, "stories", payload.story)
    record = await whole(ctx.session, found[0])
    ctx.reply(story_card(record, ctx.content, own=False, owner=await name_of(ctx.session, owner)))


async def open_comment(ctx: Context, payload: a.OpenComment) -> Form:
    """The form for a comment."""
    seen = await answer_for(ctx, payload.answer, ctx.member)
    return forms.comment_form(payload.answer, seen.name)


async def send_comment(ctx: Context, payload: a.SendComment, event: FormSubmitted) -> None:
    """It goes to the mentee."""
    await conversing.comment(ctx, payload.answer, forms.value_of(event.values, "text"))
    ctx.reply(help_cards.sent_card())


async def show_comments(ctx: Context, payload: a.ShowComments, _event: ActionClicked) -> None:
    """What mentors said about one's own answer."""
    await own_answer(ctx, payload.answer, "feedback.see")
    ctx.reply(mentee_cards.comments_card(payload.answer, await conversing.said_about(ctx, payload.answer)))


async def open_asking(ctx: Context, payload: a.OpenAsking | Options) -> Form:
    """The form to ask one of one's mentors."""
    answer = payload.answer if isinstance(payload, a.OpenAsking) else ""
    mentors = await names_of(ctx.session, sorted(await mentors_of(ctx.session, ctx.member)))
    if not mentors:
        raise UserFacingError(NO_MENTOR)
    return forms.asking_form(answer, dict(sorted(mentors.items(), key=lambda one: (one[1], one[0]))))


async def ask_mentor(ctx: Context, payload: a.AskMentor, event: FormSubmitted) -> None:
    """A question to a mentor."""
    mentor = MemberId(forms.value_of(event.values, "mentor"))
    name = await name_of(ctx.session, mentor)
    age = age_text(await queue_age(ctx.session, mentor), name, ctx.now)
    await conversing.ask(ctx, mentor, forms.value_of(event.values, "text"), payload.answer)
    ctx.reply(help_cards.asked_mentor_card(name, age))


async def open_reply(ctx: Context, payload: a.OpenReply) -> Form:
    """The form for a reply."""
    row = await conversing.question_to(ctx, payload.question)
    return forms.reply_form(row.id, row.text)


async def send_reply(ctx: Context, payload: a.SendReply, event: FormSubmitted) -> None:
    """It goes to the mentee."""
    row = await conversing.question_to(ctx, payload.question)
    await conversing.reply(ctx, row, forms.value_of(event.values, "text"))
    ctx.reply(help_cards.sent_card())


async def show_waiting(ctx: Context, _event: CommandInvoked | ActionClicked, _options: Any) -> None:
    """`mentor waiting`."""
    ctx.reply(help_cards.waiting_card(await waiting_for(ctx.session, ctx.member), ctx.now))


async def waiting_by_button(ctx: Context, payload: a.ShowWaiting, event: ActionClicked) -> None:
    """The same by a button."""
    await show_waiting(ctx, event, payload)


async def _look(ctx: Context, mentorship: Mentorship) -> None:
    ctx.require("mentee.see", await mentee_subject(ctx, mentorship.mentee_id))
    view = await view_of(ctx, mentorship)
    await _write_down(ctx, view)
    ctx.reply(mentee_cards.view_card(view, await day_text(ctx)))


async def _write_down(ctx: Context, view: View) -> None:
    """The list shows answers, stories and the standing of the target: each of them is a look."""
    for what in ("answers", "stories"):
        if what in view.shares:
            await service.looked(ctx, view.mentor, view.mentee, what)
    if "scores" in view.shares:
        await service.looked(ctx, view.mentor, view.mentee, "scores")
    await service.was_active(ctx, view.mentor, view.mentee)
