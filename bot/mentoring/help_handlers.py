"""Thin handlers of how a mentor helps: questions with a day, notes, targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.answers import private_form
from bot.base.errors import NotAllowed, UserFacingError
from bot.base.ids import MemberId
from bot.base.text import Text, t
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.identity import name_of, zone_of
from bot.members.mentorships import mentees_of
from bot.members.preferences import read_day
from bot.mentoring import actions as a
from bot.mentoring import assignments, forms, help_cards, notes, targets
from bot.mentoring.days import day_text
from bot.mentoring.mentee_cards import note_deleted_card, notes_card
from bot.mentoring.records import OVER, mentee_subject, own_mentorship, person_meant, with_mentee
from bot.mentoring.service import looked
from bot.outbox.zones import zone_named
from storage.tables.mentoring import NoteSeenBy


async def assign_command(ctx: Context, options: Options) -> Form:
    """`mentor assign`: the form, with what was typed."""
    mentorship = await with_mentee(ctx, options)
    mentee = await name_of(ctx.session, mentorship.mentee_id)
    return forms.assigning_form(mentorship.id, mentee, str(options.get("question", "")), str(options.get("by", "")))


async def open_assigning(ctx: Context, payload: a.OpenAssigning) -> Form:
    """The same by a button."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", active=True)
    return forms.assigning_form(mentorship.id, await name_of(ctx.session, mentorship.mentee_id))


def check_day(name: str) -> Callable[[Any, FormSubmitted], Mapping[str, Text]]:
    """A check of the day in the input called `name`."""

    def check(_payload: Any, event: FormSubmitted) -> Mapping[str, Text]:
        try:
            read_day(forms.value_of(event.values, name))
        except UserFacingError as problem:
            return {name: problem.text}
        return {}

    return check


async def assign(ctx: Context, payload: a.Assign, event: FormSubmitted) -> None:
    """A question for a mentee."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", active=True)
    due = read_day(forms.value_of(event.values, "due"))
    row = await assignments.assign(ctx, mentorship.mentee_id, forms.value_of(event.values, "question"), due)
    ctx.reply(help_cards.assignment_sent_card(row, await name_of(ctx.session, mentorship.mentee_id)))


async def open_assignment(ctx: Context, payload: a.OpenAssignment) -> Form:
    """The form for the answer."""
    row = await assignments.waiting_assignment(ctx, payload.assignment)
    return forms.assignment_form(row, await name_of(ctx.session, row.mentor_id), private_form.LONGEST)


def check_answer(_payload: a.AnswerAssignment, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with an answer."""
    return private_form.problems({private_form.FREE: event.values.get(private_form.FREE, ())})


async def answer_assignment(ctx: Context, payload: a.AnswerAssignment, event: FormSubmitted) -> None:
    """It is answered, and scored."""
    row = await assignments.own_assignment(ctx, payload.assignment)
    shown = forms.value_of(event.values, "seen") == forms.MENTORS
    given = await assignments.answer(ctx, row, forms.value_of(event.values, "text"), shown=shown)
    ctx.reply(private_form.given_card(given))


async def open_note(ctx: Context, payload: a.OpenNote) -> Form:
    """The form for a note."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", active=True)
    return forms.note_form(mentorship.id, await name_of(ctx.session, mentorship.mentee_id))


async def write_note(ctx: Context, payload: a.WriteNote, event: FormSubmitted) -> None:
    """A note was written."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", active=True)
    readers = NoteSeenBy(forms.value_of(event.values, "readers"))
    await notes.write(ctx, mentorship.mentee_id, forms.value_of(event.values, "text"), readers)
    await _show_notes(ctx, mentorship.mentee_id)


async def show_notes(ctx: Context, payload: a.ShowNotes, _event: ActionClicked) -> None:
    """The notes about a mentee that the actor may read."""
    await _show_notes(ctx, MemberId(payload.mentee))


async def notes_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`mentor notes`: about a mentee, or, where none is named, those for oneself."""
    await _show_notes(ctx, await person_meant(ctx, str(options["mentee"])) if "mentee" in options else ctx.member)


async def delete_note(ctx: Context, payload: a.DeleteNote, _event: ActionClicked) -> None:
    """Its author deletes it."""
    note = await notes.remove(ctx, payload.note)
    if note.mentee_id in await mentees_of(ctx.session, ctx.member):
        await _show_notes(ctx, note.mentee_id)
    else:
        ctx.reply(note_deleted_card())


async def target_command(ctx: Context, _event: CommandInvoked, _options: Options) -> None:
    """`mentor target`: where one's own target stands."""
    target = await targets.target_of(ctx.session, ctx.member)
    standing = await targets.standing_of(ctx, ctx.member)
    if target is None or standing is None:
        ctx.offer_form(forms.target_form("", None), t("You have no target yet. Choose a level and a day."))
        return
    ctx.reply(help_cards.target_card(target, standing))


async def open_target(ctx: Context, payload: a.OpenTarget) -> Form:
    """The form for one's own target, or for a proposal."""
    if not payload.mentorship:
        return forms.target_form("", await targets.target_of(ctx.session, ctx.member))
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", active=True)
    return forms.target_form(mentorship.id, None, await name_of(ctx.session, mentorship.mentee_id))


async def save_target(ctx: Context, payload: a.SaveTarget, event: FormSubmitted) -> None:
    """A target was set or proposed."""
    level, by_on = forms.value_of(event.values, "level"), read_day(forms.value_of(event.values, "by"))
    if payload.mentorship:
        mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", active=True)
        await targets.propose(ctx, mentorship.mentee_id, level, by_on)
        ctx.reply(help_cards.sent_card())
        return
    target = await targets.set_target(ctx, level, by_on)
    await _show_target(ctx, target.id)


async def take_target(ctx: Context, payload: a.TakeTarget, _event: ActionClicked) -> None:
    """The mentee takes what was proposed."""
    target = await targets.own_target(ctx, payload.target)
    await targets.take(ctx, target)
    await _show_target(ctx, target.id)


async def drop_target(ctx: Context, payload: a.DropTarget, _event: ActionClicked) -> None:
    """The mentee refuses it, or lets their own go."""
    await targets.drop(ctx, await targets.own_target(ctx, payload.target))
    ctx.refresh_home(ctx.member)
    ctx.reply(help_cards.dropped_card())


async def _show_notes(ctx: Context, mentee: MemberId) -> None:
    if mentee != ctx.member and mentee not in await mentees_of(ctx.session, ctx.member):
        raise NotAllowed(OVER)
    ctx.require("mentee.see", await mentee_subject(ctx, mentee))
    seen = await notes.readable(ctx, mentee, ctx.member)
    if any(not note.own for note in seen):
        await looked(ctx, ctx.member, mentee, "notes")
    zone = zone_named(await zone_of(ctx.session, ctx.member))
    ctx.reply(notes_card(await name_of(ctx.session, mentee), seen, zone, await day_text(ctx)))


async def _show_target(ctx: Context, target_id: str) -> None:
    target, standing = await targets.own_target(ctx, target_id), await targets.standing_of(ctx, ctx.member)
    ctx.refresh_home(ctx.member)
    if standing is not None:
        ctx.reply(help_cards.target_card(target, standing))
