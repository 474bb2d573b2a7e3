"""Reviewing: what a reviewer sees, hands in, changes, and what bad input comes to."""

from __future__ import annotations

from adapters.local import administration
from bot.review.review_forms import NOT_ENOUGH
from bot.review.reviewing import COPIED, GONE, ROUND_OVER, SAME_WORDS
from storage.tables.review import EntryState, Review, ReviewEdition, ReviewState, RoundState
from tests.scenario.answers_scene import ACTION
from tests.scenario.reviewing_scene import SCORES, Reviewing, reviewing
from tests.scenario.rounds_scene import names, rounds


async def first(v: Reviewing, who: str = "ana") -> Review:
    return (await v.r.open_reviews(who))[0]


async def test_a_reviewer_reads_an_answer_under_its_label_and_gets_the_rules_only_after_handing_in() -> None:
    async with reviewing() as v:
        review = await first(v)
        entry = await v.entry(review)
        await v.s.ana.clicks("Start")
        await v.s.drain()
        assert f"Answer {entry.label}" in v.seen("ana")
        assert "gave it in the thread, under that name" in v.seen("ana")
        assert "The rules" not in v.seen("ana")
        await v.s.ana.clicks("Write my review")
        await v.s.drain()
        await v.submits("ana", review)
        stored = await v.review(review.id)
        assert stored.state is ReviewState.SUBMITTED
        assert stored.scores == {name: int(score) for name, score in SCORES.items()}
        assert stored.text_hash_seen == entry.text_hash
        assert "The rules" in v.seen("ana")
        assert "Situation and task: 4 of 5" in v.seen("ana")
        left = await v.r.open_reviews("ana")
        await v.s.ana.clicks("The next one")
        await v.s.drain()
        assert f"Answer {(await v.entry(left[0])).label}" in v.seen("ana")


async def test_handed_in_twice_it_is_stored_once_and_handed_in_anew_it_is_a_change_with_its_history() -> None:
    async with reviewing() as v:
        review = await first(v)
        await v.writes("ana", review)
        await v.s.comes_again(2)
        await v.s.drain()
        await v.writes("ana", review)
        assert "Your review is in already, word for word." in v.seen("ana")
        assert await v.r.rows(ReviewEdition) == []
        await v.writes("ana", review, action="5")
        (before,) = await v.r.rows(ReviewEdition)
        assert before.said["scores"]["action"] == 3
        assert (await v.review(review.id)).scores["action"] == 5
        assert "Your review is changed." in v.seen("ana")


async def test_too_little_copied_or_repeated_words_are_sent_back_with_what_was_typed() -> None:
    async with reviewing() as v:
        one, other = (await v.r.open_reviews("ana"))[:2]
        await v.opens_form("ana", one)
        await v.submits("ana", one, worked="Great 👍👍👍 https://example.org/a-very-long-address-that-says-nothing")
        assert v.s.ana.form.problems == {"worked": NOT_ENOUGH.source}
        assert (await v.review(one.id)).submitted_at is None
        await v.submits("ana", one, worked=ACTION)
        assert COPIED.source in v.seen("ana")
        await v.s.ana.clicks("Open the form again")
        await v.s.drain()
        assert v.s.ana.form.values["worked"] == (ACTION,)
        words = "The refund by hand is told with its reason, which shows judgement where a tool would have been easy."
        await v.submits("ana", one, worked=words)
        assert (await v.review(one.id)).state is ReviewState.SUBMITTED
        await v.writes("ana", other, worked=words + "!")
        assert SAME_WORDS.source in v.seen("ana")
        assert (await v.review(other.id)).submitted_at is None


async def test_forged_ids_are_refused_and_tell_nothing() -> None:
    async with reviewing() as v:
        review = await first(v, "ben")
        entry = await v.entry(review)
        has = {each.reviewer_id for each in await v.of(entry)} | {entry.author_id}
        (outsider, *_) = [name for name in names(5) if await v.s.member(getattr(v.s, name)) not in has]
        before = v.seen(outsider)
        mine = {each.id for each in await v.r.reviews(outsider)}
        assert review.id not in mine
        await v.reads(outsider, review)
        await v.opens_form(outsider, review)
        said = v.seen(outsider).removeprefix(before)
        assert said.count("You cannot do that here.") == 2
        assert not getattr(v.s, outsider).has_a_form
        await v.reads(outsider, Review(id="0" * 26))
        assert v.seen(outsider).removeprefix(before).count("You cannot do that here.") == 3


async def author(v: Reviewing, member: str) -> str:
    for name in names(5):
        if await v.s.member(getattr(v.s, name)) == member:
            return name
    raise LookupError(member)


async def test_after_the_close_a_review_is_delivered_and_counts_for_nothing() -> None:
    async with reviewing() as v:
        review = await first(v)
        entry = await v.entry(review)
        await v.opens_form("ana", review)
        await v.closes()
        assert (await v.review(review.id)).state is ReviewState.RELEASED
        await v.submits(
            "ana", review, worked="You say plainly that the tool had caused the harm, and so I believed it."
        )
        assert (await v.review(review.id)).state is ReviewState.LATE
        name = await author(v, entry.author_id)
        assert "after the close: it counts for nothing" in v.seen(name)
        assert "so I believed it" in v.seen(name)
        (now,) = [each for each in await v.r.entries() if each.id == entry.id]
        assert now.result["reviews"] == 0
        await v.opens_form("ana", review)
        await v.submits("ana", review, action="1")
        assert ROUND_OVER.source in v.seen("ana")


