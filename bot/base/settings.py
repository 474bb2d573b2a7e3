"""Typed settings that resolve through layers: member, programme, channel, workspace, default.

A room defines its settings as constants of type `Setting`; their stored values and the log of changes are
kept by `bot.members.settings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.base.errors import UserFacingError
from bot.base.text import Text, t

Layer = Literal["member", "programme", "channel", "workspace"]
LAYERS: tuple[Layer, ...] = ("member", "programme", "channel", "workspace")
"""From the nearest, which wins, to the widest."""

T = TypeVar("T")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting: its key (`room.name`), its type, its default, and the layers it may be set in."""

    key: str
    type: type[T]
    default: T
    layers: tuple[Layer, ...]
    label: Text

    def read(self, value: Any) -> T:
        """`value` as this setting's type; `UserFacingError` where it cannot be."""
        try:
            return self._reader.validate_python(value)
        except ValidationError as problem:
            raise UserFacingError(
                t("{value} is not a possible value of the setting {setting}.", value=str(value), setting=self.label)
            ) from problem

    @cached_property
    def _reader(self) -> TypeAdapter[T]:
        """Made once: that takes longer than to read all settings."""
        return TypeAdapter(self.type)


def resolve(setting: Setting[T], stored: Mapping[Layer, Any]) -> T:
    """The value of the nearest layer that has one, else the default."""
    for layer in LAYERS:
        if layer in setting.layers and layer in stored:
            return setting.read(stored[layer])
    return setting.default
