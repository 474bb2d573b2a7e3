"""After the close: what authors, mentors and moderators get, and what they can do with it."""

from __future__ import annotations

from sqlalchemy import select

from bot.base.ids import MemberId, new_id
from bot.review.ending import close, reopen
from bot.review.reviewing_actions import AskBack, DismissAnswerFlag, OpenAppeal, OpenOverride
from bot.review.rounds import round_by_id
from storage.tables.mentoring import MentorLook, Mentorship, MentorshipState
from storage.tables.outbox import DeliveryState
from storage.tables.review import Entry, EntryState, Review, ReviewAppeal, ReviewOverride, ReviewState
from tests.scenario.reviewing_scene import SCORES, Reviewing, closed, reviewing, written
from tests.scenario.rounds_scene import names


async def test_an_author_gets_means_and_comments_together_in_one_message_without_names_or_times() -> None:
    async with closed() as v:
        entry = await v.authored("ana")
        reviews = await v.of(entry)
        results = [each for each in await v.r.deliveries("review.results") if each.member_id == entry.author_id]
        assert [each.state for each in results] == [DeliveryState.POSTED]
        seen = v.s.channel("@starling", seen_by=v.s.ana)
        card = seen[seen.index("What your reviewers found, round 1") :]
        assert "The mean of 2 reviews" in card
        assert "Situation and task: 4.0 of 5" in card
        for review in reviews:
            assert review.worked in card
            assert str(review.reviewer_id) not in card
        for name in await reviewers(v, reviews):
            assert f"{name.title()}:" not in card.replace("of " + name, "")
        assert all(str(review.submitted_at)[:16] not in card for review in reviews)
        shown = sorted(reviews, key=lambda review: review.order_shown)
        assert card.index(shown[0].worked) < card.index(shown[1].worked)
        assert "Reviews handed in" not in card
        assert entry.result["tier"] == "full"
        assert entry.owed is False


async def reviewers(v: Reviewing, reviews: list[Review]) -> list[str]:
    return [await v.who(review) for review in reviews]


async def test_too_few_reviews_close_all_the_same_say_so_and_come_first_next_time() -> None:
    async with reviewing() as v:
        await v.everybody_writes("ana")
        await v.closes()
        got: list[Entry] = []
        without: list[Entry] = []
        for entry in await v.r.entries():
            (got if entry.result["reviews"] else without).append(entry)
            assert entry.state is EntryState.SUMMARISED
            assert entry.owed
        assert {entry.result["tier"] for entry in got} == {"partial"}
        assert {entry.result["tier"] for entry in without} == {"none"}
        assert "Nobody reviewed it in time." in v.seen("ana")
        assert "your answer is the first to be given reviewers" in v.seen("ana")


async def test_helpful_thanks_and_one_question_back_reach_the_reviewer_without_names() -> None:
    async with closed() as v:
        entry = await v.authored("ana")
        for label in ("It helped", "Say thanks", "Ask one question"):
            await v.s.ana.clicks(label)
            await v.s.drain()
        await v.s.ana.submits(question="Which customers would you open with, the first or the angriest?")
        await v.s.drain()
        (asked,) = [review for review in await v.of(entry) if review.asked_back]
        assert (asked.helpful, asked.thanked) == (True, True)
        reader = await v.who(asked)
        assert "An author thanks you for your review" in v.seen(reader)
        assert "the first or the angriest?" in v.seen(reader)
        assert "Ana" not in after(v.seen(reader), "An author thanks you")
        await v.s.__getattr__(reader).clicks("Answer it")
        await v.s.drain()
        await v.s.__getattr__(reader).submits(answer="The angriest: one voice says more than a count.")
        await v.s.drain()
        assert "one voice says more" in v.seen("ana")
        await v.r.click(reader, "Answer it")
        assert "You have answered this question already." in v.seen(reader)
        await v.acts("ana", AskBack(review=asked.id))
        assert not v.s.ana.has_a_form
        assert "You have asked this reviewer a question already." in v.seen("ana")


def after(text: str, mark: str) -> str:
    return text[text.index(mark) :].split("[")[0]


async def test_a_reported_review_is_hidden_at_once_and_upheld_it_is_out_of_every_number() -> None:
    async with closed() as v:
        entry = await v.authored("ana")
        await v.s.ana.clicks("Report it")
        await v.s.drain()
        await v.s.ana.submits(reason="It insults me.")
        await v.s.drain()
        (flagged,) = [review for review in await v.of(entry) if review.state is ReviewState.FLAGGED]
        await v.s.ana.runs("round results")
        await v.s.drain()
        newest = v.seen("ana").rsplit("What your reviewers found", 1)[1]
        assert flagged.worked not in newest
        assert "1 review is hidden while a moderator looks at it." in newest
        assert "Something was reported" in v.seen("mia")
        await v.r.click("mia", "See what was reported")
        assert flagged.worked in v.seen("mia")
        assert "Ana" not in after(v.seen("mia"), "Reported in reviews")
        await v.r.click("mia", "Take it out")
        assert (await v.review(flagged.id)).state is ReviewState.EXCLUDED
        (now,) = [each for each in await v.r.entries() if each.id == entry.id]
        assert now.result["reviews"] == 1
        assert "A moderator has taken out your review" in v.seen(await v.who(flagged))
        assert "A moderator agrees with your report" in v.seen("ana")
        await v.r.click("mia", "Take it out")
        assert "Nothing is left to do." in v.seen("mia")


