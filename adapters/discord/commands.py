"""From declared commands to application commands of Discord.

A root command holds groups and commands. What only a role may do has a root of its own, for Discord hides whole
roots only; who may indeed, the policy decides when it is done. Discord wants names in lower case, required options
first, and at most 25 commands in a group; it is told of them only where they differ from what it knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.base.policy import Audience
from bot.base.text import LOCALES, Text, render, t
from bot.chat.cards import Choice
from bot.chat.commands import Command, MessageAction, Option, root_for
from bot.chat.cutting import shortened

Payload = dict[str, Any]

CHAT_INPUT, ON_PERSON, ON_MESSAGE = 1, 2, 3
"""Types of application commands: typed, on a person, and on a message."""
COMMAND, GROUP, STRING, INTEGER, USER, CHANNEL = 1, 2, 3, 4, 6, 7
TYPES = {"text": STRING, "integer": INTEGER, "choice": STRING, "member": USER, "channel": CHANNEL}
LONGEST = 100
"""Characters of a description, and of a choice's name and value."""
LONGEST_NAME = 32
MOST_CHARACTERS = 8_000
"""Of one application command with all that it holds."""
DESCRIPTION_LENGTHS = (LONGEST, 60, 40, 20, 1)
CHOICES = 25
MOST_ON_MESSAGES = MOST_ON_PEOPLE = 15
IN_SERVERS, IN_DIRECT, ELSEWHERE = 0, 1, 2
"""Contexts: a server, the direct conversation with Starling, any other private conversation."""
FOR_SERVERS, FOR_USERS = 0, 1
"""Kinds of installation."""
MANAGE_SERVER, MANAGE_MESSAGES = 1 << 5, 1 << 13
SHOWN_WITH: Mapping[Audience, int] = {"moderators": MANAGE_MESSAGES, "admins": MANAGE_SERVER}
"""The permission by which Discord shows commands of an audience, until an admin of the server decides otherwise."""
DESCRIPTIONS: Mapping[Audience, Text] = {
    "everybody": t("Interview practice with your team"),
    "moderators": t("Moderate interview practice"),
    "admins": t("Set up interview practice"),
}
LANGUAGES = (
    "da",
    "de",
    "es-ES",
    "fr",
    "hr",
    "it",
    "lt",
    "hu",
    "nl",
    "no",
    "pl",
    "pt-BR",
    "ro",
    "fi",
    "sv-SE",
    "vi",
    "tr",
    "cs",
    "el",
    "bg",
    "ru",
    "uk",
    "hi",
    "th",
    "zh-CN",
    "ja",
    "zh-TW",
    "ko",
)
"""Discord's languages besides English."""


def command_payloads(root: str, commands: Sequence[Command], *, for_users: bool) -> list[Payload]:
    """The application commands that hold all of `commands`, their descriptions as long as there is room for.

    `for_users` where people may install Starling for themselves, to use it outside of its servers too.
    """
    found: list[Payload] = []
    for audience in DESCRIPTIONS:
        held = [command for command in commands if command.audience == audience]
        if held:
            found.append(_root(root, audience, held, for_users))
    return found


def _root(root: str, audience: Audience, commands: Sequence[Command], for_users: bool) -> Payload:
    alone = [_command(command) for command in commands if len(command.path) == 1]
    names = list(dict.fromkeys(command.path[0] for command in commands if len(command.path) == 2))
    groups = [_group(name, [command for command in commands if command.path[0] == name]) for name in names]
    whole = {
        "name": root_for(root, audience),
        "type": CHAT_INPUT,
        **_described(DESCRIPTIONS[audience]),
        "options": alone + groups,
        **_offered(audience, for_users),
    }
    return _fitted(whole)


def _offered(audience: Audience, for_users: bool) -> Payload:
    """Where something is offered, and to whom: what needs a role only in servers, to those who have the permission."""
    if audience != "everybody":
        return {
            "contexts": [IN_SERVERS],
            "integration_types": [FOR_SERVERS],
            "default_member_permissions": str(SHOWN_WITH[audience]),
        }
    if for_users:
        return {"contexts": [IN_SERVERS, IN_DIRECT, ELSEWHERE], "integration_types": [FOR_SERVERS, FOR_USERS]}
    return {"contexts": [IN_SERVERS, IN_DIRECT], "integration_types": [FOR_SERVERS]}


def _fitted(whole: Payload) -> Payload:
    for longest in DESCRIPTION_LENGTHS:
        payload = _with_descriptions(whole, longest)
        if _size(payload) <= MOST_CHARACTERS:
            break
    return payload


