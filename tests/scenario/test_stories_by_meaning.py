"""Finding stories by meaning: what terms do not find is guessed at, and what a model wrote goes with its story."""

from __future__ import annotations

from bot.cli.features import all_features
from bot.stories.meaning import MARK
from storage.tables.search import SearchEntry
from tests.scenario.dsl import scene
from tests.scenario.stories_scene import add, click, rows, runs

GOLDFISH = {
    "title": "Goldfish",
    "situation": "The aquarium in the lobby leaked.",
    "task": "It had to be emptied.",
    "action": "I moved the goldfish into a bucket.",
    "result": "All of them lived.",
    "learning": "I look at the seals every month.",
}
QUERY = "story find aquatic pets"


async def test_a_story_from_before_the_model_is_read_once_guessed_at_and_forgotten_with_its_story() -> None:
    async with scene() as s:
        await s.drain()
        await add(s, **GOLDFISH)
        assert "None of the stories you may see fits this." in await runs(s, "ana", QUERY)
        assert [entry.meaning for entry in await rows(s, SearchEntry)] == [b""]

        s.features = all_features({})
        await s.restarts()
        seen = await runs(s, "ana", QUERY)
        assert "These come nearest in meaning, and may be wrong:" in seen
        assert "Goldfish" in seen
        (entry,) = await rows(s, SearchEntry)
        assert len(entry.meaning) > MARK
        assert "Goldfish" not in await runs(s, "ben", QUERY)

        await add(s)
        assert all(len(one.meaning) > MARK for one in await rows(s, SearchEntry))
        assert "may be wrong" not in await runs(s, "ana", "story find goldfish bucket")

        await runs(s, "ana", "story delete goldfish")
        await click(s, "ana", "Delete it")
        assert [one.subject_id for one in await rows(s, SearchEntry)] != [entry.subject_id]
        assert len(await rows(s, SearchEntry)) == 1
