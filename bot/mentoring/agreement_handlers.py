"""Thin handlers of how mentors and mentees agree, of what is shown, and of the list of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.base.errors import UserFacingError
from bot.base.ids import MemberId
from bot.base.policy import Subject
from bot.base.text import Text, t
from bot.chat.cards import Element
from bot.chat.events import ActionClicked, CommandInvoked, FormSubmitted, MemberLeft
from bot.chat.forms import Form
from bot.feature.context import Context
from bot.feature.declarations import Options
from bot.members.cards import WEEKDAYS
from bot.members.identity import member_of, name_of, zone_of
from bot.members.preferences import read_clock_time
from bot.mentoring import actions as a
from bot.mentoring import agreeing, digest_times, forms, list_cards
from bot.mentoring import agreement_cards as cards
from bot.mentoring.help_cards import digest_saved_card
from bot.mentoring.list_cards import Line
from bot.mentoring.records import between, mentorships_of, names_of, own_mentorship, person_meant
from bot.mentoring.targets import standing_of
from bot.mentoring.waiting import age_text, queue_age, waiting_for
from storage.tables.mentoring import Mentorship, MentorshipState


async def ask_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`mentor ask`."""
    await _ask(ctx, str(options["member"]))


async def offer_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`mentor offer`."""
    await _offer(ctx, str(options["member"]))


async def open_finding(_ctx: Context, _payload: a.OpenFinding) -> Form:
    """The form for both."""
    return forms.finding_form()


async def find_person(ctx: Context, _payload: a.FindPerson, event: FormSubmitted) -> None:
    """Whom, and what for."""
    user = forms.value_of(event.values, "member")
    if forms.value_of(event.values, "side") == forms.MY_MENTEE:
        await _offer(ctx, user)
    else:
        await _ask(ctx, user)


async def handover_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`mentor handover`: the mentee need not be named by whoever has one."""
    new = await person_meant(ctx, str(options["member"]))
    active = [
        one
        for one in await mentorships_of(ctx.session, ctx.member)
        if one.mentor_id == ctx.member and one.state is MentorshipState.ACTIVE
    ]
    if "mentee" in options:
        mentee = await person_meant(ctx, str(options["mentee"]))
        active = [one for one in active if one.mentee_id == mentee]
    if not active:
        raise UserFacingError(t("You mentor nobody whom you could hand over. Look at your mentors and mentees."))
    if len(active) > 1:
        raise UserFacingError(t("You mentor several people. Name the mentee too, or use “Hand over” in the list."))
    await _hand_over(ctx, active[0], new)


async def open_handover(ctx: Context, payload: a.OpenHandover) -> Form:
    """The form for it."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", active=True)
    return forms.handover_form(mentorship.id, await name_of(ctx.session, mentorship.mentee_id))


async def hand_over(ctx: Context, payload: a.HandOver, event: FormSubmitted) -> None:
    """Somebody was named."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", active=True, lock=True)
    await _hand_over(ctx, mentorship, await person_meant(ctx, forms.value_of(event.values, "member")))


async def accept_mentee(ctx: Context, payload: a.AcceptMentee, _event: ActionClicked) -> None:
    """The mentor says yes."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", lock=True)
    await agreeing.accept_mentee(ctx, mentorship)
    ctx.refresh_home(ctx.member)
    ctx.reply(cards.begun_for_mentor_card(mentorship.id, await name_of(ctx.session, mentorship.mentee_id)))


async def decline(ctx: Context, payload: a.Decline, _event: ActionClicked) -> None:
    """No, from either side."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", "mentee", lock=True)
    taken_back = await agreeing.decline(ctx, mentorship)
    ctx.refresh_home(ctx.member)
    ctx.reply(cards.settled_card(taken_back=taken_back))


async def open_sharing(ctx: Context, payload: a.OpenSharing) -> Form:
    """The form in which the mentee chooses what is seen."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentee")
    return forms.sharing_form(mentorship, await name_of(ctx.session, mentorship.mentor_id))


async def save_sharing(ctx: Context, payload: a.SaveSharing, event: FormSubmitted) -> None:
    """What the mentee chose; for an offer it is the yes."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentee", lock=True)
    before = mentorship.state
    await agreeing.share(ctx, mentorship, event.values.get("shares", ()))
    mentor, shares = await name_of(ctx.session, mentorship.mentor_id), agreeing.shown(mentorship)
    ctx.refresh_home(ctx.member)
    if before is MentorshipState.OFFERED:
        ctx.reply(cards.begun_for_mentee_card(mentorship.id, mentor, shares))
    elif before is MentorshipState.PROPOSED:
        ctx.reply(cards.waits_for_mentor_card(mentor))
    else:
        ctx.reply(cards.sharing_saved_card(mentorship.id, mentor, shares))


async def end(ctx: Context, payload: a.EndMentorship, _event: ActionClicked) -> None:
    """One click, from either side."""
    mentorship = await own_mentorship(ctx, payload.mentorship, "mentor", "mentee", lock=True)
    await agreeing.end(ctx, mentorship, by=ctx.member)
    ctx.refresh_home(ctx.member)
    ctx.reply(cards.over_card())


