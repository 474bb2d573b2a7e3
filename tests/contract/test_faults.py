"""Whatever a platform does wrong comes down to the one tree of errors."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.chat.cards import Card
from bot.chat.errors import (
    PayloadRejected,
    PermissionMissing,
    PlatformError,
    RateLimited,
    TargetGone,
    Unavailable,
)
from bot.chat.platform import InConversation
from bot.chat.refs import AccountRef, MessageRef
from tests.contract.harness import RATE_LIMIT_SECONDS, Fault, Harness
from tests.contract.samples import ours, sent, thread_of

ERRORS: dict[Fault, type[PlatformError]] = {
    "rate_limited": RateLimited,
    "permission_missing": PermissionMissing,
    "target_gone": TargetGone,
    "payload_rejected": PayloadRejected,
    "unavailable": Unavailable,
    "answer_lost": Unavailable,
}


@pytest.mark.parametrize("fault", ERRORS)
async def test_a_send_that_fails_says_how_and_the_next_one_works(harness: Harness, fault: Fault) -> None:
    ana = await harness.person("Ana")
    harness.fail_next(fault)
    with pytest.raises(ERRORS[fault]) as raised:
        await sent(harness, harness.channel, Card("First"))
    assert type(raised.value) is ERRORS[fault]
    took_effect = fault == "answer_lost"
    assert len(await ours(harness, ana, harness.channel)) == int(took_effect)
    await sent(harness, harness.channel, Card("Second"), key="key-2")
    assert len(await ours(harness, ana, harness.channel)) == 1 + int(took_effect)


async def test_a_rate_limit_says_how_long_to_wait(harness: Harness) -> None:
    harness.fail_next("rate_limited")
    with pytest.raises(RateLimited) as raised:
        await sent(harness, harness.channel, Card("First"))
    assert raised.value.retry_after == timedelta(seconds=RATE_LIMIT_SECONDS)


async def test_a_missing_permission_is_named(harness: Harness) -> None:
    harness.fail_next("permission_missing")
    with pytest.raises(PermissionMissing) as raised:
        await sent(harness, harness.channel, Card("First"))
    assert raised.value.which


async def test_a_lost_answer_leaves_open_whether_the_call_took_effect(harness: Harness) -> None:
    harness.fail_next("answer_lost")
    with pytest.raises(Unavailable) as raised:
        await sent(harness, harness.channel, Card("First"))
    assert raised.value.accepted is None


async def test_a_call_that_never_arrived_is_never_taken_for_accepted(harness: Harness) -> None:
    harness.fail_next("unavailable")
    with pytest.raises(Unavailable) as raised:
        await sent(harness, harness.channel, Card("First"))
    assert raised.value.accepted in (None, False)


@pytest.mark.parametrize("fault", ["rate_limited", "permission_missing", "unavailable"])
async def test_every_other_call_fails_in_the_same_words(harness: Harness, fault: Fault) -> None:
    ana = await harness.person("Ana")
    message = await sent(harness, harness.channel, Card("First"))
    for call in calls(harness, message, ana):
        harness.fail_next(fault)
        with pytest.raises(ERRORS[fault]):
            await call()


def calls(harness: Harness, message: MessageRef, person: AccountRef) -> list[Callable[[], Awaitable[object]]]:
    platform, able = harness.platform, harness.platform.capabilities(message.conversation)
    found: list[Callable[[], Awaitable[object]]] = [lambda: platform.profile(person)]
    if able.edits:
        found.append(lambda: platform.edit(message, Card("Changed")))
    if able.reactions:
        found.append(lambda: platform.react(message, "seen"))
    if able.home:
        found.append(lambda: platform.show_home(person, Card("Home")))
    if able.deletes:
        found.append(lambda: platform.delete(message))
    return found


async def test_a_post_whose_answer_was_lost_is_found_by_its_key(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).finds_own_posts:
        pytest.skip("posts are not found again here")
    ana = await harness.person("Ana")
    harness.fail_next("answer_lost")
    with pytest.raises(Unavailable):
        await sent(harness, harness.channel, Card("First"), key="lost")
    (shown,) = await ours(harness, ana, harness.channel)
    assert await harness.platform.find_own_post(InConversation(harness.channel), "lost") == shown.ref


async def test_a_post_is_found_in_its_thread_and_after_a_restart(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).finds_own_posts:
        pytest.skip("posts are not found again here")
    question = await sent(harness, harness.channel, Card("Question"), key="question")
    hint = await sent(harness, thread_of(question), Card("Hint"), key="hint")
    await harness.restart()
    assert await harness.platform.find_own_post(InConversation(harness.channel), "question") == question
    assert await harness.platform.find_own_post(InConversation(thread_of(question)), "hint") == hint


async def test_a_post_that_was_never_accepted_is_not_found(harness: Harness) -> None:
    if not harness.platform.capabilities(harness.channel).finds_own_posts:
        pytest.skip("posts are not found again here")
    await sent(harness, harness.channel, Card("Another"), key="another")
    harness.fail_next("unavailable")
    with pytest.raises(Unavailable):
        await sent(harness, harness.channel, Card("First"), key="never")
    assert await harness.platform.find_own_post(InConversation(harness.channel), "never") is None
