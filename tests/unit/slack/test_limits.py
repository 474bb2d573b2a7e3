"""What a conversation in Slack can do."""

from __future__ import annotations

import pytest

from adapters.slack.limits import LIMITS, capabilities
from adapters.slack.words import length
from bot.chat.refs import ConversationRef
from tests.unit.chat.platforms import SLACK
from tests.wire.slack.world import EVERY_SCOPE

CHANNEL = ConversationRef("slack", "T1", "C1")
DIRECT = ConversationRef("slack", "T1", "D1")


def test_the_limits_are_those_that_fitting_is_proven_against() -> None:
    own = {name: getattr(LIMITS, name) for name in LIMITS.__slots__ if name != "measure"}
    proven = {name: getattr(SLACK.limits, name) for name in LIMITS.__slots__ if name != "measure"}
    assert own == proven
    words = "a & b <c> \n é 😀"
    assert length(words) == SLACK.limits.measure(words)


@pytest.mark.parametrize(
    ("scopes", "reads", "in_channel", "in_direct"),
    [
        (EVERY_SCOPE, True, True, True),
        (EVERY_SCOPE, False, False, True),
        (EVERY_SCOPE - {"channels:history", "groups:history"}, True, False, True),
        (EVERY_SCOPE - {"im:history"}, True, True, False),
        (frozenset[str](), True, False, False),
    ],
)
def test_replies_are_read_where_chosen_and_granted(
    scopes: frozenset[str], reads: bool, in_channel: bool, in_direct: bool
) -> None:
    assert capabilities(CHANNEL, scopes, reads_replies=reads).reads_replies is in_channel
    assert capabilities(DIRECT, scopes, reads_replies=reads).reads_replies is in_direct


def test_a_scope_that_is_missing_takes_its_ability_away() -> None:
    assert not capabilities(CHANNEL, EVERY_SCOPE - {"reactions:write"}, reads_replies=True).reactions
    assert not capabilities(CHANNEL, EVERY_SCOPE - {"users:read"}, reads_replies=True).member_left


def test_nothing_is_ephemeral_where_only_two_are() -> None:
    assert capabilities(CHANNEL, EVERY_SCOPE, reads_replies=True).ephemeral
    assert not capabilities(DIRECT, EVERY_SCOPE, reads_replies=True).ephemeral
