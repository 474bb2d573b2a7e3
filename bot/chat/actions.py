"""The payload of a button, a select or a form: typed, versioned, at most 100 characters, valid after a restart.

A payload is packed as `name~version~field~field…` in the order of the class's fields. Whatever would not
fit is refused when the card is built, never truncated: larger state belongs in the database behind an id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self
from urllib.parse import quote, unquote

from pydantic import BaseModel, ConfigDict

LONGEST = 100
"""Discord's limit for a `custom_id`, the smallest of all platforms."""


class UnknownAction(ValueError):
    """The payload names no declared action, or is not one of ours."""


class OutdatedAction(ValueError):
    """The payload was made by an older version of its action; the card has to be drawn again."""


class Action(BaseModel):
    """Base of all payloads. A subclass sets `name` (unique) and, after a change of its fields, a new `version`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    version: ClassVar[int] = 1

    def model_post_init(self, context: Any, /) -> None:
        """Refuse a payload that would not fit, here where it is made: `ValueError`."""
        self.encode()

    def encode(self) -> str:
        """The packed payload; `ValueError` where it is longer than 100 characters."""
        fields = [_pack(value) for value in self.model_dump(mode="json").values()]
        packed = "~".join([self.name, str(self.version), *fields])
        if len(packed) > LONGEST:
            raise ValueError(
                f"the payload of {self.name} has {len(packed)} characters, at most {LONGEST} fit: {packed}"
            )
        return packed

    @classmethod
    def decode(cls, packed: str) -> Self:
        """Read a payload of this class; `UnknownAction` or `OutdatedAction` where it is not one."""
        name, version, *fields = packed.split("~") if packed.count("~") else (packed, "")
        if name != cls.name:
            raise UnknownAction(packed)
        if version != str(cls.version) or len(fields) != len(cls.model_fields):
            raise OutdatedAction(packed)
        values = {key: _unpack(raw) for key, raw in zip(cls.model_fields, fields, strict=True)}
        try:
            return cls.model_validate(values)
        except ValueError as problem:
            raise OutdatedAction(packed) from problem


def _pack(value: Any) -> str:
    if value is None:
        return "-"
    if not isinstance(value, str | int | float):
        raise ValueError(f"a payload holds plain values only, not {value!r}")
    text = quote(str(value), safe=" /.,:;!@+=").replace("~", "%7E")
    return "%2D" if text == "-" else text


def _unpack(raw: str) -> str | None:
    return None if raw == "-" else unquote(raw)


def read_action(packed: str, known: Mapping[str, type[Action]]) -> Action:
    """Decode `packed` by the declared actions, a map from name to class; errors as `Action.decode`."""
    kind = known.get(packed.split("~", 1)[0])
    if kind is None:
        raise UnknownAction(packed)
    return kind.decode(packed)
