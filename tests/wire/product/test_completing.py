"""Stories complete as one types: by Discord's autocompletion, and in the select of Slack's form."""

from __future__ import annotations

from tests.scenario.stories_scene import PARTS
from tests.wire.product.on_discord import DiscordPlace
from tests.wire.product.on_slack import SlackPlace
from tests.wire.product.team import Team
from tests.wire.product.test_stories import story_of


async def offered(team: Team, user: str, typed: str) -> list[tuple[str, str]]:
    """Value and label of what is offered to somebody who has typed so much of `story find`."""
    place = team.place
    if isinstance(place, SlackPlace):
        return await place.slack.types(user, "query", typed)
    assert isinstance(place, DiscordPlace)
    ana = await team.member("Ana")
    found = await place.type_option(ana.account, "story find", "query", typed)
    return [(choice.value, str(choice.label)) for choice in found]


async def test_a_story_is_offered_by_half_a_word_and_opens_when_it_is_chosen(reading: Team) -> None:
    ana = await story_of(reading)
    user = ana.account.user
    on_slack = isinstance(reading.place, SlackPlace)
    if on_slack:
        await ana.runs("story find")
    for typed in ("", "rotter", "label prin", "deteckive work"):
        labels = [label for _, label in await offered(reading, user, typed)]
        assert labels[:1] == [PARTS["title"]], typed
    (value, _), *_ = await offered(reading, user, "rotter")
    if on_slack:
        await ana.fills_in(query=value)
    else:
        await ana.runs(f"story find query:{value}")
    assert PARTS["action"] in ana.reads("Task")


async def test_a_story_that_nobody_else_may_see_is_offered_to_nobody_else(reading: Team) -> None:
    await story_of(reading)
    ben = await reading.member("Ben")
    if isinstance(reading.place, SlackPlace):
        await ben.runs("story find")
        assert ben.form.values == {}, "one's own words, where there is nothing to choose"
        return
    assert isinstance(reading.place, DiscordPlace)
    assert not await reading.place.type_option(ben.account, "story find", "query", "label")
