"""Frozen dataclasses to JSON and back, by their type hints; deterministic to the byte."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.base.text import Text

T = TypeVar("T")


def encode(value: Any) -> bytes:
    """JSON in UTF-8 with sorted keys and no blanks."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def decode(kind: type[T], data: bytes | str) -> T:
    """The value of type `kind` that `encode` wrote. Raises `ValueError` where the data do not fit."""
    try:
        value = _typed(kind, json.loads(data))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error
    if not isinstance(value, kind):
        raise ValueError(f"not a {kind.__name__}")
    return value


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return _typed(next(a for a in get_args(kind) if a is not types.NoneType), value)
    if origin is tuple:
        return tuple(_typed(get_args(kind)[0], v) for v in value)
    if kind is Text:
        values = {k: _typed(Text, v) if isinstance(v, dict) else v for k, v in value["values"].items()}
        return Text(value["source"], values, value["plural"], value["count"])
    if isinstance(kind, type) and is_dataclass(kind):
        # What came to a type later has a default there, which stands for it in what was written before.
        given = {f.name for f in fields(kind) if f.name in value or f.default is MISSING}
        return kind(**{name: _typed(hint, value[name]) for name, hint in _hints(kind).items() if name in given})
    if kind is float:
        return float(value)
    return value