async def test_a_reported_review_that_stands_counts_as_before() -> None:
    async with closed() as v:
        entry = await v.authored("ana")
        before = dict(entry.result)
        await v.r.click("ana", "Report it")
        await v.s.ana.submits(reason="I do not like it.")
        await v.s.drain()
        await v.r.click("mia", "See what was reported", "Let it stand")
        (now,) = [each for each in await v.r.entries() if each.id == entry.id]
        assert dict(now.result) == before
        assert {review.state for review in await v.of(entry)} == {ReviewState.COUNTED}


async def test_a_reported_answer_is_hidden_from_its_reviewers_until_a_moderator_decides() -> None:
    async with reviewing() as v:
        await v.makes_moderator("mia")
        review = (await v.r.open_reviews("ana"))[0]
        entry = await v.entry(review)
        await v.reads("ana", review)
        await v.r.click("ana", "Report this answer")
        await v.s.ana.submits(reason="It names a customer.")
        await v.s.drain()
        (other,) = [each for each in await v.of(entry) if each.id != review.id]
        reader = await v.who(other)
        await v.reads(reader, other)
        assert "A moderator is looking at this answer." in v.seen(reader)
        await v.r.click("mia", "See what was reported")
        assert "It names a customer." in v.seen("mia")
        await v.r.click("mia", "Let it stand")
        await v.reads(reader, other)
        assert f"Answer {entry.label}" in v.seen(reader)
        await v.reads("ana", review)
        await v.r.click("ana", "Report this answer")
        await v.s.ana.submits(reason="It still does.")
        await v.s.drain()
        await v.r.click("mia", "See what was reported", "Take it out")
        (gone,) = [each for each in await v.r.entries() if each.id == entry.id]
        assert (gone.state, gone.text) == (EntryState.WITHDRAWN, "")
        assert not [each for each in await v.of(gone) if each.state is ReviewState.ASSIGNED]


async def test_nobody_decides_about_what_they_wrote_themselves() -> None:
    async with reviewing() as v:
        review = (await v.r.open_reviews("ana"))[0]
        entry = await v.entry(review)
        await v.reads("ana", review)
        await v.r.click("ana", "Report this answer")
        await v.s.ana.submits(reason="It names a customer.")
        await v.s.drain()
        (author,) = [name for name in names(5) if await v.s.member(getattr(v.s, name)) == entry.author_id]
        await v.makes_moderator(author)
        await v.s.__getattr__(author).runs("round flags")
        await v.s.drain()
        assert "Nothing waits for a decision." in v.seen(author)
        await v.acts(author, DismissAnswerFlag(entry=entry.id))
        assert (await v.authored(author)).state is EntryState.HIDDEN


async def test_an_appeal_brings_a_mentors_own_score_blind_to_the_first_and_once() -> None:
    async with closed() as v:
        await v.r.mentor("mia", 2)
        entry = await v.authored("ana")
        first = dict(entry.result)
        await v.r.click("ana", "Ask for another look")
        await v.s.ana.submits(why="The figure is in the last sentence.")
        await v.s.drain()
        assert "Another look at answer" in v.seen("mia")
        shown = after(v.seen("mia"), "Another look at answer")
        assert all(review.worked not in shown for review in await v.of(entry))
        assert "4.0" not in shown
        await v.r.click("mia", "Rate it")
        scores = {"situation": "5", "action": "5", "result": "5", "reflection": "4"}
        await v.s.mia.submits(**scores, reason="The figure stands there, and it is compared.")
        await v.s.drain()
        (given,) = await v.r.rows(ReviewOverride)
        assert given.value == 4.75
        (now,) = [each for each in await v.r.entries() if each.id == entry.id]
        assert dict(now.result) == first, "what was found before stays"
        assert "A mentor gave it 4.8 of 5" in v.seen("ana")
        for review in await v.of(entry):
            told = v.seen(await v.who(review))
            assert "A mentor looked at answer" in told
            assert "it is compared" not in told
        (asked,) = await v.r.rows(ReviewAppeal)
        assert asked.answered_at is not None
        await v.acts("ana", OpenAppeal(entry=entry.id))
        assert "You have asked for another look at this answer already." in v.seen("ana")


