"""The catalogue misses nothing: building it calls every function of the rooms that draws a card or a form."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from tests.gallery import members_samples
from tests.gallery.samples import ROOMS, built

ROOT = Path(__file__).parents[3]
DRAWN = re.compile(r"\b(Card|Form|Element)\b")
RESHAPES = frozenset(
    {
        "bot.runtime.drafts.show",
        "bot.runtime.drafts.shown",
        "bot.runtime.drafts.whole",
        "bot.runtime.drawing.charts_told",
        "bot.runtime.formdata.filled",
        "bot.runtime.formdata.form_from_data",
        "bot.runtime.home.fitted_home",
        "bot.runtime.presenting.present",
        "bot.runtime.presenting.with_places",
    }
)
"""What takes a card or form that somebody else drew."""


def drawing_functions() -> Iterator[tuple[str, CodeType]]:
    """Every public function of the rooms that gives a card, a form or elements, without asking the database."""
    for room in ROOMS:
        for file in sorted((ROOT / "bot" / room).glob("*.py")):
            name = f"bot.{room}.{file.stem}"
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and _draws(node):
                    function = getattr(importlib.import_module(name), node.name)
                    yield f"{name}.{node.name}", inspect.unwrap(function).__code__


def _draws(node: ast.FunctionDef) -> bool:
    public = not node.name.startswith("_")
    return public and node.returns is not None and DRAWN.search(ast.unparse(node.returns)) is not None


def called_by_the_catalogue() -> set[CodeType]:
    """The code of every function that runs while the catalogue is built."""
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            called.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        built()
    finally:
        sys.setprofile(before)
    return called


def missing() -> set[str]:
    called = called_by_the_catalogue()
    return {name for name, code in drawing_functions() if code not in called and name not in RESHAPES}


def test_every_card_and_form_of_every_room_is_in_the_catalogue() -> None:
    assert missing() == set()


def test_a_card_that_is_left_out_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members_samples, "samples", lambda content: iter(()))
    assert {"bot.members.cards.appointed", "bot.members.cards.preferences_form"} <= missing()


def test_what_only_reshapes_cards_still_exists() -> None:
    assert {name for name, _ in drawing_functions()} >= RESHAPES


def test_the_rooms_of_the_catalogue_are_all_that_declare_something() -> None:
    assert set(ROOMS) == {file.parent.name for file in (ROOT / "bot").glob("*/declare.py")}
