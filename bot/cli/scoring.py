"""`starling score`: answers from files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.base.errors import UserFacingError
from bot.base.text import Text, t
from bot.chat.cutting import shortened
from bot.cli.reading import names_file
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
SHOWN = 60
"""How many characters are repeated of words that are no file: they may be a whole answer."""


def answer_file(files: Sequence[Path], *, jsonl: bool) -> Path:
    """The one file that was named; `UserFacingError` says how to name it."""
    if not files:
        raise UserFacingError(
            t("Name the file with the answer, as in starling score answer.txt; a minus stands for what is piped in.")
        )
    words = " ".join(map(str, files))
    if " " in words and not any(names_file(str(file)) for file in files):
        raise UserFacingError(
            t(
                "There is no file “{words}”. Words instead of a file are piped in: echo … | starling score -",
                words=shortened(words, SHOWN),
            )
        )
    if len(files) > 1:
        raise UserFacingError(t("Name one file; a name with spaces stands in quotes."))
    if files[0].suffix == ".jsonl" and not jsonl:
        raise UserFacingError(t("{file} has an answer in each line: add --jsonl.", file=str(files[0])))
    return files[0]


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
                t("line {number} is not an answer: {problem}", number=number, problem=_what_is_wrong(problem))
            ) from problem


def known_questions(rules: Rules) -> Mapping[str, QuestionIndex]:
    """The questions of the bank by kind, ready to be recognised."""
    content = load_content()
    return {kind: QuestionIndex(content.questions_where(kinds=(kind,)), rules.lexicon) for kind in KINDS}


def _what_is_wrong(problem: Exception) -> Text | str:
    match problem:
        case json.JSONDecodeError():
            return t("it is not JSON ({problem})", problem=str(problem))
        case KeyError():
            return t("{name} is missing", name=str(problem.args[0]))
        case TypeError():
            return t("it is no object with id, question, kind and text")
    return str(problem)


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
