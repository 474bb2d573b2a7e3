"""Progress in a workspace: one's own, a mentee's as far as it is shown, several people's in counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.base.errors import NotAllowed
from bot.base.ids import new_id
from bot.base.text import render
from bot.chat.pages import Page
from bot.feature.context import Context
from bot.mentoring.digest import Span
from bot.mentoring.digest import _answers as digest_answers
from bot.mentoring.history import participation_of
from bot.mentoring.progress_handlers import build_page
from bot.mentoring.progress_view import own_progress, progress_for
from bot.mentoring.targets import set_target, standing_of
from bot.mentoring.viewing import view_of
from bot.scoring import Answer as Text
from bot.scoring import Report, score
from bot.stories.records import story_for
from bot.stories.service import show_to
from storage.tables.answers import Answer, AnswerState, GivenAs, Revision
from storage.tables.mentoring import MentorLook, Mentorship
from storage.tables.questions import Slot
from storage.tables.stories import Story, StoryVisibility
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION, WEAK, question_posted
from tests.scenario.dsl import whole_rules
from tests.scenario.mentoring_scene import MentoringScene, mentoring

GOOD = f"{SITUATION} {ACTION} {RESULT}"
NO_FIGURE = f"{SITUATION} {ACTION} In the end everybody was content."


@pytest.fixture
async def m() -> AsyncIterator[MentoringScene]:
    async with mentoring() as made:
        yield made


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {text: score(Text(text), whole_rules()) for text in (GOOD, NO_FIGURE, WEAK)}


async def given(
    m: MentoringScene, who: str, reports: dict[str, Report], *texts: str, visibility: str = "mentors", engine: str = ""
) -> None:
    """Somebody gave these answers on as many days, the last one today, to the question of the channel."""
    for days, text in enumerate(reversed(texts)):
        async with m.acting(who) as ctx:
            at, report = ctx.now - timedelta(days=days), reports[text]
            answer = Answer(
                id=new_id(), member_id=ctx.member, given_as=GivenAs.TEXT, visibility=visibility,
                state=AnswerState.CLOSED, created_at=at,
            )  # fmt: skip
            ctx.session.add(answer)
            await ctx.session.flush()
            ctx.session.add(
                Revision(
                    id=new_id(), answer_id=answer.id, number=1, text=text, question="A question", kind="behavioral",
                    engine=engine or report.engine, rubric=report.rubric, lexicon=report.lexicon,
                    rating=None if report.abstained else report.rating, report=report.to_json().decode(),
                    created_at=at,
                )
            )  # fmt: skip


async def took_part(m: MentoringScene, *who: str, visibility: str = "channel") -> None:
    """These people answered the question of the channel."""
    for name in who:
        async with m.acting(name) as ctx:
            ctx.session.add(
                Answer(
                    id=new_id(), member_id=ctx.member, slot_id=m.q.slot, given_as=GivenAs.PRIVATE,
                    visibility=visibility, state=AnswerState.CLOSED, created_at=ctx.now,
                )
            )  # fmt: skip


async def shares(m: MentoringScene, *things: str) -> None:
    """Ana shows Ben these things and no other."""
    async with m.acting("ana") as ctx:
        await ctx.session.execute(update(Mentorship).values(shares=list(things)))


async def looks(m: MentoringScene) -> list[str]:
    return sorted(row.what for row in await m.rows(MentorLook))


async def mentorship(ctx: Context) -> Mentorship:
    """That of Ben and Ana."""
    return (await ctx.session.scalars(select(Mentorship))).one()


def figures(card: str) -> str:
    """What a card says without its heading, and without what it says to its one reader."""
    skipped = ("Progress of", "This is what", "Ana chose to show", "[")
    return "\n".join(line for line in card.splitlines() if line.strip() and not line.strip().startswith(skipped))


async def test_before_any_answer_nothing_is_made_up(m: MentoringScene) -> None:
    card = await m.run("ana", "progress show")
    assert "No answer has been scored yet" in card
    assert "too few to say; it takes 3" in card


async def test_ones_own_progress_has_figures_and_a_picture(m: MentoringScene, reports: dict[str, Report]) -> None:
    await given(m, "ana", reports, GOOD, NO_FIGURE, NO_FIGURE, GOOD)
    card = await m.run("ana", "progress")
    assert "Answers scored: 4" in card
    assert "the mean of 4 answers" in card
    assert "4 days" in card
    assert "recommended 50 to 70 %" in card
    assert "Ratings from 1 to 5 of the latest 4 answers" in card
    pictures = [row["data"] for row in m.s.workspace.store.rows("SELECT data FROM images")]
    assert len(pictures) == 2
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


async def test_the_home_has_the_short_form_and_the_way_to_the_rest(
    m: MentoringScene, reports: dict[str, Report]
) -> None:
    await given(m, "ana", reports, GOOD, GOOD, GOOD)
    await m.who("ana").opens_home()
    await m.s.drain()
    home = m.who("ana").home
    assert "Rating of late" in home
    assert "Streak: 3 days" in home
    assert "Several people" not in home
    await m.who("ana").clicks_home("Your progress")
    await m.s.drain()
    assert "Answers scored: 3" in m.seen("ana")
    await m.who("ben").opens_home()
    await m.s.drain()
    await m.who("ben").clicks_home("Several people")
    await m.s.drain()
    assert "Your mentees" in m.seen("ben")


async def test_the_mentee_sees_exactly_what_the_mentor_sees(m: MentoringScene, reports: dict[str, Report]) -> None:
    await given(m, "ana", reports, NO_FIGURE, NO_FIGURE, NO_FIGURE)
    seen_by_ben = await m.run("ben", "progress of mentee:@ana")
    await m.run("ana", "progress show")
    seen_by_ana = await m.click("ana", "As Ben sees it")
    assert "Progress of Ana" in seen_by_ben
    assert figures(seen_by_ben) == figures(seen_by_ana)


async def test_every_look_is_in_the_mentees_log_and_ones_own_is_nobodys(
    m: MentoringScene, reports: dict[str, Report]
) -> None:
    await given(m, "ana", reports, GOOD)
    await m.run("ana", "progress show")
    assert await looks(m) == []
    await m.run("ben", "progress of mentee:@ana")
    assert await looks(m) == ["participation", "scores", "stories"]
    assert "ratings, findings and levels" in await m.run("ana", "mentor log")


async def test_what_is_not_ticked_is_not_shown(m: MentoringScene, reports: dict[str, Report]) -> None:
    await given(m, "ana", reports, NO_FIGURE, NO_FIGURE, NO_FIGURE)
    await shares(m, "participation")
    card = await m.run("ben", "progress of mentee:@ana")
    assert "Streak: 3 days" in card
    for hidden in ("Rating", "Level", "What comes back", "Stories", "recommended"):
        assert hidden not in card
    assert await looks(m) == ["participation"]


async def test_without_the_words_of_answers_nothing_is_quoted(m: MentoringScene, reports: dict[str, Report]) -> None:
    await given(m, "ana", reports, NO_FIGURE, NO_FIGURE, NO_FIGURE)
    await shares(m, "scores")
    quote = next(found.evidence[0].quote for found in reports[NO_FIGURE].findings if found.evidence)
    card = await m.run("ben", "progress of mentee:@ana")
    assert "What comes back" in card
    assert quote not in card
    assert quote in await m.run("ana", "progress show")


async def test_no_figure_that_a_mentor_gets_tells_of_a_private_answer(
    m: MentoringScene, reports: dict[str, Report]
) -> None:
    await given(m, "ana", reports, GOOD, GOOD)
    ana, ben = await m.s.member(m.s.ana), await m.s.member(m.s.ben)
    async with m.acting("ben") as ctx:
        before = await progress_for(ctx, ben, ana), await view_of(ctx, await mentorship(ctx))
    await given(m, "ana", reports, WEAK, NO_FIGURE, WEAK, visibility="me")
    await took_part(m, "ana", visibility="me")
    async with m.acting("ana") as ctx:
        await set_target(ctx, "L5", (ctx.now + timedelta(days=30)).date())
        own, own_standing = await own_progress(ctx), await standing_of(ctx, ana)
        assert (own.progress.answers, own.progress.streak and own.progress.streak.days) == (5, 3)
    async with m.acting("ben") as ctx:
        after = await progress_for(ctx, ben, ana), await view_of(ctx, await mentorship(ctx))
        line = await digest_answers(ctx, ana, frozenset({"scores"}), Span(ctx.now - timedelta(days=7), ctx.now))
    assert after[0] == before[0]
    assert replace(after[1], target=None) == before[1]
    assert "Too few rated answers" in render(after[1].target or "")
    assert "Too few rated answers" not in render(own_standing or "")
    assert [render(one)[:9] for one in line] == ["2 answers"]


async def test_a_channel_of_several_mentees_tells_nothing_of_a_private_answer(m: MentoringScene) -> None:
    await took_part(m, "ana", visibility="me")
    assert "Ana" not in await m.run("ben", "progress cohort channel:#interview-practice")
    async with m.acting("ana") as ctx:
        await ctx.session.execute(update(Answer).values(visibility="mentors"))
    assert "Ana" in await m.run("ben", "progress cohort channel:#interview-practice")


async def test_counts_for_who_moderates_leave_private_answers_out(m: MentoringScene) -> None:
    await m.run("ada", "mentor list")
    await took_part(m, "ana", "ben", "cleo")
    await took_part(m, "ada", visibility="me")
    assert "Fewer than 4 people answered" in await m.run("ada", "progress cohort")


async def test_who_takes_everything_back_shows_nothing_from_then_on(m: MentoringScene) -> None:
    await m.run("ben", "mentor list")
    await shares(m, "answers")
    refused = await m.run("ben", "progress of mentee:@ana")
    assert "Nothing of this is shown to you" in refused
    assert await looks(m) == []
    async with m.acting("ben") as ctx:
        assert await build_page(ctx, await m.s.member(m.s.ana)) is None


async def test_stories_that_mentors_do_not_see_are_not_counted_for_them(m: MentoringScene) -> None:
    for title in ("The label printer", "The night shift"):
        await m.run("ana", "story add")
        await m.submit("ana", title=title, situation="Labels came twice in Rotterdam.", action="I found why.")
    assert "Stories: none that mentors see" in await m.run("ben", "progress of mentee:@ana")
    async with m.acting("ana") as ctx:
        story = (await ctx.session.scalars(select(Story).limit(1))).one()
        await show_to(ctx, await story_for(ctx, story.id, "story.change"), StoryVisibility.MENTORS)
    assert "Stories: 1, covering" in await m.run("ben", "progress of mentee:@ana")
    assert "Stories: 2, covering" in await m.run("ana", "progress show")


async def test_whoever_is_no_mentor_sees_nothing(m: MentoringScene) -> None:
    assert "You cannot do that here" in await m.run("cleo", "progress of mentee:@ana")
    assert "You mentor nobody" in await m.run("cleo", "progress cohort")
    async with m.acting("cleo") as ctx:
        assert await build_page(ctx, await m.s.member(m.s.ana)) is None
        with pytest.raises(NotAllowed):
            await progress_for(ctx, ctx.member, await m.s.member(m.s.ana))


async def test_a_mentors_page_of_a_mentee_is_a_look_too(m: MentoringScene, reports: dict[str, Report]) -> None:
    await given(m, "ana", reports, GOOD, GOOD, NO_FIGURE)
    async with m.acting("ana") as ctx:
        assert isinstance(await build_page(ctx, ""), Page)
    assert await looks(m) == []
    async with m.acting("ben") as ctx:
        assert isinstance(await build_page(ctx, await m.s.member(m.s.ana)), Page)
    assert await looks(m) == ["participation", "scores", "stories"]


async def test_a_mentor_has_their_mentees_side_by_side(m: MentoringScene, reports: dict[str, Report]) -> None:
    await m.agree("ben", "cleo", shares=["notes"])
    await given(m, "ana", reports, GOOD, GOOD, NO_FIGURE)
    card = await m.run("ben", "progress cohort")
    assert "of late (3 answers)" in card
    assert "1 mentee shows you nothing of their progress." in card
    assert "Taking part" not in card
    assert await looks(m) == ["participation", "scores", "stories"]


async def test_who_moderates_gets_counts_and_only_where_they_point_at_nobody(m: MentoringScene) -> None:
    await m.run("ada", "mentor list")
    await took_part(m, "ana", "ben", "cleo")
    assert "Fewer than 4 people answered" in await m.run("ada", "progress cohort")
    await took_part(m, "ada")
    card = await m.run("ada", "progress cohort channel:#interview-practice")
    assert "People who answered: 4" in card
    assert "Private answers are not counted, and ratings are not here" in card
    assert "Ana" not in card
    assert "Fewer than 4 people" in await m.run("ada", "progress cohort channel:#general")


async def test_questions_count_from_when_somebody_joined_and_only_where_they_answer(m: MentoringScene) -> None:
    async with m.acting("ana") as ctx:
        assert (await participation_of(ctx.session, ctx.member)).posted == 0
    await took_part(m, "ana")
    async with m.acting("ana") as ctx:
        slot = await ctx.session.get_one(Slot, m.q.slot)
        taken = await participation_of(ctx.session, ctx.member)
        assert (taken.answered, taken.posted, taken.answered_lately, taken.posted_lately) == (1, 1, 1, 1)
        slot.posted_at = slot.chosen_at - timedelta(days=400)
        await ctx.session.flush()
        assert (await participation_of(ctx.session, ctx.member)).posted == 0


async def test_a_change_of_the_engine_is_a_break(m: MentoringScene, reports: dict[str, Report]) -> None:
    await given(m, "ana", reports, GOOD, GOOD, GOOD, NO_FIGURE)
    await given(m, "ana", reports, NO_FIGURE, NO_FIGURE, NO_FIGURE, engine="0.0")
    async with m.acting("ana") as ctx:
        scores = (await own_progress(ctx)).progress.scores
    assert scores is not None
    assert len(scores.ratings.breaks) > 0
    assert "other rules made the ratings" in await m.run("ana", "progress show")


async def test_every_figure_is_read_on_both_engines(database_url: str, reports: dict[str, Report]) -> None:
    async with question_posted(database_url=database_url) as q:
        m = MentoringScene(q)
        for name in ("ana", "ben", "cleo", "ada"):
            await m.run(name, "mentor list")
        await m.agree()
        await given(m, "ana", reports, GOOD, NO_FIGURE, GOOD)
        await took_part(m, "ana", "ben", "cleo", "ada")
        assert "Questions answered: 1 of 1\n" in await m.run("ana", "progress")
        assert "the mean of 3 answers" in await m.run("ben", "progress of mentee:@ana")
        assert "of late (3 answers)" in await m.run("ben", "progress cohort channel:#interview-practice")
        assert "People who answered: 4" in await m.run("ada", "progress cohort channel:#interview-practice")
