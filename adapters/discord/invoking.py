"""What somebody typed or is typing, from Discord's payload back into a line of the one grammar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from adapters.discord.commands import CHANNEL, CHOICES, COMMAND, GROUP, LONGEST, STRING, USER, Payload
from bot.chat.cards import Choice, said
from bot.chat.cutting import shortened
from bot.chat.grammar import write_line


def path_and_options(data: Mapping[str, Any]) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """The path of an invoked command and its options as Discord sends them."""
    path: list[str] = []
    options = _mappings(data.get("options"))
    while len(options) == 1 and options[0].get("type") in (COMMAND, GROUP) and len(path) < 2:
        path.append(str(options[0].get("name", "")))
        options = _mappings(options[0].get("options"))
    return tuple(path), options


def line_of(data: Mapping[str, Any]) -> str:
    """The invoked command as a line of the one grammar."""
    path, options = path_and_options(data)
    return write_line(path, dict(_typed(options)))


def _typed(options: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str | int]]:
    for option in options:
        value = option.get("value")
        if isinstance(value, bool) or not isinstance(value, str | int | float) or option.get("focused"):
            continue
        form = {USER: "<@{}>", CHANNEL: "<#{}>"}.get(option.get("type", STRING), "{}")
        yield str(option.get("name", "")), form.format(value)


def focused(data: Mapping[str, Any]) -> tuple[str, str] | None:
    """The option being typed, and what is typed of it."""
    _, options = path_and_options(data)
    for option in options:
        if option.get("focused"):
            return str(option.get("name", "")), str(option.get("value", ""))
    return None


def completion_payload(choices: Sequence[Choice]) -> list[Payload]:
    """The choices shown as one types; one whose value would not fit is left out."""
    fitting = [choice for choice in choices if 0 < len(choice.value) <= LONGEST]
    return [{"name": shortened(said(each.label), LONGEST), "value": each.value} for each in fitting[:CHOICES]]


def _mappings(things: Any) -> list[Mapping[str, Any]]:
    return [thing for thing in things if isinstance(thing, Mapping)] if isinstance(things, list) else []
