"""What is offered while a person types a command: first commands, then the values of the option at hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from adapters.local.cast import Person
from adapters.local.registration import OfferedCommand, OfferedOption
from adapters.local.workspace import Workspace
from bot.chat.tokens import quoted, tokens

MOST = 25


@dataclass(frozen=True, slots=True)
class Typing:
    """A command line half typed: the command, the option being typed, what is typed of it, and what stands before."""

    command: OfferedCommand
    option: OfferedOption | None
    prefix: str
    before: str


async def suggestions(workspace: Workspace, person: Person, line: str) -> dict[str, Any]:
    """What the page offers for `line`: suggestions, each with the line it makes, and a hint on what comes next."""
    registration = workspace.registration()
    root = f"/{registration.root}"
    commands = registration.for_language(person.language)
    if not line.startswith("/"):
        return {"suggestions": [], "hint": ""}
    typing = typing_in(line.removeprefix(root), commands) if line.startswith(f"{root} ") else None
    if typing is None:
        return {"suggestions": await _commands(workspace, person, line, commands), "hint": ""}
    if typing.option is None:
        return {"suggestions": [], "hint": typing.command.description}
    found = await _values(workspace, person, typing)
    before = f"{root}{typing.before}"
    return {
        "suggestions": [
            {
                "line": f"{before}{typing.option.name}:{quoted(each['value'])} ",
                "label": each["label"],
                "description": "",
            }
            for each in found[:MOST]
        ],
        "hint": f"{typing.option.name}: {typing.option.description}",
    }


def typing_in(rest: str, commands: Sequence[OfferedCommand]) -> Typing | None:
    """How `rest`, what stands after the root command, is to be continued; None while the command is being typed."""
    command = _command_of(rest, commands)
    if command is None:
        return None
    start = re.match(r"\s*" + r"\s+".join(map(re.escape, command.path)) + r"\s", rest, re.IGNORECASE)
    options_at = start.end() if start else len(rest)
    typed = rest[options_at:]
    names = {option.name.lower(): option for option in command.options}
    named = [token for token in tokens(typed, names) if token.name]
    if named:
        last = named[-1]
        value = typed[last.end :]
        if not value.endswith(" ") or (
            last.name and names[last.name].type == "text" and value.strip()[:1] not in "\"'"
        ):
            option = names[last.name or ""]
            return Typing(command, option, value.strip().strip("\"'"), rest[: options_at + last.start])
    given = {token.name for token in named}
    free = [option for option in command.options if option.name.lower() not in given]
    if named:
        return Typing(command, free[0] if free else None, "", rest)
    return Typing(command, free[0] if free else None, typed.strip(), rest[:options_at])


def _command_of(rest: str, commands: Sequence[OfferedCommand]) -> OfferedCommand | None:
    words = rest.lower().split()
    for command in sorted(commands, key=lambda each: -len(each.path)):
        path = [word.lower() for word in command.path]
        complete = len(words) > len(path) or rest.endswith(" ")
        if words[: len(path)] == path and complete:
            return command
    return None


async def _commands(
    workspace: Workspace, person: Person, line: str, commands: Sequence[OfferedCommand]
) -> list[dict[str, str]]:
    """The commands that `line` may become, of those the bot lets this person use: roles are known to it alone."""
    root = f"/{workspace.registration().root}"
    typed = " ".join(line.lower().split())
    if not typed.startswith(root) and not root.startswith(typed):
        return []
    words = typed[len(root) :].strip()
    found = await workspace.questions.ask(person.id, "help", "command", words)
    known = {" ".join(command.path): command.description for command in commands}
    names = [each["value"] for each in found if each["value"] in known]
    return [{"line": f"{root} {name} ", "label": f"{root} {name}", "description": known[name]} for name in names[:MOST]]


async def _values(workspace: Workspace, person: Person, typing: Typing) -> list[dict[str, Any]]:
    option = typing.option
    if option is None:
        return []
    prefix = typing.prefix.lower()
    if option.completes:
        path = " ".join(typing.command.path)
        return await workspace.questions.ask(person.id, path, option.name, typing.prefix)
    match option.type:
        case "choice":
            offered = [(choice.value, choice.label) for choice in option.choices]
        case "member":
            offered = [(f"@{each.id}", each.name) for each in workspace.roster.people()]
        case "channel":
            channels = workspace.roster.channels_of(person.id)
            offered = [(f"#{each.id}", f"#{each.name}") for each in channels if not each.direct]
        case _:
            offered = []
    bare = prefix.lstrip("@#")
    return [
        {"value": value, "label": label} for value, label in offered if bare in value.lower() or bare in label.lower()
    ]
