"""What happens to a workspace as a whole: channels change, people come and go."""

from __future__ import annotations

from typing import Literal

from adapters.local.cast import Person
from adapters.local.workspace import Workspace
from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.chat.events import ChannelChanged, MemberLeft

STATES: dict[str, Literal["archived", "closed", "opened"]] = {
    "archived": "archived",
    "closed": "closed",
    "open": "opened",
}
"""A channel's states, with what the bot is told when a channel gets into one; a closed one is closed to the bot."""


async def rename(workspace: Workspace, channel: str, name: str) -> None:
    """Give a channel another name; its id stays."""
    _known(workspace, channel)
    with workspace.store.transaction():
        workspace.roster.change(channel, name=name)
        workspace.tell(ChannelChanged, conversation=workspace.conversation(channel), change="renamed", name=name)


async def archive(workspace: Workspace, channel: str) -> None:
    """Archive a channel: nobody can write in it any more."""
    _put(workspace, channel, "archived")


async def close(workspace: Workspace, channel: str) -> None:
    """Close a channel to the bot; people go on there."""
    _put(workspace, channel, "closed")


async def reopen(workspace: Workspace, channel: str) -> None:
    """Open an archived or closed channel again."""
    _put(workspace, channel, "open")


async def join(workspace: Workspace, person: Person) -> None:
    """Let somebody into the workspace."""
    with workspace.store.transaction():
        workspace.roster.join(person)
        workspace.store.changed("people")


async def leave(workspace: Workspace, who: str) -> None:
    """Somebody leaves for good."""
    person = workspace.person(who)
    with workspace.store.transaction():
        workspace.roster.leave(person.id)
        if workspace.options.member_left:
            workspace.tell(MemberLeft, person)


def _put(workspace: Workspace, channel: str, state: str) -> None:
    _known(workspace, channel)
    with workspace.store.transaction():
        workspace.roster.change(channel, state=state)
        workspace.tell(ChannelChanged, conversation=workspace.conversation(channel), change=STATES[state])


def _known(workspace: Workspace, channel: str) -> None:
    found = workspace.roster.channel(channel)
    if found is None or found.direct:
        raise UserFacingError(t("There is no such channel."))
