"""Numbers and what they are about: which of them can measure a result.

Dates, clock times, ordinals, versions, sizes of a team and the length of the work do not measure a result; change,
share, money, counts, rates and time saved do (definitions of `no_metric` in the labelling guide).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.scoring.doc import Quantity
from bot.scoring.lexicon import Lexicon

MONTHS = frozenset("january february march april may june july august september october november december jan feb mar "
                   "apr jun jul aug sep sept oct nov dec".split())  # fmt: skip
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun".split())
SEASONS = frozenset("spring summer autumn fall winter q1 q2 q3 q4 quarter year week day night sprint phase step "
                    "version release page option stage part level grade tier round iteration".split())  # fmt: skip
LONG_TIMES = frozenset("day days week weeks month months year years quarter quarters sprint sprints night nights "
                       "weekend weekends".split())  # fmt: skip
SHORT_TIMES = frozenset("ms millisecond milliseconds s sec secs second seconds min mins minute minutes hour hours h "
                        "hrs hr".split())  # fmt: skip
CREW = frozenset("person people engineer engineers developer developers dev devs designer designers us folks guys "
                 "colleague colleagues member members analyst analysts tester testers of-us".split())  # fmt: skip
MULTIPLES = frozenset("million millions billion billions thousand thousands hundred hundreds k m bn mio lakh crore "
                      "percent % percentage pct".split())  # fmt: skip
MONEY = frozenset("dollar dollars euro euros pound pounds usd eur gbp yen won rupees crowns francs krona cents "
                  "bucks $ £ €".split())  # fmt: skip
SPAN_BEFORE = frozenset({"by", "from", "to", "than", "saved", "saves", "saving", "under"})
SPAN_AFTER = frozenset({"earlier", "faster", "sooner", "ahead", "less", "saved", "shorter", "late", "early"})
UNITS = frozenset("k m bn b mio mb gb tb kb x % pp d w wk wks y yr yrs mo".split()) | SHORT_TIMES | MONEY
COUNT_FRAME = frozenset({"change_verb", "comparison", "adoption", "reaction", "result_measure", "zero_result"})
CHANGE_FRAME = frozenset({"change_verb", "comparison"})
NUMBER = re.compile(r"([$€£¥₩~]?)(\d+(?:[.,:]\d+)*)(st|nd|rd|th)?(.*)")


def quantities(words: Sequence[str], lists: frozenset[str], lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The numbers among the words of one sentence; `lists` names the phrase lists found in it."""
    found = []
    i = 0
    while i < len(words):
        value = _value(words[i], lexicon)
        if value is None:
            i += 1
            continue
        last = i + 1
        while last < len(words) and (_value(words[last], lexicon) is not None or words[last] in MULTIPLES):
            last += 1
        found.append(_classify(words, i, last, value, lists))
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


def _classify(words: Sequence[str], first: int, last: int, value: float, lists: frozenset[str]) -> Quantity:
    word = words[first]
    before = words[first - 1] if first else ""
    two_before = words[first - 2] if first > 1 else ""
    after = words[last] if last < len(words) else ""
    then = words[last + 1] if last + 1 < len(words) else ""
    kind = _kind(words[first:last], before, two_before, after, then, value)
    changing = bool(lists & CHANGE_FRAME)
    if kind == "duration":
        outcome = "comparison" in lists or before in SPAN_BEFORE or then in SPAN_AFTER
    elif kind == "time":
        outcome = changing or before not in {"for", "took", "in", "after"} or "result_measure" in lists
    elif kind == "clock":
        outcome = "comparison" in lists and ":" in word
    elif kind == "count" and value <= 3 and not word[0].isdigit():
        outcome = bool(lists & COUNT_FRAME)
    else:
        outcome = kind in {"share", "money", "multiple", "count", "zero"}
    return Quantity(first, last, value, outcome, kind)


def _kind(run: Sequence[str], before: str, two_before: str, after: str, then: str, value: float) -> str:
    """The class of a run of number words, from its neighbours."""
    word = run[0]
    match = NUMBER.fullmatch(word) if any(c.isdigit() for c in word) else None
    symbol, ordinal, unit = (match.group(1), match.group(3), match.group(4)) if match else ("", None, "")
    if unit.isalpha() and unit not in UNITS | {"am", "pm", "s"}:
        return "name"
    if "%" in word or unit in {"%", "x", "pp"} or set(run) & {"percent", "%", "pct"} or after in {"percent", "%", "x"}:
        return "share"
    if symbol in "$€£¥₩" and symbol or unit in MONEY or after in MONEY or then in {"euros", "dollars", "euro"}:
        return "money"
    if word in {"half", "halved", "doubled", "tripled", "quadrupled", "twice", "third", "thirds", "double", "triple"}:
        return "share" if word not in {"third", "double"} or before in {"a", "one", "two", "by"} else "ordinal"
    if word in {"zero", "none"}:
        return "zero"
    if ":" in word or unit in {"am", "pm"} or after in {"am", "pm", "o'clock", "a.m", "p.m", "sharp"}:
        return "clock"
    if (after, then) in {("a", "m"), ("p", "m")} or ordinal or before in MONTHS | DAYS | {"at"} and value < 25:
        return "clock"
    if after in MONTHS | DAYS or before in SEASONS or unit in {"s"} and 1900 < value < 2100:
        return "date"
    if 1980 <= value <= 2040 and len(run) == 1 and "," not in word and not after.endswith("s") and not unit:
        return "date"
    if set(run) & MULTIPLES:
        return "multiple"
    if value == 1 and word in {"one", "1"} and not unit:
        return "duration" if after in LONG_TIMES else "time" if after in SHORT_TIMES else "ordinal"
    if after in LONG_TIMES or unit in {"d", "w", "wk", "wks", "y", "yr", "yrs", "mo"} or then in LONG_TIMES:
        return "duration"
    if after in SHORT_TIMES or unit in SHORT_TIMES:
        return "time"
    if two_before in {"team", "group", "squad"} or (after in CREW and value < 16) or (after == "of" and then == "us"):
        return "crew"
    if unit in {"k", "m", "bn", "mb", "gb", "tb", "kb"}:
        return "multiple"
    return "count"
