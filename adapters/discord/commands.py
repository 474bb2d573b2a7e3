"""From declared commands to application commands of Discord, and from an invoked one back to a line.

One root command holds groups and commands. Discord wants names in lower case, required options first, and at most
25 commands in a group; it is told of them only where they differ from what it knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.base.text import LOCALES, Text, render, t
from bot.chat.cards import Choice, said
from bot.chat.commands import Command, MessageAction, Option
from bot.chat.cutting import shortened
from bot.chat.grammar import write_line

Payload = dict[str, Any]

CHAT_INPUT, ON_MESSAGE = 1, 3
"""Types of application commands: typed, and on a message."""
COMMAND, GROUP, STRING, INTEGER, USER, CHANNEL = 1, 2, 3, 4, 6, 7
TYPES = {"text": STRING, "integer": INTEGER, "choice": STRING, "member": USER, "channel": CHANNEL}
LONGEST = 100
"""Characters of a description, and of a choice's name and value."""
LONGEST_NAME = 32
MOST_CHARACTERS = 8_000
"""Of one application command with all that it holds."""
DESCRIPTION_LENGTHS = (LONGEST, 60, 40, 20, 1)
CHOICES = 25
MOST_ON_MESSAGES = 15
IN_SERVERS, IN_DIRECT = 0, 1
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


def root_payload(root: str, commands: Sequence[Command]) -> Payload:
    """The one application command that holds all of `commands`, its descriptions as long as there is room for."""
    whole = _root(root, commands)
    for longest in DESCRIPTION_LENGTHS:
        payload = _with_descriptions(whole, longest)
        if _size(payload) <= MOST_CHARACTERS:
            break
    return payload


def _root(root: str, commands: Sequence[Command]) -> Payload:
    alone = [_command(command) for command in commands if len(command.path) == 1]
    names = list(dict.fromkeys(command.path[0] for command in commands if len(command.path) == 2))
    groups = [_group(name, [command for command in commands if command.path[0] == name]) for name in names]
    return {
        "name": root,
        "type": CHAT_INPUT,
        **_described(t("Interview practice with your team")),
        "options": alone + groups,
        "contexts": [IN_SERVERS, IN_DIRECT],
        "integration_types": [0],
    }


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


def message_payloads(actions: Sequence[MessageAction]) -> list[Payload]:
    """The entries of every message's menu, as many as Discord takes."""
    names = [(name_on_messages(action), _localised(action.label, LONGEST_NAME)) for action in actions]
    return [
        {
            "name": name,
            "type": ON_MESSAGE,
            **({"name_localizations": languages} if languages else {}),
            "contexts": [IN_SERVERS, IN_DIRECT],
            "integration_types": [0],
        }
        for name, languages in names[:MOST_ON_MESSAGES]
    ]


def name_on_messages(action: MessageAction) -> str:
    """What an action is called in a message's menu, by which it comes back."""
    return shortened(render(action.label), LONGEST_NAME)


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
    return {str(command.get("name")): _essence(command) for command in commands}


_KEPT = (
    "type",
    "name",
    "description",
    "description_localizations",
    "name_localizations",
    "value",
    "required",
    "autocomplete",
    "contexts",
    "integration_types",
)


def _essence(thing: Mapping[str, Any]) -> dict[str, Any]:
    """What we say of a command, without what Discord adds or leaves out where it is empty."""
    essence = {key: thing[key] for key in _KEPT if thing.get(key)}
    for key in ("options", "choices"):
        if thing.get(key):
            essence[key] = [_essence(each) for each in thing[key]]
    return essence


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
