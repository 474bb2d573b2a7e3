"""Who people are, as Slack says it at this moment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.chat.events import MessagePosted
from bot.chat.platform import Profile
from bot.chat.refs import AccountRef
from tests.contract.test_slack import SlackHarness, SlackNotReadingHarness
from tests.wire.slack.world import BOT_USER, EVERY_SCOPE, Person


async def profile(bot: SlackHarness, **traits: Any) -> Profile | None:
    bot.slack.world.people["U0X"] = Person("U0X", "Xenia", **traits)
    return await bot.platform.profile(AccountRef("slack", bot.installation.installation, "U0X"))


async def test_a_profile_tells_name_zone_and_language(bot: SlackHarness) -> None:
    found = await profile(bot, zone="Asia/Seoul", locale="pt-BR")
    assert found == Profile("Xenia", zone="Asia/Seoul", language="pt_BR")


@pytest.mark.parametrize(
    ("traits", "flag"),
    [
        ({"is_admin": True}, "is_admin"),
        ({"is_bot": True}, "is_bot"),
        ({"is_restricted": True}, "is_outsider"),
        ({"team": "T0ANOTHER"}, "is_outsider"),
    ],
)
async def test_admins_bots_and_guests_are_marked(bot: SlackHarness, traits: dict[str, Any], flag: str) -> None:
    found = await profile(bot, **traits)
    assert found is not None
    assert [name for name in ("is_admin", "is_bot", "is_outsider") if getattr(found, name)] == [flag]


async def test_a_deactivated_account_is_not_known(bot: SlackHarness) -> None:
    assert await profile(bot, deleted=True) is None


async def test_without_the_scope_nobody_leaves(bot: SlackHarness) -> None:
    bot.slack.world.scopes = EVERY_SCOPE - {"users:read"}
    await bot.restart()
    assert not bot.platform.capabilities(bot.channel).member_left
    ana = await bot.person("Ana")
    await bot.leave(ana)
    assert bot.inbound.events == []


async def test_starling_is_a_bot_itself(bot: SlackHarness) -> None:
    found = await bot.platform.profile(AccountRef("slack", bot.installation.installation, BOT_USER))
    assert found is not None
    assert found.is_bot


async def test_what_is_granted_later_is_known_at_the_next_call(bot: SlackHarness) -> None:
    bot.slack.world.scopes = EVERY_SCOPE - {"reactions:write"}
    await bot.restart()
    assert not bot.platform.capabilities(bot.channel).reactions
    bot.slack.world.scopes = EVERY_SCOPE
    await bot.platform.profile(await bot.person("Ana"))
    assert bot.platform.capabilities(bot.channel).reactions


async def test_where_nobody_chose_to_let_us_read_only_what_is_said_to_us_arrives(tmp_path: Path) -> None:
    async with SlackNotReadingHarness(tmp_path) as bot:
        ana = await bot.person("Ana")
        message = await bot.say(ana, bot.channel, "not for us")
        await bot.edit(ana, message, "still not")
        assert bot.inbound.events == []
        await bot.slack.say(ana.user, "C0PRACTICE", "", written=f"<@{BOT_USER}> but this is")
        assert {event.text for event in bot.inbound.of(MessagePosted)} == {"but this is"}
        await bot.say(ana, await bot.direct(ana), "and this")
        assert bot.inbound.of(MessagePosted)[-1].text == "and this"
