"""What a scenario on Slack alone needs beside a team: the stand-in itself, and looks at what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storage.tables.outbox import Delivery
from tests.wire.product.on_slack import SlackPlace
from tests.wire.product.steps import rows
from tests.wire.product.team import Someone, Team
from tests.wire.slack import payloads
from tests.wire.slack.blocks import controls, lines
from tests.wire.slack.delivery import Delivered
from tests.wire.slack.slack import Slack
from tests.wire.slack.world import Message


def slack_of(team: Team) -> Slack:
    """The stand-in that the team works in."""
    assert isinstance(team.place, SlackPlace)
    return team.place.slack


def posted(team: Team, words: str) -> list[Message]:
    """The messages of ours that everybody in the channel or one person in their direct conversation has."""
    return [each for each in slack_of(team).world.messages if each.bot and words in each.text and not each.only_for]


async def states_of(team: Team, kind: str) -> Sequence[str]:
    """The states of the deliveries whose kind begins so."""
    return [str(each.state) for each in await rows(team, Delivery) if each.kind.startswith(kind)]


def button_on(message: Message, label: str) -> dict[str, Any]:
    """The element of a message with this label."""
    return dict(next(element for name, element in controls(message.blocks) if name == label))


async def presses(team: Team, someone: Someone, message: Message, element: dict[str, Any]) -> Delivered:
    """Somebody presses an element that may stand there no longer, or never did."""
    slack = slack_of(team)
    trigger, address = slack._credentials(someone.account.user, message.channel)
    action = payloads.action_of(element, None, slack.world.event_ts())
    payload = payloads.pressed(message, action, someone.account.user, trigger, address)
    delivered = await slack.deliver("interactive", payload)
    await team.goes_on()
    return delivered


async def home_of(team: Team, someone: Someone) -> str:
    """What somebody reads in their home, once it is drawn."""
    await slack_of(team).open_home(someone.account.user)
    await team.settles()
    drawn = slack_of(team).world.homes[someone.account.user]
    return "\n".join(line for block in drawn["blocks"] for line in lines(block))
