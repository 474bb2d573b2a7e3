"""`starling score`: answers from files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.base.errors import UserFacingError
from bot.base.text import t
from bot.scoring.doc import Answer, Asking
from bot.scoring.engine import score
from bot.scoring.report import Kind
from bot.scoring.rubric import Rules
from bot.scoring.terminal import predicted_line, render_for_terminal
from content.find import QuestionIndex
from content.known import asking_of, finding_names, points_of
from content.loader import load_content
from content.rules import load_rules

KINDS: tuple[Kind, ...] = ("behavioral", "situational")


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
        known_questions(rules),
    )
    return render_for_terminal(score(answer, rules), names=finding_names(load_content(), "en"))


def score_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One predicted object for each line `{id, question, kind, text, points?}`.

    The question is looked up in the bank: checks ask what is known of it, and a situational one without points gets
    its own. `UserFacingError` names a line that is no such object.
    """
    rules = load_rules()
    known = known_questions(rules)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            yield predicted_line(item["id"], score(_answer(item, known), rules))
        except (ValueError, KeyError, TypeError) as problem:
            raise UserFacingError(
                t("line {number} is not an answer: {problem}", number=number, problem=str(problem))
            ) from problem


def known_questions(rules: Rules) -> Mapping[str, QuestionIndex]:
    """The questions of the bank by kind, ready to be recognised."""
    content = load_content()
    return {kind: QuestionIndex(content.questions_where(kinds=(kind,)), rules.lexicon) for kind in KINDS}


def _answer(item: dict[str, Any], known: Mapping[str, QuestionIndex]) -> Answer:
    kind = item["kind"]
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}, not one of {', '.join(KINDS)}")
    found = known[kind].find(item["question"])
    return Answer(
        text=item["text"],
        question=item["question"],
        kind=kind,
        points=tuple(item.get("points") or ()) or (points_of(found) if found else ()),
        target_level=item.get("target_level"),
        asking=asking_of(found) if found is not None else Asking(),
    )