async def test_an_appeal_ends_seven_days_after_the_close_and_none_but_a_mentor_gives_a_score() -> None:
    async with reviewing(3) as v:
        await v.closes()
        entry = await v.authored("ana")
        await v.acts("ada", OpenOverride(entry=entry.id))
        await v.acts("ben", OpenOverride(entry=entry.id))
        assert not v.s.ada.has_a_form
        assert not v.s.ben.has_a_form
        await v.acts("ben", OpenAppeal(entry=entry.id))
        assert not v.s.ben.has_a_form
        await v.s.clock_moves(days=8)
        await v.acts("ana", OpenAppeal(entry=entry.id))
        assert "within seven days after the close" in v.seen("ana")


async def test_moderators_get_labels_and_adjusted_scores_and_admins_only_counts() -> None:
    async with closed() as v:
        assert "How round 1" in v.seen("ada")
        assert "With two reviews or more: 5" in v.seen("ada")
        assert "Without the reviewers' habits" not in v.seen("ada")
        assert "Answer A: " in v.seen("mia")
        assert all(name.title() not in after(v.seen("mia"), "How round 1") for name in names(5))


async def test_mentors_get_the_adjusted_score_and_what_is_far_apart_only_where_the_author_shows_reviews() -> None:
    async with written() as v:
        eva = await v.s.member(v.s.eva)
        await _mentors(v, eva, ana=["answers", "reviews"], ben=["answers", "scores"], cleo=["reviews"], dan=[])
        await _disagree_about(v, "ana")
        await v.closes()
        seen = v.seen("eva")
        assert "Reviews of an answer by Ana" in seen
        assert "Without the reviewers' habits" in seen
        assert "The reviews lie far apart" in seen
        assert not any(f"Reviews of an answer by {name}" in seen for name in ("Ben", "Cleo", "Dan"))
        entry = await v.authored("ana")
        for review in await v.of(entry):
            assert review.worked in seen, "a mentor sees no less than the author"
        async with v.r.context() as context:
            looks = await context.session.scalars(select(MentorLook.what).where(MentorLook.viewer_id == eva))
            assert sorted(looks) == ["answers", "reviews"], "the words of the answer stand above the reviews"
        await v.acts("eva", OpenOverride(entry=entry.id))
        assert v.s.eva.has_a_form


async def test_what_an_author_takes_back_from_a_mentor_is_not_sent_any_more() -> None:
    async with written() as v:
        eva = await v.s.member(v.s.eva)
        await _mentors(v, eva, ana=["answers", "reviews"])
        round = await v.r.round()
        async with v.r.context() as context:
            await close(context, await round_by_id(context.session, round.id))
        async with v.r.context() as context:
            for row in await context.session.scalars(select(Mentorship)):
                row.shares = ["answers"]
        await v.s.drain()
        assert "Reviews of an answer" not in v.seen("eva")
        await v.acts("eva", OpenOverride(entry=(await v.authored("ana")).id))
        assert not v.s.eva.has_a_form


async def _mentors(v: Reviewing, mentor: MemberId, **shares: list[str]) -> None:
    """These people have accepted a mentor, and show them so much."""
    for name, shown in shares.items():
        mentee = await v.s.member(getattr(v.s, name))
        async with v.r.context() as context:
            context.session.add(
                Mentorship(
                    id=new_id(),
                    mentor_id=mentor,
                    mentee_id=mentee,
                    state=MentorshipState.ACTIVE,
                    shares=shown,
                    asked_at=context.now,
                    since=context.now,
                )
            )


async def _disagree_about(v: Reviewing, who: str) -> None:
    """One of the two reviews of somebody's answer turns bad."""
    review, _ = await v.of(await v.authored(who))
    await v.writes(await v.who(review), review, **dict.fromkeys(SCORES, "1"))


async def test_opened_again_with_a_reason_a_round_comes_to_the_same_result() -> None:
    async with closed() as v:
        before = [dict(entry.result) for entry in await v.r.entries()]
        async with v.r.context() as context:
            await reopen(context, await round_by_id(context.session, (await v.r.round()).id), "a report came late")
        await v.s.drain()
        assert [dict(entry.result) for entry in await v.r.entries()] == before
        assert v.seen("ana").count("What your reviewers found, round 1") == 2


async def test_a_reported_late_review_that_stands_is_late_again_and_counts_for_nothing() -> None:
    async with reviewing(3) as v:
        await v.makes_moderator("mia")
        (review,) = await v.of(await v.authored("ana"))
        reader = await v.who(review)
        await v.opens_form(reader, review)
        await v.closes()
        await v.submits(reader, review)
        await v.r.click("ana", "Report it")
        await v.s.ana.submits(reason="It came too late for me.")
        await v.s.drain()
        await v.r.click("mia", "See what was reported", "Let it stand")
        assert (await v.review(review.id)).state is ReviewState.LATE
        assert (await v.authored("ana")).result["reviews"] == 0
