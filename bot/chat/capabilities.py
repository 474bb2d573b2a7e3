"""What a conversation can do and how much fits, as data. Only `bot.chat.fit` draws conclusions from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest that fits, in characters or items.

    Marks that an adapter adds around a text (a list's bullets, a quotation's bars) are counted by `fit`; the title
    counts to `message`, not to `elements` or `parts`. `fields` is 0 where there are no columns.
    """

    text: int
    """Characters of one text element."""
    message: int
    """Characters of all texts of one message together."""
    elements: int
    """Elements of one card."""
    title: int
    buttons_in_row: int
    button_label: int
    choices: int
    """Options of one select."""
    choice_label: int
    fields: int
    form_inputs: int
    """Inputs of one form; a longer form is split into steps."""
    form_title: int
    input_label: int
    input_text: int
    """Characters a person can enter in one text input."""
    input_hint: int = 2000
    form_submit: int = 80
    """Characters on the button that submits a form."""
    choice_value: int = 100
    """Characters of a choice's value. It is never shortened: a longer one is a fault of whoever built the choice."""
    file_size: int = 0
    """Bytes of one file that a person is handed."""
    parts: int | None = None
    """Elements and the controls inside them together; None where controls do not count."""
    measure: Callable[[str], int] = len
    """How long a text is once the platform's escapes are in it: a sum over its characters, at least 1 for each."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a conversation can do: platform, profile and granted permissions together."""

    limits: Limits
    reads_replies: bool
    """Messages people write in this conversation reach us."""
    ephemeral: bool
    """A message can be shown to one person in a channel."""
    threads: bool
    edits: bool
    deletes: bool
    reactions: bool
    form_errors: bool
    """A form can show what is wrong beside its inputs instead of closing."""
    completion: bool
    """Options are completed as one types."""
    home: bool
    """There is a private page of Starling's own for each person."""
    member_left: bool
    """The platform tells us when somebody leaves."""
    finds_own_posts: bool
    """A post of ours can be found again by its key, and not finding it proves it was never accepted."""
    images: bool
    files: bool = False
    """One person can be handed a file (`bot.chat.cards.Document`)."""
    files_apart: bool = False
    """A file is a message of its own in the direct conversation, wherever else the card goes."""
    menu_on_people: bool = False
    """Commands about a person (`bot.chat.commands.Command.on_people`) stand in the menu on that person."""
    home_limits: Limits | None = None
    """What fits on a person's home, where that is more than in a message."""
    roots_by_audience: bool = False
    """Commands that need a role stand under roots of their own (`bot.chat.commands.root_for`)."""
    rating_as_choices: bool = True
    """A rating is asked as a row of choices; elsewhere as a select."""

    @property
    def at_home(self) -> Capabilities:
        """What a person's home can hold: no files, and its own limits."""
        return replace(self, limits=self.home_limits or self.limits, files=False)
