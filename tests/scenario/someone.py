"""A person of a scenario's workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from adapters.local.cards import controls
from adapters.local.cast import Person
from adapters.local.forms import OpenedForm
from adapters.local.workspace import Workspace
from bot.chat.refs import MessageRef
from tests.scenario.drawing import drawn

if TYPE_CHECKING:
    from tests.scenario.dsl import Scene


class Someone:
    """A person of the workspace: what they do, and what stands before them."""

    def __init__(self, scene: Scene, person: Person) -> None:
        self._scene = scene
        self.id = person.id
        self.name = person.name

    @property
    def _workspace(self) -> Workspace:
        return self._scene.workspace

    async def says(
        self, channel: str, text: str, thread: MessageRef | None = None, files: Sequence[str] = ()
    ) -> MessageRef:
        """Write in a channel ("#general"), in the thread under a message, or to Starling ("@starling")."""
        under = thread.message if thread else None
        said = await self._workspace.say(self.id, self._scene.channel_id(channel, self), text, under, files)
        await self._scene.acknowledged()
        return said

    async def edits(self, message: MessageRef, text: str) -> None:
        await self._workspace.edit(self.id, message, text)
        await self._scene.acknowledged()

    async def deletes(self, message: MessageRef) -> None:
        await self._workspace.delete(self.id, message)
        await self._scene.acknowledged()

    async def runs(self, line: str, channel: str = "#general") -> None:
        """Type `/starling` and this line."""
        await self._workspace.command(self.id, self._scene.channel_id(channel, self), line)
        await self._scene.acknowledged()

    async def clicks(self, label: str, message: MessageRef | None = None) -> None:
        """Press the button with this label: on `message`, else on the newest message they see that has it."""
        await self._workspace.click(self.id, message or self._scene.newest_with(self, label), label)
        await self._scene.acknowledged()

    async def chooses(self, label: str, value: str, message: MessageRef | None = None) -> None:
        """Pick a choice, as `clicks`."""
        await self._workspace.choose(self.id, message or self._scene.newest_with(self, label), label, value)
        await self._scene.acknowledged()

    async def opens_home(self) -> None:
        await self._workspace.open_home(self.id)
        await self._scene.acknowledged()

    async def clicks_home(self, label: str) -> None:
        """Press a button of their home."""
        card = self._workspace.home(self.id) or {"elements": []}
        control = next(control for control in controls(card) if control["label"] == label)
        await self._workspace.act_at_home(self.id, control["action"])
        await self._scene.acknowledged()

    @property
    def home(self) -> str:
        """What their home shows."""
        return "" if (card := self._workspace.home(self.id)) is None else drawn(card)

    @property
    def form(self) -> OpenedForm:
        """The form that stands open before them."""
        opened = self._workspace.open_form(self.id)
        assert opened is not None, f"no form stands open before {self.name}"
        return opened

    @property
    def has_a_form(self) -> bool:
        return self._workspace.open_form(self.id) is not None

    async def submits(self, **values: str | Sequence[str]) -> None:
        """Send the open form with these values; what is not named stays as it stands there."""
        given = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}
        await self._workspace.submit(self.id, {**self.form.values, **given})
        await self._scene.acknowledged()
