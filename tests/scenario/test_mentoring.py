"""Mentors in a workspace: agreed on, shown what is ticked, logged, helping, handed over, erased."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from adapters.local.administration import leave
from bot.base.errors import NotAllowed, UserFacingError
from bot.feature.declarations import Skip
from bot.members.mentorships import mentees_of, mentors_of, sees
from bot.mentoring import agreeing, assignments, conversing, notes, personal_data, service, targets
from bot.mentoring.digest import SHOWN, prepare_digest
from bot.mentoring.telling import DIGEST
from bot.outbox.schedules import schedule_of
from bot.stories.records import story_for
from bot.stories.service import show_to
from storage.tables.answers import Answer
from storage.tables.mentoring import (
    MentorAssignment,
    MentorComment,
    MentoringTarget,
    MentorLook,
    MentorNote,
    MentorQuestion,
    Mentorship,
    MentorshipState,
    NoteSeenBy,
)
from storage.tables.outbox import Delivery
from storage.tables.stories import Story, StoryVisibility
from tests.scenario.answers_scene import question_posted
from tests.scenario.mentoring_scene import MentoringScene, first, mentoring
from tests.scenario.test_data_erased import rows_with, until_ended


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
    assert "2030-03-04" in log
    assert "Ben, an answer" in log
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


async def test_a_question_with_a_day_is_reminded_of_once_and_done_when_it_is_answered(m: MentoringScene) -> None:
    await m.run("ben", "mentor assign mentee:@ana question:q-harm-by-your-change by:2030-03-08")
    await m.submit("ben")
    assert "Ben asks you to answer a question by 2030-03-08" in m.seen("ana")
    for _ in range(5):
        await m.s.clock_moves(days=1)
    assert m.seen("ana").count("is due on 2030-03-08") == 1
    await m.click("ana", "Answer it")
    await m.submit("ana", text="I changed how invoices were rounded. I stopped the job and refunded 212 customers.")
    assert "Ana answered what you asked" in m.seen("ben")
    assert "Ana answered your question" in await m.run("ben", "mentor waiting")
    assert "I stopped the job" in await m.click("ben", "Read it")
    assert "Nothing waits for you" in await m.run("ben", "mentor waiting")
    row = await m.one(MentorAssignment)
    assert row.answered_at is not None
    assert (await m.one(Answer)).visibility == "mentors"


async def test_answered_in_its_thread_or_form_the_same_question_is_done_too(m: MentoringScene) -> None:
    await m.run("ben", "mentor assign mentee:@ana question:q-harm-by-your-change by:2030-03-08")
    await m.submit("ben")
    await m.answers(visibility="me")
    assert (await m.one(MentorAssignment)).answered_at is not None
    assert "Ana keeps this answer to themselves" in m.seen("ben")
    assert "Nothing waits for you" in await m.run("ben", "mentor waiting"), "what is not shown waits for nobody"


async def test_a_day_that_is_over_or_none_at_all_gets_a_sentence(m: MentoringScene) -> None:
    for day, sentence in (("2030-03-01", "is over already"), ("soon", "is not a day")):
        await m.run("ben", "mentor assign mentee:@ana question:Why? by:2030-03-08")
        said = await m.submit("ben", due=day)
        assert sentence in f"{said}{m.s.ben.form.problems if m.s.ben.has_a_form else ''}"
    assert "You are not this person's mentor" in await m.run("cleo", "mentor assign mentee:@ana question:Why?")


async def test_a_comment_reaches_the_mentee_and_settles_what_they_asked(m: MentoringScene) -> None:
    await m.answers()
    await m.click("ana", "My mentors on this", "Ask a mentor")
    asked = await m.submit("ana", text="Is the ending too long?")
    assert "Ben has your question" in asked
    assert "Nothing else waits for Ben" in asked
    await m.s.clock_moves(hours=30)
    assert "Ana asked you something 30 hours ago" in await m.run("ben", "mentor waiting")
    await m.click("ben", "Read the answer", "Comment")
    await m.submit("ben", text="The result has no figure.")
    assert "Ben on your answer" in m.seen("ana")
    assert "The result has no figure." in await m.click("ana", "My mentors on this")
    assert "Nothing waits for you" in await m.run("ben", "mentor waiting")
    assert (await m.one(MentorQuestion)).replied_at is not None
    await m.click("ana", "My answer", "Withdraw my answer", "Withdraw it")
    assert not await m.rows(MentorComment)


async def test_notes_are_read_by_those_chosen_each_time(m: MentoringScene) -> None:
    await m.agree("cleo", shares=("notes",))
    ana = await m.s.member(m.s.ana)
    async with m.acting("ben") as ctx:
        for who in NoteSeenBy:
            await notes.write(ctx, ana, f"note for {who.value}", who)
        assert len(await notes.readable(ctx, ana, ctx.member)) == 3
    async with m.acting("cleo") as ctx:
        assert [note.text for note in await notes.readable(ctx, ana, ctx.member)] == ["note for mentors"]
    async with m.acting("ana") as ctx:
        assert [note.text for note in await notes.readable(ctx, ana, ctx.member)] == ["note for mentee"]
        with pytest.raises(NotAllowed):
            await notes.write(ctx, ana, "about myself", NoteSeenBy.ME)
    await m.s.drain()
    assert "A note from Ben for you" in m.seen("ana")
    async with m.acting("ana") as ctx:
        cleos = await first(ctx.session, Mentorship, Mentorship.mentor_id == await m.s.member(m.s.cleo))
        await agreeing.share(ctx, cleos, ())
        assert not await notes.readable(ctx, ana, await m.s.member(m.s.cleo))
        bens = await first(ctx.session, Mentorship, Mentorship.mentor_id == await m.s.member(m.s.ben))
        await agreeing.end(ctx, bens, by=ana)
    assert {note.seen_by for note in await m.rows(MentorNote)} == {NoteSeenBy.MENTEE, NoteSeenBy.MENTORS}


async def test_a_target_that_a_mentor_proposes_holds_once_it_is_taken(m: MentoringScene) -> None:
    await m.click("ben", "Look", "Propose a target")
    await m.submit("ben", level="L6", by="2030-06-30")
    assert "Ben proposes a target: L6 by 2030-06-30" in m.seen("ana")
    assert "You have no target yet" in await m.run("ana", "mentor target")
    taken = await m.click("ana", "Take it")
    assert "L6 by 2030-06-30, 118 days left. Too few rated answers yet" in taken
    assert "Ana took the target you proposed" in m.seen("ben")
    assert (await m.one(MentoringTarget)).state.value == "set"
    assert "L6 by 2030-06-30" in await m.click("ben", "Look")


async def test_the_summary_comes_at_the_mentors_hour_where_there_is_something_to_say(
    m: MentoringScene,
) -> None:
    await m.s.clock_moves(days=7, hours=1)
    assert "Your mentees this week" not in m.seen("ben")
    await m.answers()
    await m.run("ben", "mentor summary")
    await m.submit("ben", day="2", time="16:30")
    await m.s.clock_moves(days=2)
    assert "Your mentees this week" not in m.seen("ben")
    await m.s.clock_moves(hours=8)
    assert "1 answer, rated" in m.seen("ben")
    looks = await m.rows(MentorLook)
    assert {look.what for look in looks} == {"answers", "scores", "participation"}, "what came by itself is logged too"
    await m.s.clock_moves(days=7)
    assert m.seen("ben").count("Your mentees this week") == 1, "nothing is told in two weeks"


async def test_consent_withdrawn_while_the_summary_waits_takes_the_mentee_out_of_it(m: MentoringScene) -> None:
    await m.agree("ben", "cleo")
    await m.run("ben", "mentor summary")
    await m.submit("ben", day="0", time="07:00")
    await m.s.clock_moves(days=6, hours=12)
    await m.answers("ana")
    await m.answers("cleo")
    await m.s.clock_moves(hours=10, minutes=5)
    waiting = await m.one(Delivery, Delivery.kind == DIGEST)
    ana, cleo = await m.s.member(m.s.ana), await m.s.member(m.s.cleo)
    assert waiting.payload[SHOWN].keys() == {ana, cleo}, "quiet hours hold it back"
    await m.click("ana", "End it")
    await m.s.clock_moves(hours=1)
    digest = m.seen("ben").partition("Your mentees this week")[2]
    assert "Cleo" in digest
    assert "1 answer" in digest
    assert "Ana" not in digest.partition("[Mentors and mentees]")[0]
    assert not await m.rows(MentorLook, MentorLook.mentee_id == ana)


async def test_without_a_mentee_there_is_no_summary_any_more(m: MentoringScene) -> None:
    ben = await m.s.member(m.s.ben)
    async with m.acting("ben") as ctx:
        assert isinstance(await prepare_digest(ctx, Delivery(subject_id=ben, payload={}, due_at=ctx.now)), Skip)
        assert await schedule_of(ctx.session, DIGEST, ben) is not None
        await agreeing.end(ctx, await first(ctx.session, Mentorship), by=ben)
        assert await schedule_of(ctx.session, DIGEST, ben) is None
        assert isinstance(await prepare_digest(ctx, Delivery(subject_id=ben, payload={}, due_at=ctx.now)), Skip)


async def test_a_silent_mentor_is_told_of_only_where_there_was_something_to_look_at(m: MentoringScene) -> None:
    await m.s.clock_moves(weeks=4)
    assert "has not looked or written" not in m.seen("ana")
    await m.answers()
    await m.s.clock_moves(weeks=1)
    assert "Ben has not looked or written for" in m.seen("ana")
    await m.click("ben", "Look")
    before = m.seen("ana")
    await m.s.clock_moves(weeks=2)
    assert "has not looked or written" not in m.seen("ana").removeprefix(before)


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


async def test_everything_can_be_done_by_buttons(m: MentoringScene) -> None:
    await m.run("cleo", "mentor list")
    await m.click("cleo", "Find a mentor or mentee")
    assert "You asked Ben to be your mentor" in await m.submit("cleo", member="ben", side="mentor")
    await m.click("cleo", "Choose what is seen")
    await m.submit("cleo", shares=("stories",))
    assert "It is taken back" in await m.click("cleo", "Take it back")
    assert "Cleo declined" not in m.seen("ben")
    stale = m.s.newest_with(m.s.ben, "Accept")
    await m.s.ben.clicks("Accept", stale)
    await m.s.drain()
    assert "This is settled already" in m.seen("ben")
    await m.click("ben", "Look", "Write a note")
    assert "Talks too long" in await m.submit("ben", text="Talks too long about the setting.", readers="me")
    assert "There is no note that you may read" in await m.click("ben", "Delete this note")
    await m.run("ana", "mentor question")
    await m.submit("ana", text="Which story should I tell?")
    await m.click("ben", "Reply")
    await m.submit("ben", text="The one about the printer.")
    assert "The one about the printer." in m.seen("ana")
    assert "You have no mentor yet" in await m.run("cleo", "mentor question")
    await m.run("ben", "mentor list")
    await m.click("ben", "Hand over")
    assert "Ana is asked first, then Cleo" in await m.submit("ben", member="cleo")


async def test_a_mentees_story_is_read_as_far_as_it_is_shown(m: MentoringScene) -> None:
    await m.run("ana", "story add")
    await m.submit("ana", title="The label printer", situation="Labels came twice in Rotterdam.", action="I found why.")
    assert "No story whose visibility lets mentors see it" in await m.click("ben", "Look")
    async with m.acting("ana") as ctx:
        record = await story_for(ctx, (await first(ctx.session, Story)).id, "story.change")
        await show_to(ctx, record, StoryVisibility.MENTORS)
    await m.click("ben", "Look")
    assert "Labels came twice in Rotterdam." in await m.click("ben", "Read the story")
    await m.share("ana", "answers")
    assert "This is not shown to you" in await m.click("ben", "Read the story")


async def test_an_admin_says_when_a_mentor_counts_as_silent(m: MentoringScene) -> None:
    await m.run("ada", "setup mentors")
    assert "silent after 1 week" in await m.submit("ada", weeks="1")
    await m.s.clock_moves(weeks=2)
    await m.click("ben", "Look")
    await m.s.clock_moves(hours=1)
    await m.answers()
    await m.s.clock_moves(weeks=1, hours=1)
    assert "has not looked or written" in m.seen("ana")


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


async def test_what_a_person_has_here_is_taken_out_and_erased_on_both_sides(m: MentoringScene) -> None:
    await m.answers()
    await m.click("ben", "Look", "Read it", "Comment")
    await m.submit("ben", text="The result has no figure.")
    await m.run("ben", "mentor assign mentee:@ana question:Why? by:2030-03-08")
    await m.submit("ben")
    ana, ben = await m.s.member(m.s.ana), await m.s.member(m.s.ben)
    async with m.acting("ana") as ctx:
        kinds = {row["what"] for row in await personal_data.export(ctx, ana)}
        assert kinds == {"mentorship", "assigned question", "look"}
        assert {row["what"] for row in await personal_data.export(ctx, ben)} >= {"mentorship", "comment"}
        assert await personal_data.erase(ctx, ben) >= 4
        looks = (await ctx.session.scalars(select(MentorLook))).all()
        assert looks
        assert {look.viewer_id for look in looks} == {None}
        assert {look.name for look in await service.looks_at(ctx.session, ana)} == {""}
    assert not await m.rows(Mentorship)
    assert not await m.rows(MentorComment)
    await m.s.drain()
    assert "Ben on your answer" not in m.seen("ana"), "our message that told of them is gone"
    await m.s.clock_moves(days=1)
    assert "One of your mentors is not here any more" in m.seen("ana")


async def test_after_a_deletion_no_row_holds_the_person_as_mentee_or_as_mentor(m: MentoringScene) -> None:
    await m.agree("ana", "cleo")
    await m.answers("ana")
    ana, cleo = await m.s.member(m.s.ana), await m.s.member(m.s.cleo)
    async with m.acting("ben") as ctx:
        answer = await first(ctx.session, Answer)
        await conversing.comment(ctx, answer.id, "zqvcomment")
        for who in NoteSeenBy:
            await notes.write(ctx, ana, "zqvnote", who)
        await assignments.assign(ctx, ana, "zqvassigned", date(2030, 3, 20))
        await targets.propose(ctx, ana, "L6", date(2030, 6, 30))
    async with m.acting("ana") as ctx:
        await conversing.ask(ctx, await m.s.member(m.s.ben), "zqvasked")
        await notes.write(ctx, cleo, "zqvmentor", NoteSeenBy.MENTEE)
        await targets.propose(ctx, cleo, "L5", date(2030, 6, 30))
    await m.s.drain()
    await m.answers("cleo")
    await m.s.clock_moves(days=7)
    marks = [ana, "zqvcomment", "zqvnote", "zqvassigned", "zqvasked", "zqvmentor"]
    assert {mark for mark in marks if any(mark in row for row in await rows_with(m.q, marks))} == set(marks)
    assert "Your mentees this week" in m.seen("ben")
    assert "Ana asks you something" in m.seen("ben")
    await m.run("ana", "data delete")
    await m.click("ana", "Delete everything about me")
    await m.submit("ana", word="delete")
    await until_ended(m.q)
    assert await rows_with(m.q, marks) == []
    for told in ("Your mentees this week", "Ana asks you something"):
        assert told not in m.seen("ben"), "what told the mentor of her is gone from their conversation"
    assert (await m.one(MentoringTarget)).proposed_by is None


async def test_it_all_works_on_both_engines(database_url: str) -> None:
    async with question_posted(database_url=database_url) as q:
        m = MentoringScene(q)
        for name in ("ana", "ben"):
            await m.run(name, "mentor list")
        await m.agree()
        assert "Ben is Ana's mentor already" in await m.run("ben", "mentor offer member:@ana")
        await m.s.clock_moves(hours=1)
        await m.answers()
        await m.click("ben", "Look", "Read it", "Comment")
        await m.submit("ben", text="The result has no figure.")
        await m.run("ben", "mentor assign mentee:@ana question:Why? by:2030-03-12")
        await m.submit("ben")
        await m.s.clock_moves(days=7)
        assert "1 answer, rated" in m.seen("ben")
        assert "Ben, what reviewers found" not in await m.run("ana", "mentor log")
        ana = await m.s.member(m.s.ana)
        async with m.acting("ana") as ctx:
            assert await personal_data.erase(ctx, ana) >= 5
        assert "Your mentees this week" in m.seen("ben")
        await m.s.drain()
        assert "Your mentees this week" not in m.seen("ben")


async def test_the_log_and_what_ended_are_kept_for_a_time_only(m: MentoringScene) -> None:
    await m.click("ben", "Look")
    async with m.acting("ana") as ctx:
        await agreeing.end(ctx, await first(ctx.session, Mentorship), by=ctx.member)
        assert await service.forget_looks(ctx.session, ctx.now, 100) == 0
        later = ctx.now + timedelta(days=1)
        assert await service.forget_looks(ctx.session, later, 2) == 2
        assert await service.forget_looks(ctx.session, later, 100) == 1
        assert await service.forget_mentorships(ctx.session, later, 100) == 1


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


async def test_one_click_ends_it_and_buttons_of_before_get_a_sentence(m: MentoringScene) -> None:
    look = m.s.newest_with(m.s.ben, "Look")
    await m.click("ana", "End it")
    await m.s.ben.clicks("Look", look)
    await m.s.drain()
    assert "This mentorship is over" in m.seen("ben")
