"""How mentors help: questions with a day, comments, notes, targets, the weekly summary, and what silence brings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.base.errors import NotAllowed
from bot.feature.declarations import Skip
from bot.mentoring import agreeing, notes
from bot.mentoring.declare import feature
from bot.mentoring.digest import WEEK, prepare_digest, span_of
from bot.mentoring.telling import DIGEST, SHOWN, SILENCE
from bot.outbox.schedules import MISSED, schedule_of
from storage.tables.answers import Answer
from storage.tables.mentoring import (
    MentorAssignment,
    MentorComment,
    MentoringTarget,
    MentorLook,
    MentorNote,
    MentorQuestion,
    Mentorship,
    NoteSeenBy,
)
from storage.tables.outbox import Delivery
from tests.scenario.mentoring_scene import MentoringScene, first, mentoring


@pytest.fixture
async def m() -> AsyncIterator[MentoringScene]:
    async with mentoring() as made:
        yield made


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
    for day, sentence in (("2030-03-04", "Choose a day that is still to come"), ("soon", "is not a day")):
        await m.run("ben", "mentor assign mentee:@ana question:Why? by:2030-03-08")
        said = await m.submit("ben", due=day)
        assert sentence in f"{said}{m.s.ben.form.problems if m.s.ben.has_a_form else ''}"
    assert "You are not the mentor of Ana" in await m.run("cleo", "mentor assign mentee:@ana question:Why?")


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


async def test_the_summary_begins_where_the_one_before_it_ended(m: MentoringScene) -> None:
    ben = await m.s.member(m.s.ben)

    def summary(key: str, due_at: datetime, reason: str = "") -> Delivery:
        return Delivery(kind=DIGEST, subject_id=ben, payload={}, key=key, due_at=due_at, reason=reason or None)

    async with m.acting("ben") as ctx:
        now = summary("now", ctx.now)
        assert (await span_of(ctx, now)).since == ctx.now - WEEK
        ctx.session.add_all([summary("older", ctx.now - timedelta(weeks=3)), summary("cut", ctx.now - WEEK, MISSED)])
        await ctx.session.flush()
        assert (await span_of(ctx, now)).since == ctx.now - WEEK, "too long ago, or never made"
        longer = ctx.now - timedelta(days=7, hours=1)
        ctx.session.add(summary("before", longer))
        await ctx.session.flush()
        assert (await span_of(ctx, now)).since == longer, "the week in which summer time ended"


async def test_a_summary_that_shows_nothing_of_a_mentee_is_no_look_at_them(m: MentoringScene) -> None:
    await m.run("ben", "mentor assign mentee:@ana question:Why? by:2030-03-06")
    await m.submit("ben")
    await m.s.clock_moves(days=7, hours=1)
    assert "1 of your questions is overdue" in m.seen("ben")
    assert not await m.rows(MentorLook)


async def test_what_nobody_knows_to_have_come_is_a_look_and_ends_no_watch(m: MentoringScene) -> None:
    ana, ben = await m.s.member(m.s.ana), await m.s.member(m.s.ben)
    declared = {one.kind: one for one in feature().deliveries}
    assert len(await m.rows(Delivery, Delivery.kind == SILENCE)) == 1
    async with m.acting("ben") as ctx:
        for kind, subject in ((DIGEST, ben), (SILENCE, (await first(ctx.session, Mentorship)).id)):
            lost = Delivery(subject_id=subject, payload={SHOWN: {ana: ["scores"]}}, due_at=ctx.now)
            uncertain = declared[kind].uncertain
            assert uncertain is not None
            ctx.now += timedelta(hours=1)
            await uncertain(ctx, lost)
    assert len(await m.rows(Delivery, Delivery.kind == SILENCE)) == 2
    assert [look.what for look in await m.rows(MentorLook)] == ["scores"]


async def test_what_is_hidden_in_the_channel_waits_for_nobody(m: MentoringScene) -> None:
    await m.run("ben", "mentor assign mentee:@ana question:q-harm-by-your-change by:2030-03-08")
    await m.submit("ben")
    await m.click("ana", "Answer it")
    await m.submit("ana", text="I changed how invoices were rounded. I stopped the job and refunded 212 customers.")
    assert "Ana answered your question" in await m.run("ben", "mentor waiting")
    async with m.acting("ana") as ctx:
        (await first(ctx.session, Answer)).hidden_at = ctx.now
    assert "Nothing waits for you" in await m.run("ben", "mentor waiting")


async def test_a_button_to_answer_what_nobody_asks_any_more_gets_a_sentence(m: MentoringScene) -> None:
    await m.run("ben", "mentor assign mentee:@ana question:Why? by:2030-03-08")
    await m.submit("ben")
    stale = m.s.newest_with(m.s.ana, "Answer it")
    async with m.acting("ana") as ctx:
        await agreeing.end(ctx, await first(ctx.session, Mentorship), by=ctx.member)
    await m.s.ana.clicks("Answer it", stale)
    await m.s.drain()
    assert "This question is not waiting for an answer any more" in m.seen("ana")
    assert not m.s.ana.has_a_form


async def test_a_note_can_be_deleted_after_the_end_too(m: MentoringScene) -> None:
    ana = await m.s.member(m.s.ana)
    async with m.acting("ben") as ctx:
        await notes.write(ctx, ana, "Talks too long.", NoteSeenBy.MENTEE)
    await m.run("ben", "mentor notes mentee:@ana")
    async with m.acting("ana") as ctx:
        await agreeing.end(ctx, await first(ctx.session, Mentorship), by=ana)
    assert "The note is deleted." in await m.click("ben", "Delete this note")
    assert not await m.rows(MentorNote)


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


async def test_an_admin_says_when_a_mentor_counts_as_silent(m: MentoringScene) -> None:
    await m.run("ada", "setup mentors")
    assert "silent after 1 week" in await m.submit("ada", weeks="1")
    await m.s.clock_moves(weeks=2)
    await m.click("ben", "Look")
    await m.s.clock_moves(hours=1)
    await m.answers()
    await m.s.clock_moves(weeks=1, hours=1)
    assert "has not looked or written" in m.seen("ana")
