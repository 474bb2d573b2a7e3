"""Help: what one can do here, drawn from the declarations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.base.policy import Actor, Subject, audience_of, may
from bot.base.text import Text, t
from bot.chat.cards import Bullets, Card, Choice, Element, Header, Paragraph, Select
from bot.chat.commands import Command, Option
from bot.feature.declarations import CommandDeclaration
from bot.feature.gather import Gathered
from bot.runtime.actions import RunCommand

NO_SUCH_COMMAND = t("No such command")


def possible(actor: Actor, verb: str) -> bool:
    """Whether there is anything `actor` may do `verb` to. What exactly, the handler decides with its subject."""
    most = Subject(
        actor.workspace,
        owner=actor.member,
        visibility="channel",
        mentors=frozenset({actor.member}),
        reviewers=frozenset({actor.member}),
    )
    return may(actor, verb, most)


def needs_a_role(verb: str) -> bool:
    """Whether only a role gives the right to `verb`, so that the role is looked up at the moment of the act."""
    return audience_of(verb) != "everybody"


def commands_for(gathered: Gathered, actor: Actor | None) -> Sequence[CommandDeclaration]:
    """The commands `actor` may use, sorted by path; for nobody in particular, those everybody may use."""
    declared = sorted(gathered.commands.values(), key=lambda item: item.command.path)
    if actor is None:
        return [item for item in declared if not needs_a_role(item.verb)]
    return [item for item in declared if possible(actor, item.verb)]


def help_card(gathered: Gathered, root: str, actor: Actor | None, *, by_audience: bool = False) -> Card:
    """Every command with its sentence, and a select that runs one of them.

    `by_audience` where commands that need a role have a root of their own (`Command.typed`).
    """
    commands = [item.command for item in commands_for(gathered, actor)]
    return Card(
        t("What you can do with Starling"),
        (
            Paragraph(t("Type a command, or choose it from the list below. In threads, use the buttons.")),
            *_by_first_word(commands, root, by_audience),
            command_select(commands),
        ),
    )


def unknown_card(
    gathered: Gathered,
    root: str,
    actor: Actor | None,
    typed: str,
    near: Iterable[Command],
    *,
    by_audience: bool = False,
) -> Card:
    """For a command that does not exist: those that may have been meant, else all of them."""
    allowed = {item.command.path for item in commands_for(gathered, actor)}
    commands = [command for command in near if command.path in allowed]
    if not commands:
        whole = help_card(gathered, root, actor, by_audience=by_audience)
        none = t("There is no command “{typed}”. Here is what you can do.", typed=_short(typed))
        return Card(NO_SUCH_COMMAND, (Paragraph(none), *whole.elements))
    elements: tuple[Element, ...] = (
        Paragraph(t("There is no command “{typed}”. Did you mean one of these?", typed=_short(typed))),
        Bullets(tuple(_line(command, root, by_audience) for command in commands)),
        command_select(commands),
    )
    return Card(NO_SUCH_COMMAND, elements)


def command_card(command: Command, root: str, *, by_audience: bool = False) -> Card:
    """One command with its options."""
    elements: tuple[Element, ...] = (Paragraph(command.description),)
    if command.options:
        elements += (Header(t("Options")), Bullets(tuple(_option(option) for option in command.options)))
    return Card(command.typed(root, by_audience=by_audience), (*elements, command_select([command])))


def command_select(commands: Sequence[Command]) -> Select:
    """A select that stands for these commands: the way in without typing."""
    choices = tuple(Choice(" ".join(command.path), command.description) for command in commands)
    return Select(t("Choose what to do"), RunCommand(), choices)


def _by_first_word(commands: Sequence[Command], root: str, by_audience: bool) -> Iterable[Element]:
    """The commands under the words they share; first those that share none. Several dozen in a row nobody reads."""
    groups: dict[str, list[Command]] = {}
    for command in commands:
        groups.setdefault(command.path[0], []).append(command)
    alone = [command for group in groups.values() if len(group) == 1 for command in group]
    if alone:
        yield Bullets(tuple(_line(command, root, by_audience) for command in alone))
    for group in groups.values():
        if len(group) > 1:
            yield Header(group[0].typed(root, by_audience=by_audience).rpartition(" ")[0])
            yield Bullets(tuple(_line(command, root, by_audience) for command in group))


def _line(command: Command, root: str, by_audience: bool) -> Text:
    typed = command.typed(root, by_audience=by_audience)
    return t("{command}: {description}", command=typed, description=command.description)


def _option(option: Option) -> Text:
    if option.required:
        return t("{option}: {description}", option=option.name, description=option.description)
    return t("{option} (if you like): {description}", option=option.name, description=option.description)


def _short(typed: str) -> str:
    return typed if len(typed) <= 40 else f"{typed[:40]}…"
