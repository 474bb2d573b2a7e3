"""Learns what words say of the themes of stories and queries, and writes `content/lookup/theme_weights.json`.

usage: python -m tests.gold.fit_theme_weights

Read are `theme_stories.jsonl` and `theme_queries.jsonl`: short stories and queries written for each theme by language
models that knew neither the engine nor any story that the look-up is measured on. Many are written for a situation,
which is narrower than a theme. One logistic regression a theme or situation, solved in the space of the texts.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.stories.finding import SENTENCE, Finder
from content.find.learned import features, scaled, weigh
from content.find.reading import Reading
from content.loader import load_content
from content.rules import load_rules
from content.theme_weights import FILE, HUNDREDTHS, Weighing, weighing

HERE = Path(__file__).parent
TELLS_NOTHING = (
    "the a an of to in on at for and or but with by from as is was were be been it its that this i we he she they him "
    "her his our my me us you your had have has not no so then than who which when what into out up one two three"
)
LEFT_OUT = frozenset(TELLS_NOTHING.split())
STORY_FREEDOM, QUERY_FREEDOM = 20.0, 30.0
"""How much a miss costs beside large weights."""
STORY_PAIRS, QUERY_PAIRS = 2, 1
"""In how many texts a pair of neighbouring words must stand to be learned from."""
LEAST_WEIGHT = 2.0
LEAST_SPREAD = 0.05
STEPS = 150

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Text:
    """A story or a query as it is read, with its themes and, where it was written for one, its situation."""

    sentences: list[Reading]
    themes: list[str]
    situation: str | None


def main() -> None:
    """Fit both readings and write them."""
    finder = Finder(load_content(), load_rules().lexicon)
    stories = [_text(item, [finder.reading_of(one) for one in SENTENCE.split(item["text"])])
               for item in _lines("theme_stories.jsonl")]  # fmt: skip
    queries = [_text(item, [finder.asked_reading(item["query"])]) for item in _lines("theme_queries.jsonl")]
    written = fitted(stories, queries)
    FILE.write_text(json.dumps(written, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def fitted(stories: Sequence[Text], queries: Sequence[Text]) -> dict[str, Any]:
    """What is learned from these texts, as the file holds it."""
    themes = sorted({theme for text in (*stories, *queries) for theme in text.themes})
    of_situations: dict[str, set[str]] = defaultdict(set)
    for text in (*stories, *queries):
        if text.situation:
            of_situations[text.situation].update(text.themes)
    situations = dict(sorted(of_situations.items()))
    told = _fitted(stories, *_labels(stories, themes, situations), STORY_FREEDOM, STORY_PAIRS)
    asked = _fitted(queries, *_labels(queries, themes, situations), QUERY_FREEDOM, QUERY_PAIRS)
    return {
        "themes": themes,
        "situations": [f"like-{situation}" for situation in situations],
        "left_out": sorted(LEFT_OUT),
        "usual": _usual(weighing(told), stories, *_labels(stories, themes, situations)),
        "stories": told,
        "queries": asked,
    }


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def _text(item: Mapping[str, Any], sentences: list[Reading]) -> Text:
    return Text(sentences, item["themes"], item.get("situation"))


def _labels(texts: Sequence[Text], themes: Sequence[str], situations: Mapping[str, set[str]]) -> tuple[Matrix, Matrix]:
    """What each text is about and what is known of it, by theme and situation.

    Of a text that was written for a theme it is not known whether it is of a situation within that theme.
    """
    about = [
        [theme in text.themes for theme in themes] + [text.situation == one for one in situations] for text in texts
    ]
    known = [
        [True for _ in themes]
        + [text.situation is not None or of.isdisjoint(text.themes) for of in situations.values()]
        for text in texts
    ]
    return np.array(about, dtype=np.float32), np.array(known, dtype=np.float32)


def _fitted(texts: Sequence[Text], about: Matrix, known: Matrix, freedom: float, least_pairs: int) -> dict[str, Any]:
    said = [features(text.sentences, LEFT_OUT) for text in texts]
    counts = Counter(feature for one in said for feature in one)
    rarity = {
        feature: float(np.log(1 + len(said) / (1 + count)))
        for feature, count in counts.items()
        if count >= least_pairs or "_" not in feature
    }
    shares = [scaled(one, rarity) for one in said]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(shares):
        for feature in one:
            holders[feature].append(at)
    alike = np.zeros((len(said), len(said)), dtype=np.float32)
    for feature, where in holders.items():
        values = np.array([shares[at][feature] for at in where], dtype=np.float32)
        alike[np.ix_(where, where)] += np.outer(values, values)
    pull, start = _solved(alike, about, known, freedom)
    lines = []
    for feature, where in sorted(holders.items()):
        row = np.array([shares[at][feature] for at in where], dtype=np.float32) @ pull[where]
        pairs = [
            f"{place}:{round(float(weight) * HUNDREDTHS)}"
            for place, weight in enumerate(row)
            if abs(weight) * rarity[feature] >= LEAST_WEIGHT
        ]
        lines.append(" ".join([feature, str(round(rarity[feature] * HUNDREDTHS)), *pairs]))
    return {"start": [round(float(value), 3) for value in start], "features": lines}


def _solved(alike: Matrix, about: Matrix, known: Matrix, freedom: float) -> tuple[Matrix, Matrix]:
    """How much each text pulls, and the start, of logistic regressions with a penalty on the weights' squares.

    Nesterov's accelerated gradient; what is not known of a text pulls nothing.
    """
    steepest = _largest(alike) / 4 + 1 / freedom
    ratio = np.sqrt(steepest * freedom)
    onward = (ratio - 1) / (ratio + 1)
    pull = ahead = np.zeros_like(about)
    share = (about.sum(axis=0) + 1) / (known.sum(axis=0) + 2)
    start = np.log(share / (1 - share))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(alike @ ahead + start)))
        missed = known * (chance - about)
        start = start - missed.sum(axis=0) / np.maximum((known * chance * (1 - chance)).sum(axis=0), 1)
        last, pull = pull, ahead - (missed + ahead / freedom) / steepest
        ahead = pull + onward * (pull - last)
    return pull, start


def _largest(alike: Matrix) -> float:
    """Not less than the largest eigenvalue but for a hair, by the power method."""
    vector = np.ones(len(alike), dtype=np.float32)
    for _ in range(30):
        vector = alike @ (vector / np.linalg.norm(vector))
    return 1.02 * float(np.linalg.norm(vector))


def _usual(told: Weighing, stories: Sequence[Text], about: Matrix, known: Matrix) -> list[tuple[float, float]]:
    """Mean and spread of each theme's and situation's sum over the stories that are known to be of others."""
    sums = np.array([weigh(features(text.sentences, LEFT_OUT), told) for text in stories])
    others = (known > 0) & (about == 0)
    columns = (sums[others[:, place], place] for place in range(sums.shape[1]))
    return [(round(float(one.mean()), 3), round(float(one.std()) + LEAST_SPREAD, 3)) for one in columns]


if __name__ == "__main__":
    main()
