"""Payloads with a place of them changed or removed, as nobody should send them."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
JUNK = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
STRANGE = st.sampled_from(
    ["", "\u0000", "é" * 300, "x" * 5000, "\ud800", "1e999", "-1", 10**30, [[]], {"a": {}}, ["T0"]]
)


def places(payload: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a payload, as a path of keys and indices."""
    keys = payload if isinstance(payload, dict) else range(len(payload)) if isinstance(payload, list) else ()
    return [place for key in keys for place in ((*at, key), *places(payload[key], (*at, key)))]


def mutated(payload: dict[str, Any], number: int, junk: Any, remove: bool) -> dict[str, Any]:
    """The payload with one place of it changed or removed."""
    changed = copy.deepcopy(payload)
    found = places(changed)
    if not found:
        return changed
    *way, last = found[number % len(found)]
    inside: Any = changed
    for key in way:
        inside = inside[key]
    if remove:
        del inside[last]
    else:
        inside[last] = junk
    return changed


@st.composite
def mutations(draw: st.DrawFn, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload as it is, or with up to three of its places changed or removed."""
    for _ in range(draw(st.integers(0, 3))):
        payload = mutated(payload, draw(st.integers(0, 500)), draw(JUNK | STRANGE), draw(st.booleans()))
    return payload
