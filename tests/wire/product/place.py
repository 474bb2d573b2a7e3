"""What a chat platform at the wire has to offer so that the product's scenarios can be played on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any, Protocol

from bot.chat.refs import AccountRef, ConversationRef, MessageRef
from tests.contract.harness import OpenedForm
from tests.wire.product.product import Product

Copies = Callable[[], int]
"""How often the platform delivers the next event."""


def once() -> int:
    """As platforms do while nothing goes wrong."""
    return 1


@dataclass(frozen=True, slots=True)
class Seen:
    """A message before a person's eyes, with the stand-in's own record of it."""

    text: str
    labels: tuple[str, ...]
    """Of its buttons and selects."""
    ours: bool
    private: bool
    """Nobody else sees it."""
    record: Any


class Place(Protocol):
    """One platform with the product connected to it. An act returns once its event was acknowledged."""

    product: Product
    reads_replies: bool
    copies: Copies
    """How often an interaction is delivered; all copies come at once."""

    @property
    def channel(self) -> ConversationRef: ...

    async def person(self, name: str) -> AccountRef: ...

    async def admin(self, name: str) -> AccountRef:
        """A person of that name who may manage the installation."""
        ...

    async def say(
        self, person: AccountRef, conversation: ConversationRef, text: str, files: tuple[str, ...] = ()
    ) -> MessageRef: ...

    async def mention(self, person: AccountRef, conversation: ConversationRef, text: str) -> MessageRef:
        """This person writes, with a mention of Starling first."""
        ...

    async def edit(self, person: AccountRef, message: MessageRef, text: str) -> None: ...

    async def delete(self, person: AccountRef, message: MessageRef) -> None: ...

    async def run(self, person: AccountRef, line: str) -> OpenedForm | None:
        """This person types the root command and this line in the channel; the form that opened, if one did."""
        ...

    async def press(self, person: AccountRef, seen: Seen, label: str, value: str | None = None) -> OpenedForm | None:
        """This person presses a button of a message they see, or chooses in a select; the form that opened, if any."""
        ...

    async def submit(
        self, person: AccountRef, form: OpenedForm, values: Mapping[str, tuple[str, ...]]
    ) -> OpenedForm | None: ...

    def seen_by(self, person: AccountRef) -> Sequence[Seen]:
        """All that this person can see anywhere, the oldest first."""
        ...

    def reference(self, seen: Seen) -> MessageRef:
        """How a message of the channel is referred to."""
        ...

    async def at_rest(self) -> None:
        """Wait until whatever happened was delivered and acknowledged."""
        ...

    async def move(self, by: timedelta) -> None:
        """Let time pass, here and for the product."""
        ...

    async def restart(self) -> None:
        """The process of the product is gone, and another one starts."""
        ...

    def hold(self) -> None:
        """Deliver nothing of what people write from now on."""
        ...

    async def release(self, random: Random, between: Callable[[], Any]) -> int:
        """Deliver what was held, each 1 to 4 times in any order and some at once; `between` is called now and then.

        Returns how many different deliveries there were.
        """
        ...
