"""What Starling posts is seen by those it is for, and by nobody else."""

from __future__ import annotations

import pytest

from bot.chat.actions import LONGEST
from bot.chat.cards import Bullets, Button, Buttons, Card, Paragraph, Quote, resolved
from bot.chat.errors import TargetGone
from bot.chat.events import HomeOpened
from bot.chat.fit import fit
from bot.chat.neutral import BREAK
from bot.chat.platform import InConversation, Post, PrivateTo
from bot.chat.refs import AccountRef, MessageRef
from tests.contract.harness import Harness
from tests.contract.samples import (
    ANSWER,
    ARCHETYPE,
    EVERYTHING,
    GUIDE,
    READABLE,
    Pressed,
    ours,
    readable_place,
    seen,
    send,
    sent,
    thread_of,
)


async def test_every_element_of_a_card_is_shown(harness: Harness) -> None:
    ana = await harness.person("Ana")
    parts = fit(EVERYTHING, harness.platform.capabilities(harness.channel)).cards
    for number, card in enumerate(parts):
        await sent(harness, harness.channel, card, key=f"key-{number}")
    shown = await ours(harness, ana, harness.channel)
    text = "\n".join(message.text for message in shown)
    places = [text.find(words) for words in READABLE]
    assert -1 not in places, f"{READABLE[places.index(-1)]!r} cannot be read in:\n{text}"
    assert places == sorted(places)
    controls = [label for message in shown for label in message.controls]
    assert controls == [ANSWER.label, GUIDE.label, ARCHETYPE.label]


async def test_a_post_to_a_channel_is_seen_by_everybody_there(harness: Harness) -> None:
    receipt = await send(harness, harness.channel, Card("Today's question"))
    assert receipt.delivered_as == "channel"
    assert receipt.message is not None
    assert receipt.message.conversation == harness.channel
    assert MessageRef.decode(receipt.message.encode()) == receipt.message
    for name in ("Ana", "Bob"):
        message = await seen(harness, await harness.person(name), receipt.message)
        assert "Today's question" in message.text


async def test_a_post_to_a_thread_lands_there_and_not_in_the_channel(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).threads:
        pytest.skip("there are no threads here")
    ana = await harness.person("Ana")
    question = await sent(harness, harness.channel, Card("Today's question"))
    receipt = await send(harness, thread_of(question), Card("A hint for all"), key="key-2")
    assert receipt.delivered_as == "thread"
    assert receipt.message is not None
    assert receipt.message.conversation == thread_of(question)
    assert "A hint for all" in (await seen(harness, ana, receipt.message)).text
    channel = [message for message in await ours(harness, ana, harness.channel) if message.ref == receipt.message]
    assert channel == []


async def test_a_post_can_be_edited(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).edits:
        pytest.skip("messages cannot be edited here")
    ana = await harness.person("Ana")
    message = await sent(harness, harness.channel, Card("Before", (Buttons((ANSWER,)),)))
    await harness.platform.edit(message, Card("After"))
    found = await seen(harness, ana, message)
    assert "After" in found.text
    assert "Before" not in found.text
    assert found.controls == ()


async def test_a_post_can_be_deleted_and_deleting_it_again_is_no_error(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).deletes:
        pytest.skip("messages cannot be deleted here")
    ana = await harness.person("Ana")
    message = await sent(harness, harness.channel, Card("Soon gone"))
    await harness.platform.delete(message)
    await harness.platform.delete(message)
    assert await ours(harness, ana, harness.channel) == []


async def test_editing_what_is_gone_says_so(harness: Harness) -> None:
    capabilities = harness.platform.capabilities(harness.channel)
    if not (capabilities.deletes and capabilities.edits):
        pytest.skip("messages cannot be deleted and edited here")
    message = await sent(harness, harness.channel, Card("Soon gone"))
    await harness.platform.delete(message)
    with pytest.raises(TargetGone):
        await harness.platform.edit(message, Card("Too late"))


async def test_a_reaction_takes_the_place_of_an_earlier_one(harness: Harness) -> None:
    ana = await harness.person("Ana")
    place = await readable_place(harness, ana)
    if not harness.platform.capabilities(place).reactions:
        pytest.skip("there are no reactions here")
    message = await harness.say(ana, place, "My answer")
    await harness.platform.react(message, "seen")
    assert (await seen(harness, ana, message)).reactions == ("seen",)
    await harness.platform.react(message, "done")
    await harness.platform.react(message, "done")
    assert (await seen(harness, ana, message)).reactions == ("done",)


async def test_a_private_post_is_seen_by_its_person_only(harness: Harness) -> None:
    ana, bob = await harness.person("Ana"), await harness.person("Bob")
    receipt = await send(harness, PrivateTo(ana, near=harness.channel), Card("For Ana alone"))
    ephemeral = harness.platform.capabilities(harness.channel).ephemeral
    assert receipt.delivered_as == ("ephemeral" if ephemeral else "direct")
    place = harness.channel if ephemeral else await harness.direct(ana)
    assert any("For Ana alone" in message.text for message in await ours(harness, ana, place))
    for elsewhere in (harness.channel, await harness.direct(bob)):
        assert all("For Ana alone" not in message.text for message in await ours(harness, bob, elsewhere))