def _with_descriptions(payload: Payload, longest: int) -> Payload:
    cut = dict(payload)
    if "description" in cut:
        cut["description"] = shortened(cut["description"], longest)
    if "description_localizations" in cut:
        words = cut["description_localizations"]
        cut["description_localizations"] = {language: shortened(text, longest) for language, text in words.items()}
    if "options" in cut:
        cut["options"] = [_with_descriptions(option, longest) for option in cut["options"]]
    return cut


def _size(thing: Mapping[str, Any]) -> int:
    """The characters Discord counts: names, descriptions and values, of each the longest of its languages."""
    own = sum(
        max(len(str(thing.get(key, ""))), *map(len, (thing.get(f"{key}_localizations") or {"": ""}).values()))
        for key in ("name", "description", "value")
    )
    return own + sum(_size(each) for key in ("options", "choices") for each in thing.get(key) or ())


def message_payloads(actions: Sequence[MessageAction], *, for_users: bool) -> list[Payload]:
    """The entries of every message's menu, as many as Discord takes."""
    shown = actions[:MOST_ON_MESSAGES]
    return [_entry(action.label, ON_MESSAGE, action.audience, for_users) for action in shown]


def people_payloads(commands: Sequence[Command], *, for_users: bool) -> list[Payload]:
    """The entries of every person's menu, as many as Discord takes."""
    entries = [(command.on_people, command.audience) for command in commands if command.on_people is not None]
    return [_entry(label, ON_PERSON, audience, for_users) for label, audience in entries[:MOST_ON_PEOPLE]]


def _entry(label: Text, kind: int, audience: Audience, for_users: bool) -> Payload:
    payload: Payload = {"name": name_in_menu(label), "type": kind, **_offered(audience, for_users)}
    languages = _localised(label, LONGEST_NAME)
    return {**payload, "name_localizations": languages} if languages else payload


def name_in_menu(label: Text) -> str:
    """What an entry is called in a menu, by which it comes back."""
    return shortened(render(label), LONGEST_NAME)


def _group(name: str, commands: Iterable[Command]) -> Payload:
    inside = [_command(command) for command in commands if len(command.path) == 2]
    return {"type": GROUP, "name": name, **_described(t("More under “{name}”", name=name)), "options": inside}


def _command(command: Command) -> Payload:
    options = sorted(command.options, key=lambda option: not option.required)
    return {
        "type": COMMAND,
        "name": command.path[-1],
        **_described(command.description),
        "options": [_option(option) for option in options],
    }


def _option(option: Option) -> Payload:
    payload: Payload = {"type": TYPES[option.type], "name": option.name, **_described(option.description)}
    if option.required:
        payload["required"] = True
    if option.completes:
        payload["autocomplete"] = True
    elif 0 < len(option.choices) <= CHOICES:
        payload["choices"] = [_choice(choice) for choice in option.choices]
    return payload


def _choice(choice: Choice) -> Payload:
    label = choice.label
    payload: Payload = {"name": shortened(render(label), LONGEST), "value": choice.value}
    names = _localised(label) if isinstance(label, Text) else {}
    return {**payload, "name_localizations": names} if names else payload


def _described(text: Text) -> Payload:
    payload: Payload = {"description": shortened(render(text), LONGEST)}
    languages = _localised(text)
    return {**payload, "description_localizations": languages} if languages else payload


def _localised(text: Text, longest: int = LONGEST) -> dict[str, str]:
    """The text in each language of Discord that the catalogue has it in."""
    english = render(text)
    found = {language: render(text, language) for language in LANGUAGES if _has(language)}
    return {language: shortened(words, longest) for language, words in found.items() if words != english}


def _has(language: str) -> bool:
    code = language.replace("-", "_")
    return any((LOCALES / name).is_dir() for name in (code, code.partition("_")[0]))


def differ(wanted: Sequence[Payload], known: Sequence[Mapping[str, Any]]) -> bool:
    """Whether Discord has to be told of the commands again."""
    return _by_name(wanted) != _by_name(known)


def _by_name(commands: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {f"{command.get('type', CHAT_INPUT)} {command.get('name')}": _essence(command) for command in commands}


_KEPT = (
    "type",
    "name",
    "description",
    "description_localizations",
    "name_localizations",
    "value",
    "required",
    "autocomplete",
    "default_member_permissions",
)
_IN_ANY_ORDER = ("contexts", "integration_types")


def _essence(thing: Mapping[str, Any]) -> dict[str, Any]:
    """What we say of a command, without what Discord adds or leaves out where it is empty."""
    essence = {key: thing[key] for key in _KEPT if thing.get(key)}
    essence |= {key: sorted(thing[key]) for key in _IN_ANY_ORDER if thing.get(key)}
    for key in ("options", "choices"):
        if thing.get(key):
            essence[key] = [_essence(each) for each in thing[key]]
    return essence
