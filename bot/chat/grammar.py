"""The one grammar of command lines: what stands after the root command, as a person types it.

    guide archetype name:"conflict at work"      an option by name
    guide archetype conflict at work             options in order; the last text option takes the rest

A command is its path, in any case of letters. Options that are not named are filled in order; the last text
option takes all that is left, and what stands after it in the declaration can be given by name only. An
unquoted text value reaches to the next named option. A choice is known by its value, its label, or a
beginning of either that fits no other choice. The empty line is `help`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from bot.base.text import Text, render, t
from bot.chat.actions import Action
from bot.chat.cards import Choice, Words
from bot.chat.commands import Command, Option
from bot.chat.cutting import shortened
from bot.chat.forms import ChoiceInput, Form, Input, MemberInput, TextInput
from bot.chat.tokens import Token, quoted, tokens

SURPLUS = ""
"""The key of a problem that concerns no option: words that no option takes."""

SUGGESTIONS = 3
NEAR = 60
"""Similarity, of 100, from which a name is offered as what may have been meant."""

SHOWN = 80
"""Characters of what was typed that a sentence repeats."""

_WHOLE = re.compile(r"[+-]?\d{1,15}")
_MENTION = re.compile(r"<(?:@!?|#)([^>|]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Understood:
    """A command with its typed options; an absent optional one is absent."""

    command: Command
    options: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A command of which something is missing or wrong.

    `problems` has one sentence by option name, or under `SURPLUS`; `typed` keeps what was typed for the
    options in question, so that a form can show it again.
    """

    command: Command
    options: dict[str, str | int]
    problems: dict[str, Text]
    typed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unknown:
    """No command. `suggestions` are the nearest ones, or those of the group that was named."""

    typed: str
    suggestions: tuple[Command, ...] = ()


Read = Understood | Unclear | Unknown


def read_line(line: str, commands: Sequence[Command], language: str = "en") -> Read:
    """Read what stands after the root command; the labels of choices are known in `language`."""
    line = line if line.strip() else "help"
    words = list(tokens(line))
    by_path = {command.path: command for command in commands}
    if len(words) == 1:
        by_path = {command.path[:1]: command for command in commands if command.alone} | by_path
    for length in (2, 1):
        path = tuple(word.value.lower() for word in words[:length])
        if len(path) == length and path in by_path:
            return _read_options(line[words[length - 1].end :], by_path[path], language)
    return Unknown(line.strip(), _suggestions([word.value.lower() for word in words], commands))


def read_values(command: Command, values: Mapping[str, Sequence[str]], language: str = "en") -> Understood | Unclear:
    """Read what was entered in the form of `form_for`: the same checks as for a line."""
    given = {name: chosen[0] for name, chosen in values.items() if chosen and command.option(name)}
    return _typed(command, {name: value for name, value in given.items() if value.strip()}, "", language)


def write_line(path: Sequence[str], options: Mapping[str, str | int]) -> str:
    """The line that `read_line` reads as this command with these options."""
    values = [f"{name}:{quoted(str(value))}" for name, value in options.items()]
    return " ".join([*path, *values])


def mentioned(value: str) -> str:
    """The platform's id in a mention (`<@U1>`, `<@!1>`, `<#C1|general>`), else the name without its @ or #."""
    mention = _MENTION.fullmatch(value)
    return mention.group(1) if mention else value.lstrip("@#")


def form_for(
    command: Command,
    options: Mapping[str, str | int],
    action: Action,
    completions: Mapping[str, Sequence[Choice]] | None = None,
) -> Form:
    """The form that asks for the options of `command`, filled in with `options` as far as known.

    The command's sentence is its introduction: most are too long for a title.

    `completions` are the choices of options that complete as one types; such an option is asked as a select.
    Submitting it comes back as `action` with values for `read_values`.
    """
    offered = completions or {}
    return Form(
        action=action,
        title=t("A few details"),
        inputs=tuple(
            _input(command, option, options.get(option.name), offered.get(option.name)) for option in command.options
        ),
        submit=t("Continue"),
        intro=command.description,
    )


def _read_options(rest: str, command: Command, language: str) -> Understood | Unclear:
    by_name = {option.name.lower(): option for option in command.options}
    given: dict[str, str] = {}
    loose: list[list[Token]] = []
    for name, run in _runs(tokens(rest, by_name)):
        reach = _reach(by_name[name], run) if name else 0
        if name and reach:
            given[by_name[name].name] = _verbatim(rest, run[:reach])
        if run[reach:]:
            loose.append(run[reach:])
    surplus = _fill_in_order(rest, loose, command, given)
    return _typed(command, given, surplus, language)


def _runs(parts: Iterable[Token]) -> list[tuple[str | None, list[Token]]]:
    """The tokens after each name up to the next one; those before the first name have none."""
    runs: list[tuple[str | None, list[Token]]] = [(None, [])]
    for token in parts:
        if token.name:
            runs.append((token.name, []))
        else:
            runs[-1][1].append(token)
    return runs


def _reach(option: Option, run: Sequence[Token]) -> int:
    """How many of the tokens after its name belong to the option: all of an unquoted text, else one."""
    return len(run) if option.type == "text" and run and not run[0].quoted else min(1, len(run))