async def test_a_review_that_was_handed_on_meanwhile_counts_as_an_extra_one() -> None:
    async with reviewing() as v:
        review = await first(v)
        await v.opens_form("ana", review)
        for other in ("ben", "cleo", "dan", "eva"):
            await v.reads(other, await first(v, other))
        await v.r.moves_to((await v.r.round()).half_at)
        assert (await v.review(review.id)).state is ReviewState.RELEASED
        await v.submits("ana", review)
        assert "yours counts all the same" in v.seen("ana")
        await v.closes()
        assert (await v.review(review.id)).state is ReviewState.COUNTED


async def test_an_answer_withdrawn_under_an_open_form_needs_no_review_and_its_text_is_nowhere() -> None:
    async with reviewing() as v:
        review = await first(v)
        entry = await v.entry(review)
        await v.opens_form("ana", review)
        name = await author(v, entry.author_id)
        await v.s.__getattr__(name).runs("answer list")
        await v.r.click(name, "My answer", "Withdraw my answer", "Withdraw it")
        (gone,) = [each for each in await v.r.entries() if each.id == entry.id]
        assert (gone.state, gone.text) == (EntryState.WITHDRAWN, "")
        await v.submits("ana", review)
        assert GONE.source in v.seen("ana")
        await v.reads("ana", review)
        assert v.seen("ana").count(GONE.source) == 2
        assert f"remember it. {name}" not in v.seen("ana")


async def test_what_an_author_changed_after_the_lock_is_shown_as_a_difference() -> None:
    async with rounds(3) as r:
        said = await r.reply("ben", "In 2023 I looked after billing and changed rounding. Some customers paid twice, "
                                    "so I stopped the job and refunded all 212 of them within two days.")  # fmt: skip
        await r.answered("ana", "cleo")
        await r.hands_out()
        v = Reviewing(r)
        entry = await v.authored("ben")
        (review,) = await v.of(entry)
        reader = await v.who(review)
        await r.edit("ben", said, "In 2023 I looked after billing and changed rounding. Nine customers paid twice, "
                                  "so I stopped the job and refunded all 212 of them within two days.")  # fmt: skip
        await r.quiet()
        await v.reads(reader, review)
        assert "Some customers paid twice" in v.seen(reader)
        await r.click(reader, "See the new text")
        assert "What changed in answer" in v.seen(reader)
        assert "Nine customers paid twice" in v.seen(reader)
        await v.writes(reader, review)
        assert (await v.review(review.id)).text_hash_seen == entry.text_hash


async def test_the_author_of_a_private_answer_is_named_to_nobody() -> None:
    async with rounds(3) as r:
        await r.answered("ana", "cleo")
        await r.answer_privately("ben", situation=ACTION, action=ACTION, result=ACTION)
        await r.click("ben", "My answer")
        await r.choose("ben", "Change who may see it", "reviewers")
        await r.hands_out()
        v = Reviewing(r)
        (review,) = await v.of(await v.authored("ben"))
        reader = await v.who(review)
        await v.reads(reader, review)
        assert "It was given privately" in v.seen(reader)
        assert "Ben" not in v.seen(reader)


async def test_the_rubric_is_edited_as_data_and_a_round_keeps_its_own() -> None:
    async with reviewing(3) as v:
        await v.s.ada.runs("round rubric")
        await v.s.drain()
        await v.r.click("ada", "Change the criteria")
        text = v.s.ada.form.values["action"][0].replace("Own action, with reasons", "Courage")
        await v.s.ada.submits(action="Courage\nno anchors")
        await v.s.drain()
        assert "five lines" in v.s.ada.form.problems["action"]
        await v.s.ada.submits(action=text, reflection="", new="Pace\nIs it brisk?\n1: Slow.\n3: Uneven.\n5: Brisk.")
        await v.s.drain()
        assert "The criteria are now version team-1." in v.seen("ada")
        review = await first(v)
        await v.opens_form("ana", review)
        assert "reflection" in v.s.ana.form.values
        await v.submits("ana", review)
        await v.closes()
        (entry,) = [each for each in await v.r.entries() if each.id == review.entry_id]
        assert set(entry.result["means"]) == set(SCORES)
        await v.s.ben.runs("round rubric")
        await v.s.drain()
        assert "Courage" in v.seen("ben")
        assert "Pace" in v.seen("ben")
        assert "Change the criteria" not in v.seen("ben")


async def test_somebody_who_left_in_the_middle_keeps_what_they_handed_in_and_it_counts() -> None:
    async with reviewing() as v:
        review = await first(v)
        await v.writes("ana", review)
        await administration.leave(v.s.workspace, "ana")
        await v.s.acknowledged()
        await v.closes()
        assert (await v.review(review.id)).state is ReviewState.COUNTED
        assert (await v.r.round()).state is RoundState.CLOSED
