"""The commands the bot registered, as the workspace offers them to people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from bot.base.text import render
from bot.chat.commands import Command


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


class Registration(BaseModel):
    """The root command and what stands under it, by language."""

    root: str = "starling"
    commands: dict[str, list[OfferedCommand]] = {}

    def for_language(self, language: str) -> Sequence[OfferedCommand]:
        """The commands in this language, else in English."""
        return self.commands.get(language, self.commands.get("en", []))


def registration_of(root: str, commands: Sequence[Command], languages: Iterable[str]) -> Registration:
    """The declared commands in each of these languages."""
    return Registration(
        root=root,
        commands={language: [_offered(command, language) for command in commands] for language in languages},
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
