"""Minimal pairs from the labelling guide: a word or a clause turns a finding on or off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.scoring import FLAGS, Answer, Asking, Rules, score
from bot.scoring.annotate import read
from bot.scoring.doc import Sentence

FILE = Path(__file__).parents[2] / "data" / "minimal_pairs.yaml"
PLAIN = ("I", "moved", "the", "index", "to", "a", "new", "host", "because", "the", "old", "one", "was", "full")
SIGNS: dict[str, Callable[[Sentence], bool]] = {
    "outcome_figure": lambda sentence: sentence.outcome_numbers() > 0,
    "own_act": lambda sentence: sentence.acts("own") > 0,
    "agentless_passive": lambda sentence: any(passive.agentless for passive in sentence.passives),
    "imagined": lambda sentence: sentence.hypothetical > 0,
}


def plain_story(words: int) -> str:
    """So many words of a plain story."""
    sentences = [list(islice(PLAIN, min(len(PLAIN), words - k))) for k in range(0, words, len(PLAIN))]
    return " ".join(f"{' '.join(sentence)}." for sentence in sentences)


def groups() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def whole(group: dict[str, Any], text: str) -> str:
    """The story of a group with the text of one half of a pair in its place."""
    story: str = group["frame"]
    return story.replace("{words}", plain_story(group.get("words", 0))).replace("{}", text)


def cases(kind: str) -> Iterator[Any]:
    """Each half of each pair of the groups about a `finding` or a `sign`, with whether it holds."""
    numbers = Counter[str]()
    for group in (group for group in groups() if kind in group):
        for pair in group["pairs"]:
            numbers[group[kind]] += 1
            for text, holds in zip(pair, (True, False), strict=True):
                name = f"{group[kind]}-{numbers[group[kind]]}-{'on' if holds else 'off'}"
                yield pytest.param(group, text, holds, id=name)


@pytest.mark.parametrize(("group", "text", "holds"), list(cases("finding")))
def test_a_changed_word_turns_a_finding_on_or_off(group: dict[str, Any], text: str, holds: bool, rules: Rules) -> None:
    asking = Asking.of(group.get("asking", {}))
    target = group.get("target_level")
    answer = Answer(whole(group, text), group.get("kind", "behavioral"), group.get("question", ""), (), target, asking)
    report = score(answer, rules)
    found = (*report.flags, *(check.code for check in report.checks))
    assert (group["finding"] in found) is holds


@pytest.mark.parametrize(("group", "text", "holds"), list(cases("sign")))
def test_a_changed_word_turns_a_sign_on_or_off(group: dict[str, Any], text: str, holds: bool, rules: Rules) -> None:
    (sentence,) = read(Answer(text), rules.lexicon, 10_000).sentences
    sign = SIGNS.get(group["sign"])
    found = sign(sentence) if sign is not None else sentence.has(group["sign"])
    assert found is holds


def test_every_flag_has_a_dozen_pairs() -> None:
    counts = Counter[str]()
    for group in (group for group in groups() if "finding" in group):
        counts[group["finding"]] += len(group["pairs"])
    assert [code for code in FLAGS if counts[code] < 12] == []
