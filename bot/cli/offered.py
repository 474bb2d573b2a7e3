"""What the rooms ask of a chat platform, read off their declarations; and who sets each platform up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import entry_points

from bot.chat.events import ChannelChanged, Event, MessagePosted
from bot.chat.setup import Ability, Offered, PlatformSetup
from bot.feature.declarations import Feature
from bot.runtime.bootstrap import declarations


def _hears(event: type[Event]) -> Callable[[Feature], bool]:
    return lambda room: any(declared.event is event for declared in room.listeners)


_USES: Mapping[Ability, Callable[[Feature], bool]] = {
    "commands": lambda room: bool(room.commands or room.actions),
    "posts": lambda room: bool(room.deliveries),
    "answers": _hears(MessagePosted),
    "channels": _hears(ChannelChanged),
}


def offered(rooms: Sequence[Feature], root_command: str) -> Offered:
    """What `rooms` and the runtime declare, and which of the rooms uses which ability."""
    gathered = declarations(rooms, root_command)
    used_by = {ability: [room.name for room in rooms if uses(room)] for ability, uses in _USES.items()}
    return Offered(
        root_command=root_command,
        commands=[declared.command for declared in gathered.commands.values()],
        message_actions=gathered.message_actions,
        used_by={ability: names for ability, names in used_by.items() if names},
    )


def setups() -> Mapping[str, PlatformSetup]:
    """Every platform that can be set up, by name, in the order of the names."""
    entries = sorted(entry_points(group="starling.setup"), key=lambda entry: entry.name)
    return {entry.name: entry.load() for entry in entries}
