"""After the close: what authors, mentors and moderators get, and what they can do with it."""

from __future__ import annotations

import pytest

from bot.base.ids import MemberId
from bot.review import closing, records
from bot.review.ending import reopen
from bot.review.reviewing_actions import OpenAppeal, OpenOverride
from bot.review.rounds import round_by_id
from storage.tables.outbox import DeliveryState
from storage.tables.review import Entry, EntryState, Review, ReviewAppeal, ReviewOverride, ReviewState
from tests.scenario.reviewing_scene import Reviewing, reviewing
from tests.scenario.rounds_scene import names


async def closed(v: Reviewing, *who: str) -> None:
    """These people handed everything in, and the round is closed."""
    await v.everybody_writes(*who)
    await v.closes()


async def moderator(v: Reviewing, who: str) -> None:
    """Ada makes somebody a moderator."""
    await v.r.known(who)
    await v.s.ada.runs(f"setup appoint @{who} moderator")
    await v.s.drain()


async def test_an_author_gets_means_and_comments_together_in_one_message_without_names_or_times() -> None:
    async with reviewing() as v:
        await closed(v, *names(5))
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
        await closed(v, "ana")
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
    async with reviewing() as v:
        await closed(v, *names(5))
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
        assert "One voice says more" in v.seen("ana") or "one voice says more" in v.seen("ana")
        await v.r.click(reader, "Answer it")
        assert "You have answered this question already." in v.seen(reader)
        await v.r.click("ana", "Ask one question")
        assert v.s.ana.has_a_form or "already" in v.seen("ana")


def after(text: str, mark: str) -> str:
    return text[text.index(mark) :].split("[")[0]


async def test_a_reported_review_is_hidden_at_once_and_upheld_it_is_out_of_every_number() -> None:
    async with reviewing() as v:
        await moderator(v, "mia")
        for name in names(5):
            for review in await v.r.open_reviews(name):
                bad = {"situation": "1", "action": "1", "result": "1", "reflection": "1"}
                await v.writes(
                    name, review, **(bad if (await v.entry(review)).id == (await v.authored("ana")).id else {})
                )
        await v.closes()
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
    async with reviewing() as v:
        await moderator(v, "mia")
        await closed(v, *names(5))
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
        await moderator(v, "mia")
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
        await moderator(v, "mia")
        review = (await v.r.open_reviews("ana"))[0]
        reported = await v.who(review)
        entry = await v.entry(review)
        await v.reads("ana", review)
        await v.r.click("ana", "Report this answer")
        await v.s.ana.submits(reason="It names a customer.")
        await v.s.drain()
        (author,) = [n for n in names(5) if await v.s.member(getattr(v.s, n)) == entry.author_id]
        assert reported == "ana"
        await moderator(v, author)
        await v.s.__getattr__(author).runs("round flags")
        await v.s.drain()
        assert "Nothing waits for a decision." in v.seen(author)
        await v.s.ben.runs("round flags")
        await v.s.drain()
        assert author == "ben" or "Reported in reviews" not in v.seen("ben")


async def test_an_appeal_brings_a_mentors_own_score_blind_to_the_first_and_once() -> None:
    async with reviewing() as v:
        await closed(v, *names(5))
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
        await closed(v, *names(3))
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
    async with reviewing() as v:
        await v.everybody_writes(*names(5))
        await v.closes()
        assert "How round 1" in v.seen("ada")
        assert "With two reviews or more: 5" in v.seen("ada")
        assert "Without the reviewers' habits" not in v.seen("ada")
    async with reviewing() as v:
        await moderator(v, "mia")
        await closed(v, *names(5))
        assert "Answer A: " in v.seen("mia")
        assert all(name.title() not in after(v.seen("mia"), "How round 1") for name in names(5))


async def test_mentors_get_the_adjusted_score_only_while_the_author_lets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    async with reviewing() as v:
        mia = await v.r.known("mia")
        ana = await v.s.member(v.s.ana)

        async def accepted(_session: object, member: MemberId) -> frozenset[MemberId]:
            return frozenset({mia}) if member == ana else frozenset()

        monkeypatch.setattr(closing, "mentors_of", accepted)
        monkeypatch.setattr(records, "mentors_of", accepted)
        await closed(v, *names(5))
        assert "Reviews of an answer by Ana" in v.seen("mia")
        assert "Without the reviewers' habits" in v.seen("mia")
        assert "Reviews of an answer by Ben" not in v.seen("mia")
        entry = await v.authored("ana")
        for review in await v.of(entry):
            assert review.worked in v.seen("mia"), "a mentor sees no less than the author"
        assert "Situation and task: 4.0 of 5" in v.seen("mia")


async def test_opened_again_with_a_reason_a_round_comes_to_the_same_result() -> None:
    async with reviewing() as v:
        await closed(v, *names(5))
        before = [dict(entry.result) for entry in await v.r.entries()]
        async with v.r.context() as context:
            await reopen(context, await round_by_id(context.session, (await v.r.round()).id), "a report came late")
        await v.s.drain()
        assert [dict(entry.result) for entry in await v.r.entries()] == before
        assert v.seen("ana").count("What your reviewers found, round 1") == 2


async def test_a_reported_late_review_that_stands_is_late_again_and_counts_for_nothing() -> None:
    async with reviewing(3) as v:
        await moderator(v, "mia")
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
