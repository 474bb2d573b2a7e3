"""Learns what words say of the themes of stories and queries, and writes `content/lookup/theme_weights.json`.

usage: python -m tests.gold.fit_theme_weights

Read are `theme_stories.jsonl` and `theme_queries.jsonl`: short stories and queries written for each theme by language
models that knew neither the engine nor any story or query that the look-up is measured on. One logistic regression a
theme, solved in the space of the texts by Newton's method.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.stories.finding import SENTENCE, Finder
from content.find.learned import features, scaled, weigh
from content.find.reading import Reading
from content.loader import load_content
from content.rules import load_rules
from content.theme_weights import FILE, HUNDREDTHS, Weighing

HERE = Path(__file__).parent
TELLS_NOTHING = (
    "the a an of to in on at for and or but with by from as is was were be been it its that this i we he she they him "
    "her his our my me us you your had have has not no so then than who which when what into out up one two three"
)
LEFT_OUT = frozenset(TELLS_NOTHING.split())
STORY_FREEDOM, QUERY_FREEDOM = 10.0, 30.0
"""How much a miss costs beside large weights."""
LEAST_WEIGHT = 0.8
LEAST_SPREAD = 0.05
STEPS = 7

Matrix = npt.NDArray[np.float64]


def main() -> None:
    """Fit both readings and write them."""
    finder = Finder(load_content(), load_rules().lexicon)
    stories = [([finder.reading_of(one) for one in SENTENCE.split(item["text"])], item["themes"])
               for item in _lines("theme_stories.jsonl")]  # fmt: skip
    queries = [([finder.asked_reading(item["query"])], item["themes"]) for item in _lines("theme_queries.jsonl")]
    themes = sorted({theme for _, labels in (*stories, *queries) for theme in labels})
    told, asked = _fitted(stories, themes, STORY_FREEDOM), _fitted(queries, themes, QUERY_FREEDOM)
    written = {
        "themes": themes,
        "left_out": sorted(LEFT_OUT),
        "usual": _usual(told, stories, themes),
        "stories": _as_lines(told),
        "queries": _as_lines(asked),
    }
    FILE.write_text(json.dumps(written, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def _fitted(texts: Sequence[tuple[list[Reading], list[str]]], themes: Sequence[str], freedom: float) -> Weighing:
    said = [features(sentences, LEFT_OUT) for sentences, _ in texts]
    counts = Counter(feature for one in said for feature in one)
    rarity = {feature: float(np.log(1 + len(said) / (1 + count))) for feature, count in counts.items()}
    shares = [scaled(one, rarity) for one in said]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(shares):
        for feature in one:
            holders[feature].append(at)
    alike = np.zeros((len(said), len(said)))
    for feature, where in holders.items():
        values = np.array([shares[at][feature] for at in where])
        alike[np.ix_(where, where)] += np.outer(values, values)
    labels = np.array([[theme in labelled for theme in themes] for _, labelled in texts], dtype=float)
    solved = [_solved(alike, labels[:, place], freedom) for place in range(len(themes))]
    pull, start = np.stack([one for one, _ in solved], axis=1), tuple(float(bias) for _, bias in solved)
    weights = {
        feature: np.array([shares[at][feature] for at in where]) @ pull[where] for feature, where in holders.items()
    }
    kept = {
        feature: {place: float(w) for place, w in enumerate(row) if abs(w) * rarity[feature] >= LEAST_WEIGHT}
        for feature, row in weights.items()
    }
    return Weighing(rarity, kept, start)


def _solved(alike: Matrix, label: Matrix, freedom: float) -> tuple[Matrix, float]:
    """How much each text pulls, and the start, of a logistic regression with a penalty on the weights' squares."""
    pull, start = np.zeros(len(label)), 0.0
    for _ in range(STEPS):
        value = alike @ pull + start
        chance = 1 / (1 + np.exp(-value))
        curve = np.clip(chance * (1 - chance), 1e-4, None)
        wanted = value + (label - chance) / curve
        held = alike + np.diag(1 / (freedom * curve))
        both = np.linalg.solve(held, np.stack([wanted, np.ones_like(wanted)], axis=1))
        start = float(both[:, 0].sum() / both[:, 1].sum())
        pull = both[:, 0] - start * both[:, 1]
    return pull, start


def _usual(
    told: Weighing, stories: Sequence[tuple[list[Reading], list[str]]], themes: Sequence[str]
) -> list[tuple[float, float]]:
    """Mean and spread of each theme's sum over the stories of other themes."""
    sums = np.array([weigh(features(sentences, LEFT_OUT), told) for sentences, _ in stories])
    usual = []
    for place, theme in enumerate(themes):
        others = np.array([sums[at, place] for at, (_, labelled) in enumerate(stories) if theme not in labelled])
        usual.append((round(float(others.mean()), 3), round(float(others.std()) + LEAST_SPREAD, 3)))
    return usual


def _as_lines(weighing: Weighing) -> dict[str, Any]:
    lines = []
    for feature in sorted(weighing.rarity):
        pairs = [f"{place}:{round(weight * HUNDREDTHS)}" for place, weight in weighing.weights[feature].items()]
        lines.append(" ".join([feature, str(round(weighing.rarity[feature] * HUNDREDTHS)), *pairs]))
    return {"start": [round(value, 3) for value in weighing.start], "features": lines}


if __name__ == "__main__":
    main()
