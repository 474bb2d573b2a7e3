"""Mentors in a workspace: agreed on, shown what is ticked, every look logged, handed over, ended."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from adapters.local.administration import leave
from bot.base.errors import NotAllowed, UserFacingError
from bot.members.mentorships import mentees_of, mentors_of, sees
from bot.members.zones import change_zone
from bot.mentoring import agreeing, conversing, notes
from bot.mentoring.viewing import answer_for
from bot.stories.finding_handlers import complete
from bot.stories.records import story_for
from bot.stories.service import show_to
from storage.tables.answers import Answer, Revision
from storage.tables.mentoring import (
    MentorLook,
    Mentorship,
    MentorshipState,
    NoteSeenBy,
)
from storage.tables.people import Member, MemberState
from storage.tables.stories import Story, StoryVisibility
from tests.scenario.answers_scene import SITUATION
from tests.scenario.mentoring_scene import MentoringScene, first, mentoring


@pytest.fixture
async def m() -> AsyncIterator[MentoringScene]:
    async with mentoring() as made:
        yield made


@pytest.fixture
async def strangers() -> AsyncIterator[MentoringScene]:
    async with mentoring(agreed=False) as made:
        yield made


async def test_who_is_asked_accepts_and_sees_nothing_until_it_is_ticked(strangers: MentoringScene) -> None:
    m = strangers
    await m.answers()
    asked = await m.run("ana", "mentor ask member:@ben")
    assert "sees nothing of yours until then" in asked
    assert "has not replied to anything here yet" in asked, "nothing is promised"
    assert "Ana asks you to be their mentor" in m.seen("ben")
    assert "what you look at is logged" in m.seen("ben")
    assert "You are Ana's mentor now" in await m.click("ben", "Accept")
    assert "Ben sees nothing of yours yet" in m.seen("ana")
    looked = await m.click("ben", "Look")
    assert "Not shown:" in looked
    assert "Latest answers" not in looked
    await m.share("ana", "answers")
    looked = await m.click("ben", "Look")
    assert "Latest answers" in looked
    assert " of 5" not in looked, "ratings are ticked by themselves"
    await m.share("ana")
    assert "Latest answers" not in await m.click("ben", "Look")
    with pytest.raises(NotAllowed):
        async with m.acting("ben") as ctx:
            await conversing.look_at(ctx, (await first(ctx.session, Answer)).id)


async def test_an_offer_is_declined_without_a_reason_and_can_be_made_again(strangers: MentoringScene) -> None:
    m = strangers
    await m.run("ben", "mentor offer member:@ana")
    await m.click("ana", "Decline")
    assert "Ana declined." in m.seen("ben")
    assert (await m.one(Mentorship)).state is MentorshipState.ENDED
    await m.agree()
    async with m.acting("ana") as ctx:
        assert await mentees_of(ctx.session, await m.s.member(m.s.ben)) == {ctx.member}


async def test_nobody_mentors_themselves_twice_or_as_a_bot_a_guest_or_a_stranger(m: MentoringScene) -> None:
    assert "Nobody can be their own mentor" in await m.run("ana", "mentor ask member:@ana")
    assert "Nobody can be their own mentor" in await m.run("ana", "mentor offer member:@ana")
    assert "Ben is Ana's mentor already" in await m.run("ana", "mentor ask member:@ben")
    await m.run("cleo", "mentor ask member:@ben")
    assert "Cleo has asked Ben already" in await m.run("cleo", "mentor ask member:@ben")
    for person in ("robo", "gus", "ada"):
        assert "I do not know this person" in await m.run("cleo", f"mentor ask member:@{person}")
    assert "Accept" in await m.run("ben", "mentor offer member:@cleo"), "who was asked already accepts by that"


async def test_a_person_is_named_by_the_name_that_they_alone_have(m: MentoringScene) -> None:
    assert "Ana as their mentor sees them" in await m.run("ben", "mentor look mentee:ANA"), "capitals do not matter"
    assert "Name them by @" in await m.run("ben", "mentor look mentee:Anna")
    async with m.acting("cleo") as ctx:
        (await ctx.session.get_one(Member, ctx.member)).display_name = "Ana"
    assert "Several people are called Ana" in await m.run("ben", "mentor look mentee:Ana")
    async with m.acting("ana") as ctx:
        (await ctx.session.get_one(Member, ctx.member)).display_name = "Élodie D"
    assert "Élodie D as their mentor sees them" in await m.run("ben", 'mentor look mentee:"Élodie D"')


async def test_an_answers_day_is_that_of_whoever_gave_it(m: MentoringScene) -> None:
    await m.answers()
    async with m.acting("ana") as ctx:
        at = datetime(2030, 3, 3, 20, tzinfo=UTC)
        await ctx.session.execute(update(Revision).values(created_at=at))
        await change_zone(ctx.session, await ctx.session.get_one(Member, ctx.member), "Asia/Kolkata", at - timedelta(1))
    assert "Mon 4 Mar: " in await m.run("ben", "mentor look mentee:@ana"), "it is still the third in UTC"
    assert "Answered: Mon 4 Mar" in await m.click("ben", "Read it")


async def test_whoever_looks_at_themselves_or_their_mentor_is_told_where_to_look(m: MentoringScene) -> None:
    for own in ("@ana", "@me"):
        told = await m.run("ana", f"mentor look mentee:{own}")
        assert "That is you. Your own progress is shown by “progress show”" in told
    refused = await m.run("ana", "mentor look mentee:@ben")
    assert "Ben is your mentor, and you are not theirs." in refused
    assert "You can offer" not in refused
    assert "You are not the mentor of Cleo." in await m.run("ana", "mentor look mentee:@cleo")


async def test_the_mentee_sees_exactly_what_the_mentor_sees_and_who_looked(m: MentoringScene) -> None:
    await m.answers()
    await m.run("ana", "mentor target")
    await m.click("ana", "Open the form")
    await m.submit("ana", level="L5", by="2030-06-30")
    mentors = [line for line in (await m.click("ben", "Look")).splitlines() if "[" not in line]
    mentees = (await m.click("ana", "See as my mentor sees it")).splitlines()
    assert "This is exactly what Ben sees" in mentees[2]
    assert mentors == [*mentees[:2], *mentees[3:]]
    assert "L5 by 2030-06-30" in mentors[2]
    assert " of 5)" in "".join(mentors)
    await m.click("ben", "Read it")
    log = await m.run("ana", "mentor log")
    assert "Mon 4 Mar, 09:00" in log
    assert "Ben, an answer: Tell me about a change of yours that did harm in production." in log
    assert "Ben, your answers, as a list or counted" in log
    assert "Ben, ratings, findings and levels" in log
    looks = await m.rows(MentorLook)
    assert {look.what for look in looks} == {"answers", "scores", "stories"}
    assert "Nobody has looked at anything of yours" in await m.run("ben", "mentor log")


async def test_a_story_that_is_found_is_logged_too(m: MentoringScene) -> None:
    await m.run("ana", "story add")
    await m.submit("ana", title="The label printer", situation="Labels came twice in Rotterdam.", action="I found why.")
    async with m.acting("ana") as ctx:
        record = await story_for(ctx, (await first(ctx.session, Story)).id, "story.change")
        await show_to(ctx, record, StoryVisibility.MENTORS)
    assert "The label printer" not in await m.run("cleo", "story find label printer")
    assert "The label printer (Ana)" in await m.run("ben", "story find label printer")
    assert [look.what for look in await m.rows(MentorLook)] == ["stories"]
    await m.share("ana", "answers")
    assert "The label printer" not in await m.run("ben", "story find label printer")


async def test_a_title_that_completes_what_is_typed_is_a_look_too(m: MentoringScene) -> None:
    await m.run("ana", "story add")
    await m.submit("ana", title="The label printer", situation="Labels came twice in Rotterdam.", action="I found why.")
    async with m.acting("ana") as ctx:
        record = await story_for(ctx, (await first(ctx.session, Story)).id, "story.change")
        await show_to(ctx, record, StoryVisibility.MENTORS)
        assert [choice.label for choice in await complete(ctx, "label prin")] == ["The label printer"]
    assert not await m.rows(MentorLook)
    async with m.acting("ben") as ctx:
        assert [choice.label for choice in await complete(ctx, "label prin")] == ["The label printer"]
    assert [look.what for look in await m.rows(MentorLook)] == ["stories"]


async def test_two_mentors_see_each_what_they_are_shown(m: MentoringScene) -> None:
    await m.agree("cleo", shares=("participation",))
    ana, ben, cleo = [await m.s.member(m.who(name)) for name in ("ana", "ben", "cleo")]
    async with m.acting("ana") as ctx:
        assert await mentors_of(ctx.session, ana) == {ben, cleo}
        assert await mentors_of(ctx.session, ana, "answers") == {ben}
        assert await sees(ctx.session, cleo, ana, "participation")
        mentorship = await first(ctx.session, Mentorship, Mentorship.mentor_id == ben)
        await agreeing.end(ctx, mentorship, by=ana)
        assert await mentors_of(ctx.session, ana) == {cleo}
    await m.s.drain()
    assert "Ana is not your mentee any more" in m.seen("ben")
    assert "Ana is not your mentee any more" not in m.seen("cleo")


async def test_a_mentor_hands_over_once_the_mentee_and_the_next_one_agree(m: MentoringScene) -> None:
    assert "Ana is asked first, then Cleo" in await m.run("ben", "mentor handover member:@cleo")
    assert "Ben would like to hand over to Cleo" in m.seen("ana")
    assert "proposed as your next mentor" not in await m.run("cleo", "mentor list")
    await m.click("ana", "Accept and choose")
    assert "Cleo is asked now" in await m.submit("ana", shares=("scores",))
    ana, ben, cleo = [await m.s.member(m.who(name)) for name in ("ana", "ben", "cleo")]
    async with m.acting("ana") as ctx:
        assert await mentors_of(ctx.session, ana) == {ben}
    await m.click("cleo", "Accept")
    async with m.acting("ana") as ctx:
        assert await mentors_of(ctx.session, ana) == {cleo}
        assert await mentors_of(ctx.session, ana, "scores") == {cleo}


async def test_a_mentees_story_is_read_as_far_as_it_is_shown(m: MentoringScene) -> None:
    await m.run("ana", "story add")
    await m.submit("ana", title="The label printer", situation="Labels came twice in Rotterdam.", action="I found why.")
    assert "No story whose visibility lets mentors see it" in await m.click("ben", "Look")
    async with m.acting("ana") as ctx:
        record = await story_for(ctx, (await first(ctx.session, Story)).id, "story.change")
        await show_to(ctx, record, StoryVisibility.MENTORS)
    await m.click("ben", "Look")
    assert "Labels came twice in Rotterdam." in await m.click("ben", "The label printer")
    assert "Ben, a story: The label printer" in await m.run("ana", "mentor log")
    await m.share("ana", "answers")
    assert "This is not shown to you" in await m.click("ben", "The label printer")


async def test_a_handover_that_the_mentee_declines_changes_nothing(m: MentoringScene) -> None:
    await m.run("ben", "mentor handover member:@cleo")
    await m.click("ana", "Decline")
    assert "Ana declined." in m.seen("ben")
    assert "Ana" not in await m.run("cleo", "mentor list")
    assert "You are the mentor already" in await m.run("ben", "mentor handover member:@ben")
    assert "Nobody can be their own mentor" in await m.run("ben", "mentor handover member:@ana")


async def test_when_a_mentor_leaves_the_mentee_is_asked_whether_to_find_another(m: MentoringScene) -> None:
    await m.run("cleo", "mentor ask member:@ben")
    await leave(m.s.workspace, "ben")
    await m.s.drain()
    assert "Ben is not your mentor any more" in m.seen("ana")
    assert "Find a mentor or mentee" in m.seen("ana")
    assert "Ben declined." in m.seen("cleo")
    assert {row.state for row in await m.rows(Mentorship)} == {MentorshipState.ENDED}
    assert "does not take part here any more" in await m.run("ana", "mentor ask member:@ben")


async def test_what_was_said_to_somebody_elses_mentee_is_refused(m: MentoringScene) -> None:
    await m.answers()
    async with m.acting("cleo") as ctx:
        answer = await first(ctx.session, Answer)
        with pytest.raises(NotAllowed):
            await conversing.comment(ctx, answer.id, "Hello")
        with pytest.raises(UserFacingError, match="not your mentor"):
            await conversing.ask(ctx, await m.s.member(m.s.ben), "Hello")
        with pytest.raises(NotAllowed):
            await notes.write(ctx, await m.s.member(m.s.ana), "Hello", NoteSeenBy.ME)
    assert not await m.rows(MentorLook)


async def test_a_mentor_who_is_blocked_sees_nothing(m: MentoringScene) -> None:
    await m.answers()
    await m.run("ben", "mentor look mentee:@ana")
    ana, ben = await m.s.member(m.s.ana), await m.s.member(m.s.ben)
    async with m.acting("ana") as ctx:
        (await ctx.session.get_one(Member, ben)).state = MemberState.BLOCKED
    await m.click("ben", "Read it")
    assert SITUATION not in m.seen("ben")
    async with m.acting("ana") as ctx:
        assert not await mentors_of(ctx.session, ana)
        assert not await mentees_of(ctx.session, ben)
        with pytest.raises(NotAllowed):
            await answer_for(ctx, (await first(ctx.session, Answer)).id, ben)
        (await ctx.session.get_one(Member, ben)).state = MemberState.ACTIVE
        await ctx.session.flush()
        assert await mentors_of(ctx.session, ana) == {ben}, "it stands, and nothing is shown in it"


async def test_the_command_ends_it_from_either_side_and_takes_back_what_was_asked(m: MentoringScene) -> None:
    assert "do not mentor each other" in await m.run("ana", "mentor end member:@cleo")
    await m.run("ana", "mentor ask member:@cleo")
    assert "Nobody can accept it any more" in await m.run("ana", "mentor end member:@cleo")
    assert "Nothing is shown from this moment on" in await m.run("ben", "mentor end member:@ana")
    assert "Ben is not your mentor any more" in m.seen("ana")
    assert "do not mentor each other" in await m.run("ana", "mentor end member:@ben")


async def test_the_command_ends_it_also_with_somebody_who_is_blocked(m: MentoringScene) -> None:
    ben = await m.s.member(m.s.ben)
    async with m.acting("ana") as ctx:
        (await ctx.session.get_one(Member, ben)).state = MemberState.BLOCKED
    assert "Nothing is shown from this moment on" in await m.run("ana", "mentor end member:@ben")


async def test_where_two_people_mentor_each_other_the_command_asks_which_is_to_end(m: MentoringScene) -> None:
    await m.run("ben", "mentor ask member:@ana")
    await m.click("ana", "Accept")
    assert "more than one agreement. Which is to end?" in await m.run("ana", "mentor end member:@ben")
    await m.click("ana", "End it")
    async with m.acting("ana") as ctx:
        ana, ben = await m.s.member(m.s.ana), await m.s.member(m.s.ben)
        left = (set(await mentors_of(ctx.session, ana)), set(await mentors_of(ctx.session, ben)))
        assert left in [(set(), {ana}), ({ben}, set())]


async def test_one_click_ends_it_and_buttons_of_before_get_a_sentence(m: MentoringScene) -> None:
    look = m.s.newest_with(m.s.ben, "Look")
    await m.click("ana", "End it")
    await m.s.ben.clicks("Look", look)
    await m.s.drain()
    assert "This mentorship is over" in m.seen("ben")
