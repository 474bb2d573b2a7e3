"""A file reaches the one person it is for, whole, and can be taken back."""

from __future__ import annotations

import pytest

from bot.chat.cards import Card, Document, Paragraph
from bot.chat.fit import fit
from bot.chat.platform import InConversation, Post, PrivateTo, Receipt
from bot.chat.refs import AccountRef
from tests.contract.harness import Harness, SeenMessage
from tests.contract.samples import ours

BYTES = bytes(range(256)) * 8
OTHERWISE = "Ask an admin to run the command for it."
FILE = Document("your-data.zip", "application/zip", BYTES, OTHERWISE)
CARD = Card("Your data", (Paragraph("Here is the archive."), FILE))


async def handed(harness: Harness, person: AccountRef, card: Card = CARD, *, near: bool = False) -> list[Receipt]:
    """Send every part of the card to this person alone."""
    audience = PrivateTo(person, near=harness.channel if near else None)
    place = harness.channel if near else await harness.direct(person)
    parts = fit(card, harness.platform.capabilities(place)).cards
    return [await harness.platform.send(Post(f"key-{number}", audience, part)) for number, part in enumerate(parts)]


async def everything(harness: Harness, person: AccountRef) -> list[SeenMessage]:
    """What this person sees of ours, in the channel and in the direct conversation."""
    return [*await ours(harness, person, harness.channel), *await ours(harness, person, await harness.direct(person))]


def files_of(messages: list[SeenMessage]) -> dict[str, bytes]:
    return {name: data for message in messages for name, data in message.files.items()}


def skip_without_files(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).files:
        pytest.skip("no files can be handed over here")


@pytest.mark.parametrize("near", [True, False], ids=["answering in a channel", "in the direct conversation"])
async def test_a_file_reaches_its_person_whole_and_nobody_else(harness: Harness, near: bool) -> None:
    skip_without_files(harness)
    ana, bob = await harness.person("Ana"), await harness.person("Bob")
    await handed(harness, ana, near=near)
    seen = await everything(harness, ana)
    assert files_of(seen) == {"your-data.zip": BYTES}
    assert "Here is the archive." in "\n".join(message.text for message in seen)
    assert OTHERWISE not in "\n".join(message.text for message in seen)
    assert await everything(harness, bob) == []


async def test_a_file_is_taken_back_with_its_message(harness: Harness) -> None:
    skip_without_files(harness)
    ana = await harness.person("Ana")
    for receipt in await handed(harness, ana):
        assert receipt.message is not None
        await harness.platform.delete(receipt.message)
        await harness.platform.delete(receipt.message)
    assert files_of(await everything(harness, ana)) == {}


async def test_a_handed_file_is_found_again_by_its_key(harness: Harness) -> None:
    skip_without_files(harness)
    ana = await harness.person("Ana")
    if not harness.platform.capabilities(await harness.direct(ana)).finds_own_posts:
        pytest.skip("posts cannot be looked for here")
    receipts = await handed(harness, ana)
    await harness.restart()
    found = await harness.platform.find_own_post(PrivateTo(ana), f"key-{len(receipts) - 1}")
    assert found is not None
    assert found.message == (receipts[-1].message.message if receipts[-1].message else None)
    assert await harness.platform.find_own_post(PrivateTo(ana), "another key") is None


async def test_where_no_file_can_be_handed_over_it_says_how_to_get_it(harness: Harness) -> None:
    ana = await harness.person("Ana")
    limits = harness.platform.capabilities(await harness.direct(ana)).limits
    too_large = Document(FILE.name, FILE.media_type, b"x" * (limits.file_size + 1), OTHERWISE)
    await handed(harness, ana, Card("Your data", (too_large,)))
    seen = await everything(harness, ana)
    assert files_of(seen) == {}
    assert OTHERWISE in "\n".join(message.text for message in seen)


def test_a_file_for_a_whole_conversation_cannot_even_be_made(harness: Harness) -> None:
    with pytest.raises(ValueError, match="handed to one person"):
        Post("key", InConversation(harness.channel), CARD)
