"""`starling score`: answers from files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.answers.advice import finding_names
from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.scoring.doc import Answer, KeyPoint
from bot.scoring.engine import score
from bot.scoring.rubric import Rules
from bot.scoring.terminal import predicted_line, render_for_terminal
from content.find import QuestionIndex
from content.loader import load_content
from content.rules import load_rules

KINDS = ("behavioral", "situational")


def read_answers(file: Path) -> str:
    """The text of a file; `UserFacingError` where it is none."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise UserFacingError(t("{file} is not a text in UTF-8.", file=str(file))) from problem


def score_text(text: str, *, question: str, kind: str, points: tuple[str, ...], level: str | None) -> str:
    """What a person would be told about one answer."""
    rules = load_rules()
    answer = _answer(
        {"text": text, "question": question, "kind": kind, "points": points, "target_level": level},
        bank_of_situations(rules),
    )
    return render_for_terminal(score(answer, rules), names=finding_names(load_content(), "en"))


def score_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One predicted object for each line `{id, question, kind, text, points?}`.

    Without points a situational question is looked up in the bank. `UserFacingError` names a line that is
    no such object.
    """
    rules = load_rules()
    bank = bank_of_situations(rules)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            yield predicted_line(item["id"], score(_answer(item, bank), rules))
        except (ValueError, KeyError, TypeError) as problem:
            raise UserFacingError(
                t("line {number} is not an answer: {problem}", number=number, problem=str(problem))
            ) from problem


def bank_of_situations(rules: Rules) -> QuestionIndex:
    """The situational questions of the bank, ready to be recognised."""
    return QuestionIndex(load_content().questions_where(kinds=("situational",)), rules.lexicon)


def points_of(question: str, kind: str, bank: QuestionIndex) -> tuple[KeyPoint, ...]:
    """The key points that the bank holds for a situational question."""
    found = bank.find(question) if kind == "situational" else None
    return tuple(KeyPoint(str(point.text), point.also) for point in found.points) if found else ()


def _answer(item: dict[str, Any], bank: QuestionIndex) -> Answer:
    kind = item["kind"]
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}, not one of {', '.join(KINDS)}")
    points: tuple[str | KeyPoint, ...] = tuple(item.get("points") or ()) or points_of(item["question"], kind, bank)
    return Answer(
        text=item["text"], question=item["question"], kind=kind, points=points, target_level=item.get("target_level")
    )
