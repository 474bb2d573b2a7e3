"""The commands the bot registered, as the workspace offers them to people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from bot.base.text import render
from bot.chat.commands import Command, MessageAction


class OfferedChoice(BaseModel):
    """One choice of an option, or of a completion."""

    value: str
    label: str


class OfferedOption(BaseModel):
    """One typed option of a command."""

    name: str
    description: str
    type: str
    required: bool
    choices: list[OfferedChoice]
    completes: bool


class OfferedCommand(BaseModel):
    """A command in one language."""

    path: list[str]
    description: str
    options: list[OfferedOption]


class OfferedOnMessages(BaseModel):
    """An action on people's messages in one language; `own` where on one's own only."""

    label: str
    action: str
    own: bool


class Registration(BaseModel):
    """The root command, what stands under it, and what is offered on messages, by language."""

    root: str = "starling"
    commands: dict[str, list[OfferedCommand]] = {}
    on_messages: dict[str, list[OfferedOnMessages]] = {}

    def for_language(self, language: str) -> Sequence[OfferedCommand]:
        """The commands in this language, else in English."""
        return self.commands.get(language, self.commands.get("en", []))

    def offered_on(self, *, own: bool, language: str) -> Sequence[OfferedOnMessages]:
        """What is offered on a message, one's `own` or another's."""
        offered = self.on_messages.get(language, self.on_messages.get("en", []))
        return [each for each in offered if own or not each.own]


def registration_of(
    root: str, commands: Sequence[Command], on_messages: Sequence[MessageAction], languages: Iterable[str]
) -> Registration:
    """What is declared, in each of these languages."""
    spoken = list(languages)
    return Registration(
        root=root,
        commands={language: [_offered(command, language) for command in commands] for language in spoken},
        on_messages={
            language: [
                OfferedOnMessages(label=render(each.label, language), action=each.action, own=each.own)
                for each in on_messages
            ]
            for language in spoken
        },
    )


def _offered(command: Command, language: str) -> OfferedCommand:
    options = [
        OfferedOption(
            name=option.name,
            description=render(option.description, language),
            type=option.type,
            required=option.required,
            choices=[OfferedChoice(value=each.value, label=render(each.label, language)) for each in option.choices],
            completes=option.completes,
        )
        for option in command.options
    ]
    return OfferedCommand(path=list(command.path), description=render(command.description, language), options=options)
