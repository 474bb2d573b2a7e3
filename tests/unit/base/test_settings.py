"""Settings and their layers."""

from __future__ import annotations

from typing import Any

import pytest

from bot.base.errors import UserFacingError
from bot.base.settings import LAYERS, Layer, Setting, resolve
from bot.base.text import render, t

QUIET = Setting("answers.quiet_seconds", int, 180, ("programme", "channel", "workspace"), t("quiet time"))


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ({}, 180),
        ({"workspace": 60}, 60),
        ({"workspace": 60, "channel": 30}, 30),
        ({"workspace": 60, "channel": 30, "programme": 5}, 5),
        ({"workspace": 60, "programme": 0}, 0),
        ({"member": 1}, 180),
    ],
)
def test_the_nearest_layer_that_may_set_it_wins(stored: dict[Layer, Any], value: int) -> None:
    assert resolve(QUIET, stored) == value


def test_the_order_in_which_layers_are_stored_does_not_matter() -> None:
    everything = Setting("a.b", str, "default", LAYERS, t("anything"))
    stored: dict[Layer, Any] = {layer: layer for layer in reversed(LAYERS)}
    for layer in LAYERS:
        assert resolve(everything, stored) == layer
        del stored[layer]
    assert resolve(everything, stored) == "default"


def test_a_value_is_read_as_its_type() -> None:
    assert QUIET.read("90") == 90


@pytest.mark.parametrize("value", ["soon", None, 1.5, [1]])
def test_a_value_that_cannot_be_is_refused_in_a_sentence(value: object) -> None:
    with pytest.raises(UserFacingError) as raised:
        QUIET.read(value)
    assert render(raised.value.text) == f"{value} is not a possible value of the setting quiet time."