async def end_command(ctx: Context, _event: CommandInvoked, options: Options) -> None:
    """`mentor end`: with the person named, whichever side they are on; what has not begun is taken back or declined."""
    other = await person_meant(ctx, str(options["member"]), taking_part=False)
    name = await name_of(ctx.session, other)
    standing = [one for one in await mentorships_of(ctx.session, ctx.member) if other in (one.mentor_id, one.mentee_id)]
    known = [one for one in standing if one.state is not MentorshipState.PROPOSED or one.mentee_id == ctx.member]
    if not known:
        raise UserFacingError(t("You and {name} do not mentor each other, so there is nothing to end.", name=name))
    if len(known) > 1:
        ctx.reply(list_cards.which_card([_line(one, ctx.member, {other: name}) for one in known], name))
        return
    mentorship = await own_mentorship(ctx, known[0].id, "mentor", "mentee", lock=True)
    if mentorship.state is MentorshipState.ACTIVE:
        await agreeing.end(ctx, mentorship, by=ctx.member)
        ctx.reply(cards.over_card())
    else:
        ctx.reply(cards.settled_card(taken_back=await agreeing.decline(ctx, mentorship)))
    ctx.refresh_home(ctx.member)


async def list_command(ctx: Context, _event: CommandInvoked | ActionClicked, _options: Any) -> None:
    """`mentor list`, both sides."""
    lines = await lines_of(ctx, ctx.member)
    ctx.reply(list_cards.list_card(lines, len(await waiting_for(ctx.session, ctx.member))))


async def list_from(ctx: Context, payload: a.ListMentorshipsFrom, _event: ActionClicked) -> None:
    """The next of them."""
    waits = len(await waiting_for(ctx.session, ctx.member))
    ctx.reply(list_cards.list_card(await lines_of(ctx, ctx.member), waits, payload.start))


async def list_by_button(ctx: Context, payload: a.ListMentorships, event: ActionClicked) -> None:
    """The same by a button."""
    await list_command(ctx, event, payload)


async def home(ctx: Context) -> Sequence[Element]:
    """The short part of the home."""
    lines = await lines_of(ctx, ctx.member)
    waits = await waiting_for(ctx.session, ctx.member)
    return list_cards.home_section(lines, len(waits), await standing_of(ctx, ctx.member))


async def open_digest(ctx: Context, _payload: a.OpenDigest | Options) -> Form:
    """When the weekly summary comes."""
    wished = await digest_times.time_of(ctx.session, ctx.member)
    return forms.digest_form(wished, await zone_of(ctx.session, ctx.member))


def check_digest(_payload: a.SaveDigest, event: FormSubmitted) -> Mapping[str, Text]:
    """What is wrong with the time."""
    try:
        read_clock_time(forms.value_of(event.values, "time"))
    except UserFacingError as problem:
        return {"time": problem.text}
    return {}


async def save_digest(ctx: Context, _payload: a.SaveDigest, event: FormSubmitted) -> None:
    """Keep it."""
    ctx.require("mentorship.own", Subject(ctx.workspace, ctx.member))
    at, day = read_clock_time(forms.value_of(event.values, "time")), forms.value_of(event.values, "day")
    before = await digest_times.time_of(ctx.session, ctx.member)
    wanted = day != forms.OFF
    weekday = int(day) if wanted else before.weekday
    await digest_times.change(ctx, ctx.member, digest_times.DigestTime(weekday, at, wanted))
    ctx.reply(digest_saved_card(WEEKDAYS[weekday], f"{at:%H:%M}", wanted=wanted))


async def member_left(ctx: Context, event: MemberLeft) -> bool:
    """Whoever left mentors nobody any more; others may want the event too."""
    member = await member_of(ctx.session, event.actor) if event.actor is not None else None
    if member is not None:
        await agreeing.has_left(ctx, member)
    return False


async def lines_of(ctx: Context, member: MemberId) -> Sequence[Line]:
    """What stands with a member; what was proposed to them as the next mentor they learn once the mentee agrees."""
    standing = [
        one
        for one in await mentorships_of(ctx.session, member)
        if one.state is not MentorshipState.PROPOSED or one.mentee_id == member
    ]
    names = await names_of(ctx.session, [id_ for one in standing for id_ in (one.mentor_id, one.mentee_id)])
    return [_line(one, member, names) for one in standing]


def _line(one: Mentorship, member: MemberId, names: Mapping[MemberId, str]) -> Line:
    mentors = one.mentor_id == member
    other = one.mentee_id if mentors else one.mentor_id
    return list_cards.line_of(one, names.get(other, ""), "mentor" if mentors else "mentee", agreeing.shown(one))


async def _ask(ctx: Context, user: str) -> None:
    mentor = await person_meant(ctx, user)
    offered = await between(ctx.session, mentor, ctx.member)
    name = await name_of(ctx.session, mentor)
    if offered is not None and offered.state is MentorshipState.OFFERED:
        ctx.reply(cards.offer_card(offered.id, name))
        return
    age = age_text(await queue_age(ctx.session, mentor), name, ctx.now)
    mentorship = await agreeing.ask(ctx, mentor)
    ctx.refresh_home(ctx.member)
    ctx.reply(cards.asked_card(mentorship.id, name, age))


async def _offer(ctx: Context, user: str) -> None:
    mentee = await person_meant(ctx, user)
    asked = await between(ctx.session, ctx.member, mentee)
    name = await name_of(ctx.session, mentee)
    if asked is not None and asked.state is MentorshipState.ASKED:
        ctx.reply(cards.request_card(asked.id, name))
        return
    mentorship = await agreeing.offer(ctx, mentee)
    ctx.refresh_home(ctx.member)
    ctx.reply(cards.offered_card(mentorship.id, name))


async def _hand_over(ctx: Context, mentorship: Mentorship, new: MemberId) -> None:
    made = await agreeing.hand_over(ctx, mentorship, new)
    names = await names_of(ctx.session, (mentorship.mentee_id, new))
    ctx.reply(cards.handed_over_card(made.id, names[mentorship.mentee_id], names[new]))
