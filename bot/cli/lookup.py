"""`starling lookup`: the kind of story to answer a question with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.base.errors import UserFacingError
from bot.base.text import Text, render, t
from bot.cli.reading import names_file, read_text
from content.find import ArchetypeIndex, Match
from content.loader import load_content
from content.rules import load_rules

SHOWN = 3


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no query: its number, from 1, and what is wrong with it."""

    number: int
    problem: Text


def answer(words: Sequence[str], file: Path | None, say: Callable[[str], None], warn: Callable[[str], None]) -> bool:
    """Print what fits the question of `words`, or every query of `file`. False where a line of the file was no query.

    `UserFacingError` where neither or both are given, or the file is no text.
    """
    query = " ".join(words).strip()
    if bool(query) == (file is not None):
        raise UserFacingError(
            t("Type a question, as in starling lookup why did you leave, or name a file of queries with --jsonl.")
        )
    if file is None:
        if names_file(query):
            raise UserFacingError(t("{file} is a file: put --jsonl before it.", file=query))
        say(lookup_text(query))
        return True
    good = True
    for line in lookup_lines(read_text(file).split("\n")):
        if isinstance(line, BadLine):
            good = False
            warn(render(t("line {number} is no query: {problem}", number=line.number, problem=line.problem)))
        else:
            say(json.dumps(line, ensure_ascii=False))
    return good


def archetype_index() -> ArchetypeIndex:
    """The shipped archetypes, ready to be found."""
    return ArchetypeIndex(load_content(), load_rules().lexicon)


def lookup_text(query: str) -> str:
    """What a person is told: the kinds of story that fit best, and by which of their words."""
    matches = archetype_index().rank(query)
    if not matches:
        return render(t("Nothing in this tells what kind of story is asked for. Try the question's own words."))
    lines = []
    if not matches[0].clear:
        lines.append(render(t("No wording that I know stands in this; the nearest are a guess.")))
    for place, match in enumerate(matches[:SHOWN], 1):
        lines.append(f"{place}. #{match.number} {match.archetype.name}")
        lines.append(f"   {render(_why(match))}")
        lines.append(f"   {match.archetype.probes}")
    return "\n".join(lines)


def lookup_lines(lines: Iterable[str]) -> Iterator[dict[str, Any] | BadLine]:
    """For each line `{id, query}` one `{id, archetypes}`, the best archetype first; blank lines are passed over."""
    index = archetype_index()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as problem:
            yield BadLine(number, t("it is not JSON ({problem})", problem=str(problem)))
            continue
        fault = _fault(item)
        yield BadLine(number, fault) if fault else {"id": item["id"], "archetypes": ranked(index, item["query"])}


def ranked(index: ArchetypeIndex, query: str) -> Sequence[int]:
    """The numbers of the archetypes that answer `query`, the best first."""
    return [match.number for match in index.rank(query)]


def _fault(item: object) -> Text | None:
    if not isinstance(item, dict):
        return t("it is not an object with id and query")
    if "id" not in item or not isinstance(item["id"], (str, int)):
        return t("id is missing or is neither text nor a whole number")
    if not isinstance(item.get("query"), str):
        return t("query is missing or is not a text")
    return None


def _why(match: Match) -> Text:
    if not match.said:
        return t("because questions about this use like words")
    return t("because of: {words}", words="; ".join(f"“{said}”" for said in match.said))
