"""The kind of story is found by full questions, scraps, slips, pictures, principles and Korean; any text returns."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.find import ArchetypeIndex
from content.find.cues import CueHit, weigh
from content.find.learned_archetypes import LearnedArchetypes
from content.find.reading import Reader
from content.loader import load_content
from content.lookup_weights import LookupWeights
from content.rules import load_rules
from content.theme_weights import Weighing
from tests.effort import processor_seconds

GOLD = Path(__file__).parents[2] / "gold"
FLOORS = {"lookup_tuning.jsonl": 0.93, "lookup_heldout.jsonl": 0.85, "lookup_stranger.jsonl": 0.85}
INDEX = ArchetypeIndex(load_content(), load_rules().lexicon)
MOST_SECONDS = 0.005
FOUND = {
    "Tell me about a bug that took you days to track down.": 1,
    "0 to 1": 2,
    "Walk me through the postmortem of an outage you caused.": 3,
    "disagre and comit": 4,
    "Who did you take under your wing?": 5,
    "explain tech to execs": 6,
    "do more with less": 7,
    "What would you do differently?": 8,
    "고객의 입장에서 생각해 본 경험": 9,
    "If you were hit by a bus tomorrow, who would run it?": 10,
}


def best(query: str) -> int:
    found = INDEX.rank(query)
    return found[0].number if found else 0


@pytest.mark.parametrize(("query", "number"), FOUND.items())
def test_the_best_archetype_comes_first(query: str, number: int) -> None:
    assert best(query) == number


@pytest.mark.parametrize("name", FLOORS)
def test_accuracy_does_not_fall_below_its_floor(name: str) -> None:
    items = [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]
    right = sum(best(item["query"]) == item["relevant"][0] for item in items)
    assert right / len(items) >= FLOORS[name]


def test_numbers_are_those_of_the_archetypes_in_their_order() -> None:
    order = list(load_content().archetypes)
    found = INDEX.rank("production incident")
    assert all(order[match.number - 1] == match.archetype.id for match in found)


def test_why_quotes_the_words_of_the_query() -> None:
    first = INDEX.rank("A quarrel with my manager over the design")[0]
    assert first.number == 4
    assert any("quarrel" in said for said in first.said)


def test_capitals_stops_and_blanks_change_nothing() -> None:
    plain = INDEX.rank("tell me about a conflict with your boss")
    assert INDEX.rank("  Tell me about a CONFLICT,   with your boss?! ") == plain


def test_how_a_question_opens_says_nothing() -> None:
    assert best("Could you please tell me about technical debt?") == best("technical debt") == 8


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_returns_archetypes_at_most_once(text: str) -> None:
    numbers = [match.number for match in INDEX.rank(text)]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= set(range(1, 11))


@pytest.mark.parametrize(
    "text",
    ["", " ", "a", "?", "🙂🙃", "'; DROP TABLE answers; --", "\x00\ud800", "ㄱㄴㄷ", "가", "a" * 10_000,
     "conflict " * 1_200, "xqzjw kvyyt " * 900, "tell me about " * 800, "가" * 10_000],
    ids=range(14),
)  # fmt: skip
def test_odd_texts_return_within_their_time(text: str) -> None:
    assert processor_seconds(lambda: INDEX.rank(text)) < 0.25


def test_a_query_takes_less_than_five_milliseconds() -> None:
    items = (GOLD / "lookup_heldout.jsonl").read_text(encoding="utf-8").splitlines()[:100]
    taken = []
    for line in items:
        query = json.loads(line)["query"]
        taken.append(processor_seconds(partial(INDEX.rank, query)))
    assert median(taken) < MOST_SECONDS


def test_a_slip_is_read_as_the_word_meant_and_a_known_word_as_itself() -> None:
    reader = Reader(load_rules().lexicon.stems, ["stripes", "weather"], ["conflict", "disagree"])
    assert reader.read("conlfict in the weahter: stripes").meant == ("conflict", "in", "the", "weather", "stripes")
    assert reader.read("x1y2z conf").meant == ("x1y2z", "conf")


def test_a_plain_word_is_not_taken_for_a_slip_of_a_word_that_cues_know() -> None:
    words = ("intended", "malfunction", "apprentice", "relations", "terrain", "pillar")
    assert INDEX.reading_of(" ".join(words)).meant == words


def learned(said: str, features: dict[str, str]) -> dict[str, float]:
    weights = LookupWeights(("a", "b"), frozenset(), Weighing(features, (0.0, 0.0)))
    lexicon = load_rules().lexicon
    return LearnedArchetypes(weights, lexicon.stop_words).weigh(Reader(lexicon.stems, said.split()).read(said))


def test_neighbouring_words_speak_beside_the_words_themselves() -> None:
    words = {"grow": "100 0:100", "person": "100 0:100"}
    assert learned("grow person", words)["b"] == 0
    assert learned("grow person", words | {"grow_person": "100 1:900"})["b"] > 0


def test_parts_of_korean_words_speak_whatever_is_attached_to_them() -> None:
    assert learned("후배를 가르친", {"후배": "100 1:100"})["b"] > 0


def test_a_scrap_counts_less_than_a_whole_question() -> None:
    grows = {"grow": "100 0:100"}
    scrap, question = learned("grow", grows)["a"], learned("how do you make the people around you grow", grows)["a"]
    assert 0 < scrap < question


def test_small_words_alone_and_unknown_words_say_nothing() -> None:
    assert learned("who are you", {"who": "100 0:100", "who_are": "100 0:100"}) == {}
    assert learned("wombats", {"grow": "100 0:100"}) == {}


def test_korean_is_read_apart_from_what_is_attached_to_it() -> None:
    reader = Reader(load_rules().lexicon.stems, ["pm"])
    assert reader.read("PM이랑 일정").words == ("pm", "이랑", "일정")
    assert reader.read("pm deadline").korean == ""


def test_words_that_counted_once_count_little_again() -> None:
    once = CueHit("a", 4.0, frozenset({1}), "boss")
    again = CueHit("a", 2.0, frozenset({1}), "boss")
    other = CueHit("b", 2.0, frozenset({1}), "boss")
    assert weigh([once, again, other])["a"] < weigh([once])["a"] + weigh([again])["a"]
    assert weigh([once, again, other])["b"] == 2.0
