"""Pictures are uploaded and shown where that is granted, and described everywhere else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from adapters.slack.platform import SlackPlatform
from bot.base.clock import SystemClock
from bot.chat.cards import Card, Image, Paragraph
from bot.chat.errors import RateLimited, Unavailable
from bot.chat.platform import InConversation, Post, PrivateTo
from tests.contract.samples import EVERYTHING, PIXEL, READABLE, seen, sent
from tests.contract.test_slack import SlackHarness
from tests.wire.slack.faults import Fault
from tests.wire.slack.world import EVERY_SCOPE

CHART = Card("Progress", (Image(PIXEL, "image/png", "Ratings by week"), Paragraph("Up.")))


@pytest.fixture
async def showing(tmp_path: Path) -> AsyncIterator[SlackHarness]:
    """The adapter where pictures are granted."""
    async with SlackHarness(tmp_path, EVERY_SCOPE | {"files:write"}) as made:
        assert isinstance(made.platform, SlackPlatform)
        made.platform._pictures._pauses = (0.0, 0.0, 0.0)
        yield made


def kinds(bot: SlackHarness) -> list[str]:
    """The blocks of the latest message."""
    return [block["type"] for block in bot.slack.world.messages[-1].blocks]


def calls(bot: SlackHarness, method: str) -> int:
    return [each for each, _ in bot.slack.server.calls].count(method)


async def test_a_picture_is_shown_with_its_description(showing: SlackHarness) -> None:
    assert showing.platform.capabilities(showing.channel).images
    message = await sent(showing, showing.channel, CHART)
    (picture,) = [block for block in showing.slack.world.messages[-1].blocks if block["type"] == "image"]
    file = showing.slack.server.methods.files.kept[picture["slack_file"]["id"]]
    assert (file.data, file.alt, picture["alt_text"]) == (PIXEL, "Ratings by week", "Ratings by week")
    shown = await seen(showing, await showing.person("Ana"), message)
    assert "Ratings by week" in shown.text
    assert message.conversation == showing.channel


async def test_every_element_of_a_card_is_shown_with_a_picture_among_them(showing: SlackHarness) -> None:
    message = await sent(showing, showing.channel, EVERYTHING)
    shown = await seen(showing, await showing.person("Ana"), message)
    places = [shown.text.find(words) for words in READABLE]
    assert -1 not in places
    assert places == sorted(places)


async def test_without_the_scope_a_picture_is_described(bot: SlackHarness) -> None:
    assert not bot.platform.capabilities(bot.channel).images
    await sent(bot, bot.channel, CHART)
    assert "image" not in kinds(bot)
    assert calls(bot, "files.getUploadURLExternal") == 0


async def test_what_slack_has_not_worked_yet_is_waited_for(showing: SlackHarness) -> None:
    showing.slack.server.methods.files.slow = 2
    await sent(showing, showing.channel, CHART)
    assert "image" in kinds(showing)
    assert calls(showing, "chat.postMessage") == 3
    assert len(showing.slack.world.messages) == 1


async def test_what_slack_never_gets_ready_is_described(showing: SlackHarness) -> None:
    showing.slack.server.methods.files.slow = 99
    await sent(showing, showing.channel, CHART)
    assert "image" not in kinds(showing)
    assert "Ratings by week" in showing.slack.world.messages[-1].text
    assert len(showing.slack.world.messages) == 1


async def test_a_picture_of_a_kind_that_slack_does_not_show_is_described(showing: SlackHarness) -> None:
    await sent(showing, showing.channel, Card("Progress", (Image(b"<svg/>", "image/svg+xml", "Ratings"),)))
    assert "image" not in kinds(showing)


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
async def test_an_upload_that_failed_posted_nothing(showing: SlackHarness, method: str) -> None:
    showing.slack.server.faults.add(Fault("dropped", method))
    with pytest.raises(Unavailable) as raised:
        await sent(showing, showing.channel, CHART)
    assert raised.value.accepted is False
    assert showing.slack.world.messages == []
    showing.slack.server.faults.add(Fault("rate_limited", method))
    with pytest.raises(RateLimited):
        await sent(showing, showing.channel, CHART)
    await sent(showing, showing.channel, CHART)
    assert "image" in kinds(showing)


async def test_an_upload_that_slack_refuses_takes_nothing_else_with_it(showing: SlackHarness) -> None:
    showing.slack.server.faults.add(Fault("refused", "files.getUploadURLExternal", error="file_uploads_disabled"))
    await sent(showing, showing.channel, CHART)
    assert "Ratings by week" in showing.slack.world.messages[-1].text


async def test_an_edit_and_a_home_show_a_picture_without_uploading_it_again(showing: SlackHarness) -> None:
    ana = await showing.person("Ana")
    message = await sent(showing, showing.channel, CHART)
    await showing.platform.edit(message, Card("Progress", (CHART.elements[0], Paragraph("Down."))))
    assert "image" in kinds(showing)
    await showing.platform.show_home(ana, CHART)
    assert "image" in [block["type"] for block in showing.slack.world.homes[ana.user]["blocks"]]
    assert calls(showing, "upload") == 1


async def test_what_only_one_person_sees_in_a_channel_is_described(showing: SlackHarness) -> None:
    ana = await showing.person("Ana")
    await showing.platform.send(Post("k", PrivateTo(ana, near=showing.channel), CHART))
    assert "image" not in kinds(showing)
    await showing.platform.send(Post("k2", PrivateTo(ana), CHART))
    assert "image" in kinds(showing)


def kept(bot: SlackHarness) -> dict[str, str]:
    """The descriptions of the pictures that are still at Slack."""
    return {id_: file.alt for id_, file in bot.slack.server.methods.files.kept.items()}


WORSE = Card("Progress", (Image(PIXEL + b" ", "image/png", "Ratings by month"),))


async def test_a_picture_is_deleted_with_the_message_that_shows_it_even_after_a_restart(showing: SlackHarness) -> None:
    message = await sent(showing, showing.channel, CHART)
    assert len(kept(showing)) == 1
    await showing.restart()
    await showing.platform.delete(message)
    assert kept(showing) == {}
    assert showing.slack.world.messages == []
    await sent(showing, showing.channel, CHART)
    assert "image" in kinds(showing), "it can be shown again"


async def test_a_picture_that_an_edit_or_a_home_shows_no_longer_is_deleted(showing: SlackHarness) -> None:
    ana = await showing.person("Ana")
    message = await sent(showing, showing.channel, CHART)
    await showing.platform.show_home(ana, CHART)
    await showing.platform.edit(message, WORSE)
    assert sorted(kept(showing).values()) == ["Ratings by month", "Ratings by week"]
    await showing.platform.show_home(ana, Card("Progress", (Paragraph("None."),)))
    await showing.platform.edit(message, Card("Progress", (Paragraph("None."),)))
    assert kept(showing) == {}


async def test_a_picture_that_cannot_be_deleted_now_goes_with_the_next_change(showing: SlackHarness) -> None:
    message = await sent(showing, showing.channel, CHART)
    showing.slack.server.faults.add(Fault("failed", "files.delete"))
    await showing.platform.edit(message, WORSE)
    assert len(kept(showing)) == 2
    await showing.platform.delete(message)
    assert kept(showing) == {}


class ADayLater(SystemClock):
    """The clock when interrupted posts have long been looked for."""

    def now(self) -> datetime:
        return super().now() + timedelta(days=1, minutes=1)


async def interrupted(bot: SlackHarness, how: Literal["dropped", "answer_lost"]) -> None:
    """Starling stops while the chart is posted, after its picture is uploaded, and starts anew."""
    bot.slack.server.faults.add(Fault(how, "chat.postMessage"))
    with pytest.raises(Unavailable):
        await bot.platform.send(Post("key-1", InConversation(bot.channel), CHART))
    assert list(kept(bot).values()) == ["Ratings by week"]
    await bot.restart()


def a_day_passes(bot: SlackHarness) -> None:
    assert isinstance(bot.platform, SlackPlatform)
    bot.platform._pictures.showing._clock = ADayLater()


async def test_a_picture_that_was_uploaded_and_never_posted_is_deleted_a_day_later(showing: SlackHarness) -> None:
    await interrupted(showing, "dropped")
    await sent(showing, showing.channel, WORSE, "key-2")
    assert sorted(kept(showing).values()) == ["Ratings by month", "Ratings by week"]
    a_day_passes(showing)
    ana = await showing.person("Ana")
    await showing.platform.show_home(ana, WORSE)
    assert list(kept(showing).values()) == ["Ratings by month"], "what is shown stays"


async def test_a_picture_that_slack_never_got_ready_is_deleted_a_day_later(showing: SlackHarness) -> None:
    showing.slack.server.methods.files.slow = 99
    await sent(showing, showing.channel, CHART)
    showing.slack.server.methods.files.slow = 0
    a_day_passes(showing)
    await sent(showing, showing.channel, WORSE, "key-2")
    assert list(kept(showing).values()) == ["Ratings by month"]
    await sent(showing, showing.channel, CHART, "key-3")
    assert "image" in kinds(showing), "it can be shown again"


async def test_a_picture_of_a_post_that_is_found_after_an_interruption_goes_with_it(showing: SlackHarness) -> None:
    showing.slack.server.methods.history_allowed = True
    await interrupted(showing, "answer_lost")
    message = await showing.platform.find_own_post(InConversation(showing.channel), "key-1")
    a_day_passes(showing)
    await sent(showing, showing.channel, WORSE, "key-2")
    assert len(kept(showing)) == 2
    assert message is not None
    await showing.platform.delete(message)
    assert list(kept(showing).values()) == ["Ratings by month"]


async def test_an_upload_that_cannot_be_deleted_is_tried_again(showing: SlackHarness) -> None:
    await interrupted(showing, "dropped")
    a_day_passes(showing)
    showing.slack.server.faults.add(Fault("failed", "files.delete"))
    await sent(showing, showing.channel, WORSE, "key-2")
    assert len(kept(showing)) == 2
    await sent(showing, showing.channel, WORSE, "key-3")
    assert list(kept(showing).values()) == ["Ratings by month"]


async def test_two_cards_that_clear_up_at_the_same_time_are_both_posted(showing: SlackHarness) -> None:
    await interrupted(showing, "dropped")
    a_day_passes(showing)
    other = Card("Progress", (Image(PIXEL + b"  ", "image/png", "Ratings by year"),))
    await asyncio.gather(
        sent(showing, showing.channel, WORSE, "key-2"),
        sent(showing, showing.channel, other, "key-3"),
    )
    assert sorted(kept(showing).values()) == ["Ratings by month", "Ratings by year"]


async def test_a_picture_on_its_way_to_a_message_outlives_the_home_that_showed_it(showing: SlackHarness) -> None:
    platform, ana, none = showing.platform, await showing.person("Ana"), Card("Progress", (Paragraph("None."),))
    assert isinstance(platform, SlackPlatform)
    await platform.show_home(ana, CHART)

    async def post(_: object) -> None:
        await platform.show_home(ana, none)

    team = platform._teams.of(ana.installation, "chat.postMessage")
    await platform._pictures.shown(team, CHART, post, lambda _: "C1:1.0")
    assert list(kept(showing).values()) == ["Ratings by week"]
    await platform._pictures.gone(team, "C1:1.0")
    await platform.show_home(ana, none)
    assert kept(showing) == {}, "it goes when both are gone"