async def test_a_private_post_with_no_place_near_falls_back_as_it_says(harness: Harness) -> None:
    ana = await harness.person("Ana")
    direct = await send(harness, PrivateTo(ana, fallback="direct"), Card("By direct message"))
    assert direct.delivered_as == "direct"
    assert direct.message is not None
    assert "By direct message" in (await seen(harness, ana, direct.message)).text
    dropped = await send(harness, PrivateTo(ana, fallback="drop"), Card("Of no matter"), key="key-2")
    assert (dropped.delivered_as, dropped.message) == ("dropped", None)
    everywhere = [*await ours(harness, ana, harness.channel), *await ours(harness, ana, await harness.direct(ana))]
    assert all("Of no matter" not in message.text for message in everywhere)


async def test_a_direct_post_can_be_edited(harness: Harness) -> None:
    ana = await harness.person("Ana")
    if not harness.platform.capabilities(await harness.direct(ana)).edits:
        pytest.skip("messages cannot be edited here")
    receipt = await send(harness, PrivateTo(ana), Card("Feedback"))
    assert receipt.message is not None
    await harness.platform.edit(receipt.message, Card("Feedback, second version"))
    assert "second version" in (await seen(harness, ana, receipt.message)).text


async def test_what_a_person_typed_pings_nobody(harness: Harness) -> None:
    ana, bob = await harness.person("Ana"), await harness.person("Bob")
    words = f"@everyone @here @channel <!channel> <!everyone> <@{bob.user}> <@!{bob.user}> <@&1> @Bob"
    card = Card(
        words, (Quote(words), Paragraph(words), Bullets((words,)), Buttons((Button("@everyone", ANSWER.action),)))
    )
    message = await sent(harness, harness.channel, resolved(card, "en"))
    found = await seen(harness, ana, message)
    assert found.pinged == frozenset()
    assert words in found.text.replace(BREAK, "")


async def test_what_a_person_typed_is_shown_as_typed(harness: Harness) -> None:
    ana = await harness.person("Ana")
    words = "*bold* _thin_ ~gone~ `code` **x** __y__ ||z|| [a](b) <b>&amp;</b> > q # h - i 1. j \\* :tada:"
    message = await sent(harness, harness.channel, Card("As typed", (Quote(words), Paragraph(words))))
    assert (await seen(harness, ana, message)).text.count(words) == 2


async def test_a_card_too_long_for_one_message_arrives_whole(harness: Harness) -> None:
    ana = await harness.person("Ana")
    words = [f"word{number}" for number in range(9000)]
    card = Card("A long answer", (Quote(" ".join(words)), Buttons((ANSWER,))))
    parts = fit(card, harness.platform.capabilities(harness.channel)).cards
    for number, part in enumerate(parts):
        await sent(harness, harness.channel, part, key=f"key-{number}")
    shown = await ours(harness, ana, harness.channel)
    read = [word for message in shown for word in message.text.split() if word.startswith("word")]
    assert read == words
    assert [label for message in shown for label in message.controls] == [ANSWER.label]


def test_a_payload_that_would_not_fit_is_refused_when_it_is_built() -> None:
    assert len(Pressed(subject="x" * (LONGEST - len("pressed~1~"))).encode()) == LONGEST
    with pytest.raises(ValueError, match="at most 100 fit"):
        Pressed(subject="x" * LONGEST)


async def test_the_home_shows_what_was_drawn_and_says_when_it_is_opened(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).home:
        pytest.skip("there is no home here")
    ana, bob = await harness.person("Ana"), await harness.person("Bob")
    await harness.platform.show_home(ana, Card("Your home", (Paragraph("Three answers this week"),)))
    assert "Three answers this week" in await harness.open_home(ana)
    assert harness.inbound.only(HomeOpened).actor == ana
    assert "Three answers this week" not in await harness.open_home(bob)


async def test_a_person_has_a_profile_and_a_stranger_has_none(harness: Harness) -> None:
    ana = await harness.person("Ana")
    profile = await harness.platform.profile(ana)
    assert profile is not None
    assert profile.name == "Ana"
    assert not profile.is_bot
    assert await harness.platform.profile(AccountRef(ana.platform, ana.installation, "nobody-0")) is None


async def test_a_post_to_a_channel_that_is_not_there_says_so(harness: Harness) -> None:
    nowhere = type(harness.channel)(harness.channel.platform, harness.channel.installation, "no-such-channel")
    with pytest.raises(TargetGone):
        await harness.platform.send(Post(key="key-1", audience=InConversation(nowhere), card=Card("Hello")))
