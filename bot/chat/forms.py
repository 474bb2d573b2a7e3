"""Forms as plain data: what a modal, or a page of one, asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.chat.actions import Action
from bot.chat.cards import Choice, Words


@dataclass(frozen=True, slots=True)
class TextInput:
    """Free text of at most `longest` characters; `value` is what stands there when the form opens."""

    name: str
    label: Words
    hint: Words = ""
    multiline: bool = False
    required: bool = True
    longest: int = 3000
    value: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceInput:
    """One choice of several, or any number where `several`.

    With `completed_by`, the path of a command whose option has this input's name, a platform that can asks for choices
    as one types; `choices` are those for the beginning, and any other value is taken as well.
    """

    name: str
    label: Words
    choices: tuple[Choice, ...]
    hint: Words = ""
    required: bool = True
    several: bool = False
    value: tuple[str, ...] = ()
    completed_by: str = ""


@dataclass(frozen=True, slots=True)
class RatingInput:
    """A whole number from `lowest` to `highest`, each with an anchor that says what it means."""

    name: str
    label: Words
    anchors: tuple[Words, ...]
    hint: Words = ""
    required: bool = True
    lowest: int = 1
    value: int | None = None

    @property
    def highest(self) -> int:
        """The largest rating, one for each anchor."""
        return self.lowest + len(self.anchors) - 1


@dataclass(frozen=True, slots=True)
class MemberInput:
    """A person of the installation; the value is the platform's user id."""

    name: str
    label: Words
    hint: Words = ""
    required: bool = True
    value: str = ""


Input = TextInput | ChoiceInput | RatingInput | MemberInput


@dataclass(frozen=True, slots=True)
class Form:
    """A form; `action` comes back with the values when it is submitted."""

    action: Action
    title: Words
    inputs: tuple[Input, ...]
    submit: Words
    intro: Words = field(default="")
