"""A colleague reads which level a story or an answer shows: asked by its author, seen by nobody else, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from adapters.local.administration import leave
from adapters.local.cast import Person
from bot.base.policy import Actor
from bot.chat.actions import Action
from bot.chat.events import ActionClicked
from bot.feature.context import Context
from bot.feature.declarations import Skip
from bot.members.preferences import SNOOZED_UNTIL
from bot.members.settings import write
from bot.readings import personal_data, posts
from bot.readings.actions import ReadLevel, TakeBack
from bot.readings.pages import build_readings
from bot.readings.posts import ASKED, TOLD
from storage.tables.answers import Answer
from storage.tables.outbox import Delivery, DeliveryState
from storage.tables.people import Member, MemberState
from storage.tables.readings import LevelReading
from storage.tables.stories import Story
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION
from tests.scenario.dsl import Scene, scene
from tests.scenario.rounds_scene import rounds
from tests.scenario.stories_scene import PARTS, add, click, rows, runs

PEOPLE = (Person("ana", "Ana"), Person("ben", "Ben"), Person("mia", "Mia"))
LEVEL = {
    "level": "L4",
    "evidence": "“found that a retry used a fresh number” shows that you looked for the cause yourself.",
    "lift": "Say what the other depots took over from it; as told it ends at your own printer.",
}


@asynccontextmanager
async def with_a_story(database_url: str | None = None) -> AsyncIterator[Scene]:
    """Ana has a story, and everybody is known."""
    async with scene(people=PEOPLE, database_url=database_url) as s:
        for who in ("ben", "mia"):
            await runs(s, who, "help")
        await add(s)
        yield s


@asynccontextmanager
async def nobody_acts(s: Scene) -> AsyncIterator[Context]:
    """A transaction in which nobody in person acts."""
    async with s.database.write(await s.workspace_id()) as session:
        yield s.runtime.house.context(session, await s.workspace_id())


async def takes_no_part(s: Scene, who: str, state: MemberState) -> None:
    """Somebody has left, or a moderator has blocked them."""
    member = await s.member(getattr(s, who))
    async with nobody_acts(s) as context:
        (await context.session.get_one(Member, member)).state = state


async def hears_nothing_until_later(s: Scene, who: str) -> None:
    """Somebody wants no messages for nine days."""
    member, until = await s.member(getattr(s, who)), (s.clock.now() + timedelta(days=9)).date().isoformat()
    async with nobody_acts(s) as context:
        await write(context.session, SNOOZED_UNTIL, "member", member, until, member, s.clock.now())


async def asked(s: Scene, who: str = "mia") -> None:
    """Ana asks somebody about her story, by the button on its card."""
    await runs(s, "ana", "story show label")
    await click(s, "ana", "The level others read", "Ask a colleague")
    await s.ana.submits(who=who)
    await s.drain()
    await click(s, "ana", "Show it and ask")


async def says(s: Scene, who: str = "mia", **said: str) -> None:
    """Whoever was asked opens it and says which level."""
    await click(s, who, "Read it", "Say which level")
    await getattr(s, who).submits(**{**LEVEL, **said})
    await s.drain()


async def acts(s: Scene, who: str, action: Action) -> None:
    """Somebody presses a button with this payload, whether or not they see one: ids can be forged."""
    with s.workspace.store.transaction():
        s.workspace.tell(
            ActionClicked, s.workspace.person(who), conversation=s.workspace.direct(who), action=action.encode(),
            chosen=(),
        )  # fmt: skip
    await s.acknowledged()
    await s.drain()


async def test_a_colleague_reads_a_story_and_its_author_has_it_beside_the_rules() -> None:
    async with with_a_story() as s:
        await asked(s)
        assert "Mia alone gets these words to read" in s.private(s.ana)
        assert "Rotterdam" in s.private(s.ana).split("Before Mia reads it")[1], "what may tell too much is pointed at"
        assert "printed each label twice" not in s.private(s.mia), "the request itself shows nothing"
        await click(s, "mia", "Read it")
        assert "printed each label twice" in s.private(s.mia)
        assert "L5, senior engineer: A platform area that several services share." in s.private(s.mia)
        await runs(s, "ana", "story level label")
        assert "They have opened it and not answered yet." in s.private(s.ana)
        await click(s, "mia", "Say which level")
        await s.mia.submits(**LEVEL)
        await s.drain()
        (reading,) = await rows(s, LevelReading)
        said = s.private(s.ana).split("Mia has read the level of your story")[1]
        assert "Read as: L4, engineer II" in said
        assert f"By the rules: {reading.by_rules or 'none'}" in said
        assert LEVEL["lift"] in said
        assert LEVEL["lift"] not in s.private(s.ben)
        (story,) = await rows(s, Story)
        assert story.visibility == "me", "nobody else sees it by this"
        assert "Colleagues read" not in await runs(s, "ben", "story find label printer")
        assert "has read 1 of your stories" in await runs(s, "ana", "story level")
        async with s.database.read(await s.workspace_id()) as session:
            ana = Actor(await s.workspace_id(), await s.member(s.ana))
            page = await build_readings(s.runtime.house.context(session, ana.workspace, actor=ana), "")
        assert page is not None
        assert [section.heading for section in page.sections][1] == PARTS["title"]


async def test_nobody_else_opens_it_and_once_taken_back_the_reader_does_not_either() -> None:
    async with with_a_story() as s:
        await asked(s)
        (reading,) = await rows(s, LevelReading)
        await acts(s, "ben", ReadLevel(reading=reading.id))
        await acts(s, "ben", TakeBack(reading=reading.id))
        assert "printed each label twice" not in s.private(s.ben)
        await runs(s, "ana", "story level label")
        await click(s, "ana", "Show it no more")
        assert "You took it back." in s.private(s.ana)
        await click(s, "mia", "Read it")
        assert "Ana has taken it back, so there is nothing left to read." in s.private(s.mia)
        assert "printed each label twice" not in s.private(s.mia)
        (reading,) = await rows(s, LevelReading)
        assert reading.text == ""
        await asked(s)
        await says(s)
        assert "Mia has read the level of your story" in s.private(s.ana), "who saw it no more can be asked again"


async def test_a_request_that_waits_for_the_end_of_quiet_hours_and_is_taken_back_is_not_sent() -> None:
    async with with_a_story() as s:
        await hears_nothing_until_later(s, "mia")
        await asked(s)
        await runs(s, "ana", "story level label")
        await click(s, "ana", "Show it no more")
        await s.clock_moves(days=20)
        assert "asks you for a level" not in s.private(s.mia)
        (request,) = await rows(s, Delivery, Delivery.kind == ASKED)
        assert request.state is DeliveryState.SKIPPED


async def test_of_a_reader_who_leaves_the_author_hears_once_and_can_ask_somebody_else() -> None:
    async with with_a_story() as s:
        await asked(s)
        await click(s, "mia", "Read it")
        for _ in range(2):
            await leave(s.workspace, "mia")
            await s.drain()
        assert s.private(s.ana).count("Mia takes no part here at present, so they cannot read your story.") == 1
        assert "They take no part here at present." in await runs(s, "ana", "story level label")
        await click(s, "ana", "Ask somebody else")
        await s.ana.submits(who="ben")
        await s.drain()
        assert "Ben alone gets these words to read" in s.private(s.ana)


async def test_a_request_is_not_sent_to_whoever_was_blocked_while_it_waited_and_its_author_hears_of_it() -> None:
    async with with_a_story() as s:
        await hears_nothing_until_later(s, "mia")
        await asked(s)
        await takes_no_part(s, "mia", MemberState.BLOCKED)
        await s.clock_moves(days=20)
        assert "asks you for a level" not in s.private(s.mia)
        assert "Mia takes no part here at present" in s.private(s.ana)


@pytest.mark.parametrize("state", [MemberState.LEFT, MemberState.BLOCKED])
async def test_what_somebody_showed_who_takes_no_part_any_more_is_opened_by_nobody(state: MemberState) -> None:
    async with with_a_story() as s:
        await asked(s)
        await takes_no_part(s, "ana", state)
        await click(s, "mia", "Read it")
        assert "There is nothing to read here any more." in s.private(s.mia)
        assert "printed each label twice" not in s.private(s.mia)


async def test_whom_somebody_does_not_want_to_be_paired_with_does_not_show_when_they_are_asked() -> None:
    async with with_a_story() as s:
        await runs(s, "ben", "round avoid @ana")
        heard = {}
        for who in ("ben", "mia"):
            before = s.private(s.ana)
            await runs(s, "ana", f"story level label member:@{who}")
            await click(s, "ana", "Show it and ask")
            heard[who] = s.private(s.ana).removeprefix(before).replace(who.title(), "").replace(who, "")
            assert "Ana asks you for a level" in s.private(getattr(s, who))
        assert heard["ben"] == heard["mia"]


async def test_only_what_stands_in_the_text_is_evidence_and_what_was_typed_stays() -> None:
    async with with_a_story() as s:
        await asked(s)
        await says(s, evidence="You simply come across as senior to me in all of this.")
        assert "Quote a few words as they stand in the text" in s.private(s.mia)
        await click(s, "mia", "Open the form again")
        await s.mia.submits(evidence="found that a retry used a fresh number")
        await s.drain()
        assert "Mia has read the level of your story" in s.private(s.ana)


async def test_what_is_written_later_is_not_seen_by_whoever_was_asked_before() -> None:
    async with with_a_story() as s:
        await asked(s)
        await runs(s, "ana", "story show label")
        await click(s, "ana", "Change it")
        await s.ana.submits(action="I asked Joris from Acme Logistics GmbH, and we found the retry together.")
        await s.drain()
        await click(s, "mia", "Read it")
        assert "Joris" not in s.private(s.mia)
        await runs(s, "ana", "story level label")
        assert "You have changed it since they were asked." in s.private(s.ana)
        await asked(s)
        assert len(await rows(s, LevelReading)) == 2, "the new version is asked about anew"


async def test_a_telling_written_since_is_a_change_and_is_asked_about_anew() -> None:
    async with with_a_story() as s:
        await asked(s)
        await runs(s, "ana", "story show label")
        await click(s, "ana", "Two-minute telling")
        await s.ana.submits(text="One night our printers began to say everything twice, and I was the one on call.")
        await s.drain()
        assert "You have changed it since they were asked." in await runs(s, "ana", "story level label")
        await asked(s)
        assert [one.version for one in await rows(s, LevelReading)] == [1, 1]
        assert "You have asked Mia about this version already." in await runs(s, "ana", "story level label member:@mia")


async def test_words_changed_after_the_look_are_looked_at_once_more() -> None:
    async with with_a_story() as s:
        await runs(s, "ana", "story level label member:@mia")
        await runs(s, "ana", "story edit label")
        await s.ana.submits(action="I asked Joris from Acme Logistics GmbH, and we found the retry together.")
        await s.drain()
        await click(s, "ana", "Show it and ask")
        assert await rows(s, LevelReading) == []
        assert "Joris" in s.private(s.ana).rsplit("Before Mia reads it", 1)[1]


async def test_nobody_asks_themselves_nor_the_same_person_twice_about_a_version(database_url: str) -> None:
    async with with_a_story(database_url) as s:
        assert "Ask somebody else" in await runs(s, "ana", "story level label member:@ana")
        await asked(s)
        assert "You have asked Mia about this version already." in await runs(s, "ana", "story level label member:@mia")
        assert "Say which story too" in await runs(s, "ana", "story level member:@mia")
        await says(s)
        await says(s, level="L5")
        (reading,) = await rows(s, LevelReading)
        assert (reading.level, reading.by_rules is None) == ("L5", False), "said again, the newest holds"


async def test_who_has_no_time_says_so_by_one_press_and_may_read_it_all_the_same() -> None:
    async with with_a_story() as s:
        await asked(s)
        await click(s, "mia", "No time for it")
        assert "Mia has no time to read your story now." in s.private(s.ana)
        await says(s)
        assert "Mia has read the level of your story" in s.private(s.ana)
        declined, read = await rows(s, Delivery, Delivery.kind == TOLD)
        async with nobody_acts(s) as context:
            assert isinstance(await posts.prepare_word(context, declined), Skip), "it would not be so any more"
            assert not isinstance(await posts.prepare_word(context, read), Skip)


async def test_a_deleted_story_takes_with_it_what_others_read_in_it() -> None:
    async with with_a_story() as s:
        await asked(s)
        await says(s)
        await runs(s, "ana", "story delete label")
        await click(s, "ana", "Delete it")
        assert await rows(s, LevelReading) == []
        assert LEVEL["lift"] not in s.private(s.ana), "the card that quotes it is removed"
        await click(s, "mia", "Read it")
        assert "There is nothing to read here any more." in s.private(s.mia)


@pytest.mark.parametrize("who", ["ana", "mia"])
async def test_erased_on_either_side_it_is_gone_with_the_messages_that_tell_the_other_of_it(who: str) -> None:
    async with with_a_story() as s:
        await asked(s)
        await says(s)
        member, other = await s.member(getattr(s, who)), {"ana": s.mia, "mia": s.ana}[who]
        async with s.database.write(await s.workspace_id()) as session:
            context = s.runtime.house.context(session, await s.workspace_id())
            (taken_out,) = await personal_data.export(context, member)
            assert taken_out["lift"] == LEVEL["lift"]
            assert ("text" in taken_out) is (who == "ana"), "the words of others are not the reader's to take out"
            assert await personal_data.erase(context, member) == 1
        await s.drain()
        assert "asks you for a level" not in s.private(other)
        assert "has read the level" not in s.private(other)


async def test_an_answer_that_a_moderator_hides_is_read_by_nobody_until_it_is_shown_again() -> None:
    async with rounds(3) as r:
        await r.answer_privately("ana", situation=SITUATION, action=ACTION, result=RESULT)
        await r.known("mia")
        await runs(r.s, "ana", "round level @mia")
        await click(r.s, "ana", "Show it and ask")
        async with r.context() as context:
            (answer,) = (await context.session.scalars(select(Answer))).all()
            answer.hidden_at = context.now
        await click(r.s, "mia", "Read it")
        assert "There is nothing to read here any more." in r.s.private(r.s.mia)
        assert ACTION not in r.s.private(r.s.mia)
        assert "A moderator has hidden this answer" in await runs(r.s, "ana", "round level @mia")
        await click(r.s, "ana", "Who reads it")
        assert "not opened yet" in r.s.private(r.s.ana), "its author sees whom they asked"


async def test_an_answer_is_read_in_the_same_way_and_withdrawn_with_it() -> None:
    async with rounds(3) as r:
        await r.answer_privately("ana", situation=SITUATION, action=ACTION, result=RESULT)
        await r.known("mia")
        await runs(r.s, "ana", "round level @mia")
        await click(r.s, "ana", "Show it and ask")
        await click(r.s, "mia", "Read it", "Say which level")
        await r.s.mia.submits(**{**LEVEL, "level": "L5", "evidence": ACTION})
        await r.s.drain()
        assert "Mia has read the level of your answer" in r.s.private(r.s.ana)
        assert "Colleagues read: L5" in await runs(r.s, "ana", "round board")
