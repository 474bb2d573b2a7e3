"""Sentences: from punctuation, line ends, bullets and labels; and from turns of speech where a transcript has none.

Letter case plays no part, so that a text in capitals or without any is cut at the same places. A line end closes a
sentence unless the text is wrapped to a width.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from bot.scoring.lexer import Token
from bot.scoring.lexicon import Lexicon
from bot.scoring.report import Label

CLOSERS = frozenset({'"', "'", ")", "]", "»"})
CONTINUES = frozenset({"is", "was", "are", "were", "and", "or", "said", "says", "asked", "to"})
"""Words that go on after a quotation that ends in a stop: `"any questions?" is no question`."""
STOPS = frozenset({".", "!", "?", "…"})
LABEL_MARKS = frozenset({":", "-", "–", "—", ")", "|", "=", ">"})
SUBJECTS = frozenset({"i", "i'm", "i've", "i'd", "we", "we'd", "he", "she", "they", "it", "it's", "that", "there",
                      "this", "the", "my", "our", "there's", "that's", "every", "each", "no", "people",
                      "nobody", "everybody", "everyone"})  # fmt: skip
TURNS = frozenset({"and", "so", "but", "then", "because", "anyway", "now"})
LONG_UNIT = 45
"""Words without a stop or a comma after which a transcript is cut at turns of speech."""
SHORTEST_PIECE = 9
STEP_DIGITS = 2
NARROWEST = 40
"""Characters of the longest line below which a text is a list, not wrapped."""
ORDER: tuple[Label, ...] = ("S", "T", "A", "R", "L")


@dataclass(frozen=True, slots=True)
class Cut:
    """The tokens of one sentence, and the label in force where the answer names its parts itself."""

    tokens: tuple[Token, ...]
    label: Label | None


def cut(tokens: list[Token], lexicon: Lexicon) -> list[Cut]:
    """The sentences in order; pieces without a word are left out."""
    cuts: list[Cut] = []
    label: Label | None = None
    lines = _lines(tokens)
    named = _named_parts(lines, lexicon)
    use_labels = len({part for _, part in named.values()}) >= 2
    for line in lines:
        if use_labels and line[0].start in named:
            skip, label = named[line[0].start]
            line = line[skip:]
        for number, unit in enumerate(_split_at_stops(line, lexicon)):
            if use_labels and number and (opening := _opening(unit, lexicon, {":"})) is not None:
                skip, label = opening
                unit = unit[skip:]
            pieces = _split_at_turns(unit)
            cuts += [Cut(tuple(piece), label) for piece in pieces if not _is_bare(piece)]
    return cuts


def _is_bare(piece: list[Token]) -> bool:
    """Whether a piece holds no word, or only the number of a step: `1. Read the logs. 2. Asked the team.`"""
    words = [t.word for t in piece if t.kind != "mark"]
    return not words or (len(words) == 1 and len(words[0]) <= STEP_DIGITS and words[0].isdigit())


def _lines(tokens: list[Token]) -> list[list[Token]]:
    """Runs of tokens between line ends; lines of a text wrapped to a width are joined.

    In such a text the next word would not have fitted, line after line; where somebody writes a thought to a line it
    would.
    """
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token.word == "\n":
            lines.append([])
        else:
            lines[-1].append(token)
    lines = [line for line in lines if line]
    widest = max(map(_width, lines), default=0)
    open_lines = [(a, b) for a, b in pairwise(lines) if a[-1].word not in STOPS | CLOSERS | {":", ";"}]
    wrapped = [a for a, b in open_lines if _width(a) + 1 + b[0].end - b[0].start > widest]
    if widest < NARROWEST or len(open_lines) < 3 or len(wrapped) < 0.8 * len(open_lines):
        return lines
    joined: list[list[Token]] = [lines[0]]
    for before, line in pairwise(lines):
        if before in wrapped:
            joined[-1] = joined[-1] + line
        else:
            joined.append(line)
    return joined


def _width(line: list[Token]) -> int:
    return sum(t.end - t.start for t in line) + len(line) - 1


def _named_parts(lines: list[list[Token]], lexicon: Lexicon) -> dict[int, tuple[int, Label]]:
    """Where a line opens with the name of a part: start of the line -> (tokens to skip, label)."""
    openings = {line[0].start: _opening(line, lexicon, LABEL_MARKS | {"\n"}) for line in lines}
    named = {start: opening for start, opening in openings.items() if opening is not None}
    if len({label for _, label in named.values()}) >= 2:
        _name_the_rest(lines, named)
    return named


def _opening(tokens: list[Token], lexicon: Lexicon, marks: AbstractSet[str]) -> tuple[int, Label] | None:
    """The name of a part at the start, before one of the marks (a line end is "\\n"): (tokens to skip, label)."""
    best, label = 0, None
    for length in range(1, len(tokens[:8]) + 1):
        if tokens[length - 1].kind == "mark":
            continue
        name = " ".join(t.word for t in tokens[:length] if t.kind != "mark")
        following = tokens[length].word if length < len(tokens) else "\n"
        if name in lexicon.labels and following in marks:
            best, label = length, lexicon.labels[name]
    if label is None:
        return None
    while best < len(tokens) and tokens[best].word in LABEL_MARKS:
        best += 1
    return best, label


def _name_the_rest(lines: list[list[Token]], named: dict[int, tuple[int, Label]]) -> None:
    """Headed lines whose name is not known take the next part in the usual order, where it is still free."""
    used = {label for _, label in named.values()}
    last: Label | None = None
    for line in lines:
        start = line[0].start
        if start in named:
            last = named[start][1]
            continue
        mark = next((i for i, t in enumerate(line[:4]) if t.word in {":", "–", "—"} and i), None)
        if mark is None or last is None or last not in ORDER[:-1]:
            continue
        following = ORDER[ORDER.index(last) + 1]
        if following not in used and all(t.kind == "word" for t in line[:mark]):
            named[start] = (mark + 1, following)
            used.add(following)
            last = following


def _split_at_stops(line: list[Token], lexicon: Lexicon) -> list[list[Token]]:
    units: list[list[Token]] = []
    current: list[Token] = []
    for i, token in enumerate(line):
        current.append(token)
        following = line[i + 1] if i + 1 < len(line) else None
        if following is None or not _ends_here(line, i, following, lexicon):
            continue
        units.append(current)
        current = []
    if current:
        units.append(current)
    return units


def _ends_here(line: list[Token], i: int, following: Token, lexicon: Lexicon) -> bool:
    """Whether a sentence ends after token `i`: a stop (and closing quotes) followed by a blank."""
    token = line[i]
    if following.start == token.end:
        return False
    stop = i
    while stop > 0 and line[stop].word in CLOSERS and line[stop].start == line[stop - 1].end:
        stop -= 1
    if line[stop].word not in STOPS or (stop and line[stop].start > line[stop - 1].end):
        return False
    if stop < i and following.word in CONTINUES:
        return False
    if line[stop].word == "." and stop == i and stop > 0:
        before = line[stop - 1]
        shortened = before.word in lexicon.abbreviations and not _unit(line, stop - 1, lexicon)
        if before.end == token.start and (shortened or _initials(line, stop)):
            return False
    return True


def _unit(line: list[Token], i: int, lexicon: Lexicon) -> bool:
    """`20 ms.` and `5 min.`: after a number a unit of time is a word, and the stop its sentence's."""
    return i > 0 and line[i - 1].word[0].isdigit() and line[i].word in lexicon.number_words["short_times"]


def _initials(line: list[Token], stop: int) -> bool:
    """`e.g.`, `p.m.`, `U.S.`: a single letter, a point, a single letter before the point."""
    return (
        stop >= 3
        and len(line[stop - 1].word) == 1
        and line[stop - 2].word == "."
        and len(line[stop - 3].word) == 1
        and line[stop - 3].word.isalpha()
    )


def _split_at_turns(unit: list[Token]) -> list[list[Token]]:
    """A unit far too long for one sentence, cut before `and then`, `so I`, `but we` and the like."""
    words = sum(t.kind != "mark" for t in unit)
    if words <= LONG_UNIT or sum(t.word in {",", ";", "("} for t in unit) * 20 > words:
        return [unit]
    pieces: list[list[Token]] = [[]]
    count = 0
    for i, token in enumerate(unit):
        following = unit[i + 1].word if i + 1 < len(unit) else ""
        turn = token.word in TURNS and (following in SUBJECTS or following in TURNS)
        if turn and count >= SHORTEST_PIECE and unit[i - 1].word not in TURNS:
            pieces.append([])
            count = 0
        pieces[-1].append(token)
        count += token.kind != "mark"
    return pieces
