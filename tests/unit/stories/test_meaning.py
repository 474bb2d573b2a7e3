from __future__ import annotations

import json
import socket
import sys
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file
from typer.testing import CliRunner

from bot.base.errors import ConfigurationError
from bot.cli.app import app
from bot.cli.measuring_stories import found_stories
from bot.stories import static_model
from bot.stories.meaning import (
    LEAST_GUESS,
    MARK,
    MOST_GUESSES,
    Meaning,
    guesses,
    is_by,
    meant,
    mixed,
    nearness,
)
from bot.stories.static_model import SETTING, StaticModel, examine_story_model, story_model

if TYPE_CHECKING:
    from bot.stories.meaning import Vectors

GOLD = Path(__file__).parents[2] / "gold"
QUARREL = {"title": "The lead", "action": "Their lead and I had stopped greeting each other. I asked him to lunch."}
BUG = {"title": "Compaction", "action": "Two jobs held the same lock. I compared the logs hour by hour."}


@lru_cache
def model() -> StaticModel:
    """The one that the extra brings; loaded once."""
    found = story_model({})
    assert found is not None
    return found


def files() -> tuple[Path, Path]:
    spec = find_spec(static_model.PACKAGE)
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    return next(folder.rglob("*.safetensors")), next(folder.rglob("*tokenizer*.json"))


class OtherModel:
    """Sees nothing in any text but its length."""

    @property
    def mark(self) -> bytes:
        return b"another!"

    def vectors(self, texts: Sequence[str]) -> Vectors:
        return np.array([[1.0, len(text)] for text in texts], dtype=np.float32)


def kept() -> dict[str, bytes]:
    return {"quarrel": meant(model(), QUARREL), "bug": meant(model(), BUG)}


@pytest.mark.parametrize(
    ("query", "best"), [("talking it out over a meal", "quarrel"), ("debugging concurrent threads", "bug")]
)
def test_a_story_is_near_to_other_words_for_the_same(query: str, best: str) -> None:
    near = nearness(model(), query, kept())
    assert max(near, key=near.__getitem__) == best
    assert all(-1 <= value <= 1 for value in near.values())


def test_the_same_story_is_always_kept_as_the_same_bytes() -> None:
    assert kept() == kept()
    assert is_by(model(), kept()["bug"])
    assert (len(kept()["bug"]) - MARK) % 3 == 0, "a row for the whole and one for each of two parts"


def test_words_count_the_same_whether_read_alone_or_with_others() -> None:
    alone, together = model().vectors([BUG["action"]]), model().vectors([QUARREL["action"], BUG["action"], ""])
    assert np.array_equal(alone[0], together[1])
    assert np.linalg.norm(alone[0]) == pytest.approx(1, abs=1e-5)
    assert not together[2].any()


def test_what_another_model_wrote_is_not_read() -> None:
    other: Meaning = OtherModel()
    written = meant(other, BUG)
    assert is_by(other, written)
    assert nearness(model(), "a lock", {"bug": written, "quarrel": b""}) == {}
    assert meant(model(), {"title": " "}) == b""


@pytest.mark.parametrize("query", ["", "🙂", "재고", '" OR *', "x" * 5000])
def test_any_query_can_be_asked(query: str) -> None:
    assert set(nearness(model(), query, kept())) <= {"quarrel", "bug"}


NAMES = st.sampled_from("abcdefgh")
NEAR = st.dictionaries(NAMES, st.floats(-1, 1, width=16))
RANKED = st.dictionaries(NAMES, st.floats(1, 40, width=16)).map(
    lambda scores: sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
)


@settings(max_examples=60, deadline=None)
@given(ranked=RANKED, near=NEAR)
def test_mixing_has_one_order_whatever_order_it_is_given(
    ranked: list[tuple[str, float]], near: dict[str, float]
) -> None:
    found = mixed(ranked, near)
    assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
    assert {name for name, _ in found} <= {name for name, _ in ranked} | near.keys()
    assert [name for name, _ in found] == [name for name, _ in mixed(ranked, dict(reversed(near.items())))]
    if not near or not ranked:
        assert found == ranked