def _verbatim(line: str, run: Sequence[Token]) -> str:
    """What was typed from the first token to the last; a lone quotation without its marks."""
    return run[0].value if len(run) == 1 else line[run[0].start : run[-1].end]


def _fill_in_order(line: str, chunks: list[list[Token]], command: Command, given: dict[str, str]) -> str:
    """Fill the options that were not named from the words between; returns the words nobody takes."""
    last_text = next((option for option in reversed(command.options) if option.type == "text"), None)
    waiting = [option for option in command.options if option.name not in given]
    for option in waiting:
        if not chunks:
            return ""
        if option is last_text:
            given[option.name] = " ".join(_verbatim(line, chunk) for chunk in chunks)
            return ""
        given[option.name] = chunks[0].pop(0).value
        chunks = [chunk for chunk in chunks if chunk]
    return " ".join(token.raw for chunk in chunks for token in chunk)


def _typed(command: Command, given: Mapping[str, str], surplus: str, language: str) -> Understood | Unclear:
    options: dict[str, str | int] = {}
    problems: dict[str, Text] = {}
    typed: dict[str, str] = {}
    for option in command.options:
        raw = given.get(option.name)
        if raw is None or (option.required and not raw.strip()):
            if option.required:
                problems[option.name] = t("Please give this: {option}.", option=option.description)
            continue
        value = _value_of(option, raw, language)
        if isinstance(value, Text):
            problems[option.name] = value
            typed[option.name] = raw
        else:
            options[option.name] = value
    if surplus:
        problems[SURPLUS] = _surplus_problem(command, surplus)
    return Unclear(command, options, problems, typed) if problems else Understood(command, options)


def _value_of(option: Option, raw: str, language: str) -> str | int | Text:
    """The value of one option, or the sentence that says what is wrong with it."""
    match option.type:
        case "integer":
            return (
                int(raw)
                if _WHOLE.fullmatch(raw)
                else t("“{typed}” is not a whole number.", typed=shortened(raw, SHOWN))
            )
        case "choice":
            return _choice_of(option, raw, language)
        case _:
            return raw


def _choice_of(option: Option, raw: str, language: str) -> str | Text:
    values = [choice.value for choice in option.choices]
    if raw in values:
        return raw
    sought = raw.strip().casefold()
    spellings = {c.value: (c.value.casefold(), render(c.label, language).casefold()) for c in option.choices}
    exact = [value for value, known in spellings.items() if sought in known]
    begun = [value for value, known in spellings.items() if any(name.startswith(sought) for name in known)]
    fitting = exact or begun
    if sought and len(fitting) == 1:
        return fitting[0]
    if sought and len(fitting) > 1:
        return t(
            "“{typed}” could mean {possible}. Write a little more of it.",
            typed=shortened(raw, SHOWN),
            possible=", ".join(fitting),
        )
    return t("“{typed}” is not one of these: {possible}.", typed=shortened(raw, SHOWN), possible=", ".join(values))


def _surplus_problem(command: Command, surplus: str) -> Text:
    name, colon, _ = surplus.partition(":")
    path = " ".join(command.path)
    names = [option.name for option in command.options]
    near = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=NEAR) if colon and " " not in name else None
    if near:
        return t("“{command}” has no option “{name}”. Did you mean “{near}”?", command=path, name=name, near=near[0])
    return t(
        "“{command}” takes no more than that; “{surplus}” is too much.", command=path, surplus=shortened(surplus, SHOWN)
    )


def _suggestions(words: Sequence[str], commands: Sequence[Command]) -> tuple[Command, ...]:
    """The commands nearest to what was typed; those of the group, where a group was named and nothing is near."""
    names = {" ".join(command.path): command for command in commands}
    group = [command for command in commands if len(command.path) == 2 and command.path[0] == words[0]]
    if group and len(words) == 1:
        return tuple(group)
    scores: dict[str, float] = {}
    for typed in (words[0], " ".join(words[:2])):
        for name, score, _ in process.extract(typed, list(names), scorer=fuzz.ratio, score_cutoff=NEAR):
            scores[name] = max(score, scores.get(name, 0))
    if not scores and len(words) == 1:
        scores = {name: fuzz.ratio(words[0], command.path[-1]) for name, command in names.items()}
        scores = {name: score for name, score in scores.items() if score >= NEAR}
    nearest = sorted(scores, key=lambda name: (-scores[name], name))[:SUGGESTIONS]
    return tuple(names[name] for name in nearest) or tuple(group)


def _input(command: Command, option: Option, known: str | int | None, offered: Sequence[Choice] | None) -> Input:
    label: Words = option.description
    value = "" if known is None else str(known)
    choices = tuple(offered) if offered else option.choices
    if choices:
        chosen = (value,) if value in {choice.value for choice in choices} else ()
        completed_by = " ".join(command.path) if offered else ""
        return ChoiceInput(
            option.name, label, choices, required=option.required, value=chosen, completed_by=completed_by
        )
    if option.type == "member":
        return MemberInput(option.name, label, required=option.required, value=mentioned(value))
    return TextInput(option.name, label, required=option.required, value=value)
