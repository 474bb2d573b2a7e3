"""Numbers and what they are about: which of them can measure a result.

Dates, clock times, ordinals, versions, sizes of a team and the length of the work do not measure a result; change,
share, money, counts, rates and time saved do (definitions of `no_metric` in the labelling guide).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.scoring.doc import Quantity
from bot.scoring.lexicon import Lexicon

COUNT_FRAME = frozenset({"change_verb", "comparison", "adoption", "reaction", "result_measure", "zero_result"})
CHANGE_FRAME = frozenset({"change_verb", "comparison"})
SHARES = frozenset({"half", "halved", "doubled", "tripled", "quadrupled", "twice"})
NUMBER = re.compile(r"([$€£¥₩~]?)(\d+(?:[.,:]\d+)*)(st|nd|rd|th)?(.*)")
SMALL_COUNT = 3
LARGEST_CREW = 15


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of number words with its neighbours, and the parts of its first word."""

    words: Sequence[str]
    value: float
    before: str
    two_before: str
    after: str
    then: str
    symbol: str
    ordinal: str | None
    unit: str
    lexicon: Lexicon

    def near(self, group: str, *places: str) -> bool:
        """Whether one of the neighbours is a word of a group of the lexicon."""
        return any(place in self.lexicon.number_words[group] for place in places)


def quantities(words: Sequence[str], lists: frozenset[str], lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The numbers among the words of one sentence; `lists` names the phrase lists found in it."""
    found = []
    multiples = lexicon.number_words["multiples"]
    i = 0
    while i < len(words):
        value = _value(words[i], lexicon)
        if value is None:
            i += 1
            continue
        last = i + 1
        while last < len(words) and (words[last] in lexicon.numerals or words[last] in multiples):
            last += 1
        if words[last : last + 1] == ("or",) and last + 1 < len(words) and _value(words[last + 1], lexicon) is not None:
            last += 2
        run = _run(words, i, last, value, lexicon)
        kind = _kind(run)
        found.append(Quantity(i, last, value, _outcome(kind, run, lists), kind))
        i = last
    return tuple(found)


def _value(word: str, lexicon: Lexicon) -> float | None:
    if word[0].isdigit() or (word[0] in "$€£¥₩~" and len(word) > 1):
        match = NUMBER.fullmatch(word)
        if match is None:
            return None
        digits = match.group(2).replace(",", "").split(":")[0]
        try:
            return float(digits)
        except ValueError:
            return 0.0
    return lexicon.numerals.get(word)


def _run(words: Sequence[str], first: int, last: int, value: float, lexicon: Lexicon) -> _Run:
    def at(k: int) -> str:
        return words[k] if 0 <= k < len(words) else ""

    match = NUMBER.fullmatch(words[first]) if any(c.isdigit() for c in words[first]) else None
    symbol, _, ordinal, unit = match.groups() if match else ("", "", None, "")
    return _Run(
        words[first:last], value, at(first - 1), at(first - 2), at(last), at(last + 1), symbol, ordinal, unit, lexicon
    )


def _outcome(kind: str, run: _Run, lists: frozenset[str]) -> bool:
    """Whether a number of this kind measures a result here."""
    if kind == "duration":
        return "comparison" in lists or run.near("span_before", run.before) or run.near("span_after", run.then)
    if kind == "time":
        worked = run.before in {"for", "took", "in", "after"} and "result_measure" not in lists
        return bool(lists & CHANGE_FRAME) or not worked
    if kind == "clock":
        return "comparison" in lists and ":" in run.words[0]
    if kind == "count" and run.value <= SMALL_COUNT and not run.words[0][0].isdigit():
        return bool(lists & COUNT_FRAME)
    return kind in {"share", "money", "multiple", "count", "zero"}


def _kind(run: _Run) -> str:
    """The class of a number, the most telling sign first."""
    units = run.lexicon.number_words
    known = run.unit in units["other_units"] | units["short_times"] | units["money"] | {"am", "pm", "s"}
    if run.unit.isalpha() and not known:
        return "name"
    return _amount(run) or _point_in_time(run) or _span(run) or _headcount(run) or "count"


def _amount(run: _Run) -> str | None:
    word = run.words[0]
    percent = {"percent", "%", "pct"}
    if "%" in word or run.unit in {"x", "pp"} or percent & {*run.words, run.after} or run.after == "x":
        return "share"
    if (run.symbol and run.symbol in "$€£¥₩") or run.near("money", run.unit, run.after, run.then):
        return "money"
    if word == "half" and run.after in {"a", "an"}:
        return "duration"
    if word in SHARES or (
        word in {"third", "thirds"} and run.before in {"a", "one", "two", "by"} and run.after != "time"
    ):
        return "share"
    if word in {"third", "thirds"}:
        return "ordinal"
    return "zero" if word in {"zero", "none"} else None


def _point_in_time(run: _Run) -> str | None:
    word = run.words[0]
    if ":" in word or run.unit in {"am", "pm"} or run.after in {"am", "pm", "o'clock", "sharp"}:
        return "clock"
    dated = (run.near("months", run.before) or run.near("days", run.before)) and not run.near("multiples", run.unit)
    hour = (run.after, run.then) in {("a", "m"), ("p", "m")} or (run.before == "at" and run.value < 25)
    if hour or run.ordinal or dated:
        return "clock"
    if run.near("months", run.after) or run.near("days", run.after) or run.near("counters", run.before):
        return "date"
    year = 1980 <= run.value <= 2040 and len(run.words) == 1 and "," not in word
    if year and (run.unit == "s" or (not run.unit and not run.after.endswith("s"))):
        return "date"
    return None


def _span(run: _Run) -> str | None:
    if run.near("multiples", *run.words, run.unit):
        return "multiple"
    if run.value == 1 and not run.unit and not run.near("long_times", run.after):
        return "time" if run.near("short_times", run.after) else "ordinal"
    if run.near("long_times", run.after, run.then) or run.unit in {"d", "w", "wk", "wks", "y", "yr", "yrs", "mo"}:
        return "duration"
    return "time" if run.near("short_times", run.after, run.unit) else None


def _headcount(run: _Run) -> str | None:
    crew = run.near("crew", run.after) and run.value <= LARGEST_CREW
    ours = run.after == "of" and run.then == "us"
    return "crew" if crew or ours or run.two_before in {"team", "group", "squad"} else None