def test_of_two_that_fit_as_well_the_nearer_comes_first_and_a_clearly_better_one_stays() -> None:
    near = {"a": 0.1, "b": 0.6, "c": 0.2}
    assert [name for name, _ in mixed([("a", 10.0), ("b", 9.5)], near)] == ["b", "a"]
    assert [name for name, _ in mixed([("a", 10.0), ("b", 4.0)], near)] == ["a", "b"]
    assert mixed([("a", 10.0)], {"a": 0.9}) == [("a", 10.0)]


def test_where_no_term_fits_a_few_that_are_near_are_guessed_at() -> None:
    near = {name: LEAST_GUESS + place / 10 for place, name in enumerate("abcde")} | {"z": LEAST_GUESS - 0.01}
    assert [name for name, _ in guesses(near)] == ["e", "d", "c"][:MOST_GUESSES]


def test_a_model_is_loaded_without_a_socket_and_without_the_packages_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    fresh = StaticModel(*files())
    assert fresh.mark == model().mark
    assert np.array_equal(fresh.vectors(["a lock"]), model().vectors(["a lock"]))
    assert static_model.PACKAGE not in sys.modules


def test_a_folder_of_ones_own_can_hold_the_model(tmp_path: Path) -> None:
    weights, tokenizer = files()
    (tmp_path / "model.safetensors").symlink_to(weights)
    (tmp_path / "tokenizer.json").symlink_to(tokenizer)
    (tmp_path / "tokenizer_config.json").write_text("{}")
    found = story_model({SETTING: str(tmp_path)})
    assert found is not None
    assert np.array_equal(found.vectors(["a lock"]), model().vectors(["a lock"]))


def test_it_is_off_when_switched_off_or_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert story_model({SETTING: "off"}) is None
    assert "no model of meaning" in examine_story_model({SETTING: "off"}).sentence
    monkeypatch.setattr(static_model, "PACKAGE", "not_installed_anywhere")
    assert story_model({}) is None
    monkeypatch.setattr(static_model, "LIBRARIES", ("not_installed_anywhere",))
    with pytest.raises(ConfigurationError, match=r"pip install -e '\.\[meaning\]'"):
        story_model({SETTING: "models"})


def test_a_folder_without_a_model_is_named_at_the_start_and_by_the_doctor(tmp_path: Path) -> None:
    nowhere = {SETTING: str(tmp_path / "nowhere")}
    with pytest.raises(ConfigurationError, match=r"must hold one file \*\.safetensors and one tokenizer\.json"):
        story_model(nowhere)
    finding = examine_story_model(nowhere)
    assert not finding.ok
    assert "nowhere" in finding.sentence
    assert SETTING in finding.step


def test_files_that_are_no_such_model_are_named(tmp_path: Path) -> None:
    weights, tokenizer = tmp_path / "model.safetensors", tmp_path / "tokenizer.json"
    weights.write_bytes(b"nothing of the sort")
    tokenizer.write_text("{}")
    with pytest.raises(ConfigurationError, match=r"model\.safetensors cannot be read"):
        StaticModel(weights, tokenizer).load()
    save_file({"embeddings": np.ones((2, 4), dtype=np.float32)}, weights)
    with pytest.raises(ConfigurationError, match=r"tokenizer\.json cannot be read"):
        StaticModel(weights, tokenizer).load()
    with pytest.raises(ConfigurationError, match="one vector for each token"):
        StaticModel(weights, files()[1]).load()


def test_with_the_model_new_stories_are_found_as_well_as_they_were_and_what_is_remembered_is_first() -> None:
    _, measured = found_stories(GOLD / "stories_four.jsonl", GOLD / "story_queries_four.jsonl", model())
    assert measured.values["mrr"] >= 0.66
    assert measured.values["mrr theme"] >= 0.46
    assert list(measured.baselines) == ["FTS5", "terms"]
    for remembered in ("words", "typo", "scrap"):
        assert measured.values[f"mrr {remembered}"] == 1


def test_the_model_can_be_left_out_of_measuring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(static_model, "story_model", lambda _: pytest.fail("it was asked for"))
    queries = tmp_path / "queries.jsonl"
    queries.write_text(json.dumps({"id": "q", "query": "a quarrel", "relevant": ["x"]}), encoding="utf-8")
    line = ["eval", "stories", str(GOLD / "stories_four.jsonl"), str(queries), "--json", "--without-meaning"]
    assert list(json.loads(CliRunner().invoke(app, line).stdout)["baselines"]) == ["FTS5"]
