"""Which question comes next: a pure function of the bank, the programme's wishes and what was asked before.

In this order:

1. what a moderator queued, as it was queued;
2. otherwise only what the programme wishes for and nobody vetoed;
3. of that, nothing that was asked before while anything else is left, then the one asked longest ago;
4. the kind that is furthest behind its share, the latest questions counting most;
5. the archetype that has come up least so far;
6. a lot drawn from the seed, so that the same inputs always give the same question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from content.schema import LEVELS, LevelName, Question, QuestionKind

FADING = 0.85
"""How much less each question weighs than the one after it where shares of kinds are compared, so that a changed
mix shows within days and without a long run of one kind."""

Filter = Literal["kinds", "levels", "archetypes", "themes", "companies", "vetoes"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a programme asks for. An empty collection is no filter."""

    kind_mix: Mapping[QuestionKind, int]
    """The share of each kind in percent; a kind that is absent or 0 is not asked."""
    levels: tuple[LevelName, LevelName] = ("L3", "L7")
    archetypes: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question this programme asked before."""

    question_id: str
    day: date
    kind: str
    archetypes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a choice: a code that `bot.questions.why` has a sentence for, and its values (plain JSON)."""

    code: Literal["queued", "unasked", "longest_ago", "kind", "archetype", "fits", "lot"]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen question and why it was chosen, the strongest reason first."""

    question: Question
    reasons: tuple[Reason, ...]

    @property
    def from_queue(self) -> bool:
        """Whether a moderator had queued it."""
        return any(reason.code == "queued" for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class NothingFits:
    """No question is left by the wishes. `without` says how many there would be if one filter were lifted."""

    without: Mapping[Filter, int]


def choose(
    bank: Iterable[Question],
    wishes: Wishes,
    *,
    seed: str,
    asked: Sequence[Asked] = (),
    queue: Sequence[str] = (),
    vetoed: Collection[str] = (),
) -> Choice | NothingFits:
    """The next question by the rules above.

    `asked` is the programme's history in any order, `queue` the queued ids from first to last. A queued
    question is asked whatever the wishes are, and even again; a vetoed one never is.
    """
    by_id = {question.id: question for question in bank}
    allowed = [question for id_, question in sorted(by_id.items()) if id_ not in vetoed]
    queued = next((by_id[id_] for id_ in queue if id_ in by_id and id_ not in vetoed), None)
    if queued is not None:
        return Choice(queued, (Reason("queued", {}),))
    fitting = [question for question in allowed if _fits(question, wishes)]
    if not fitting:
        return NothingFits(_without_one_filter(list(by_id.values()), allowed, wishes))
    last_asked = _last_asked(asked)
    unasked = [question for question in fitting if question.id not in last_asked]
    fits = Reason("fits", {"of": len(fitting)})
    if not unasked:
        oldest = min(fitting, key=lambda question: (last_asked[question.id], question.id))
        return Choice(oldest, (Reason("longest_ago", {"day": last_asked[oldest.id].isoformat()}), fits))
    first = Reason("unasked", {"others": len(unasked) - 1})
    question, reasons = _balanced(unasked, wishes, asked, seed)
    return Choice(question, (first, *reasons, fits))


def archetype_of(question: Question | Asked, wishes: Wishes) -> str:
    """The archetype a question counts for in the balance: its first one, among those wished for; "" without one."""
    wanted = [name for name in question.archetypes if not wishes.archetypes or name in wishes.archetypes]
    return wanted[0] if wanted else ""


def _balanced(
    pool: Sequence[Question], wishes: Wishes, asked: Sequence[Asked], seed: str
) -> tuple[Question, tuple[Reason, ...]]:
    kind, kind_reasons = _kind_behind(pool, wishes, asked)
    of_kind = [question for question in pool if question.kind == kind]
    counts = Counter(archetype_of(one, wishes) for one in asked if one.kind == kind)
    archetypes = sorted({archetype_of(question, wishes) for question in of_kind})
    fewest = min(counts[name] for name in archetypes)
    rarest = [question for question in of_kind if counts[archetype_of(question, wishes)] == fewest]
    chosen = min(rarest, key=lambda question: sha256(f"{seed} {question.id}".encode()).digest())
    name = archetype_of(chosen, wishes)
    reasons = kind_reasons
    if name and len(archetypes) > 1:
        reasons = (*reasons, Reason("archetype", {"archetype": name, "times": fewest}))
    if len(rarest) > 1:
        reasons = (*reasons, Reason("lot", {"of": len(rarest)}))
    return chosen, reasons


def _kind_behind(
    pool: Sequence[Question], wishes: Wishes, asked: Sequence[Asked]
) -> tuple[QuestionKind, tuple[Reason, ...]]:
    """The kind in the pool that is furthest behind its share, the question to come counted in."""
    kinds: list[QuestionKind] = sorted({question.kind for question in pool})
    weights: dict[str, float] = {}
    for one in sorted(asked, key=lambda one: one.day):
        weights = {kind: weight * FADING for kind, weight in weights.items()}
        weights[one.kind] = weights.get(one.kind, 0) + 1

    def behind(kind: QuestionKind) -> tuple[float, int]:
        share = wishes.kind_mix[kind]
        return share / 100 * (sum(weights.values()) + 1) - weights.get(kind, 0), share

    kind = max(kinds, key=behind)
    if len([share for share in wishes.kind_mix.values() if share > 0]) < 2:
        return kind, ()
    times = sum(one.kind == kind for one in asked)
    return kind, (Reason("kind", {"kind": kind, "share": wishes.kind_mix[kind], "times": times, "of": len(asked)}),)


def _fits(question: Question, wishes: Wishes) -> bool:
    # Only stories have archetypes, and a question that names no company fits every company.
    return (
        wishes.kind_mix.get(question.kind, 0) > 0
        and _overlaps(question.level_range, wishes.levels)
        and (question.kind != "behavioral" or _meets(question.archetypes, wishes.archetypes))
        and _meets(question.themes, wishes.themes)
        and (not question.companies or _meets(question.companies, wishes.companies))
    )


def _meets(names: Iterable[str], wanted: frozenset[str]) -> bool:
    return not wanted or not wanted.isdisjoint(names)


def _overlaps(one: tuple[LevelName, LevelName], other: tuple[LevelName, LevelName]) -> bool:
    return LEVELS.index(one[0]) <= LEVELS.index(other[1]) and LEVELS.index(other[0]) <= LEVELS.index(one[1])


def _last_asked(asked: Iterable[Asked]) -> dict[str, date]:
    last: dict[str, date] = {}
    for one in asked:
        last[one.question_id] = max(one.day, last.get(one.question_id, one.day))
    return last


def _without_one_filter(
    everything: Sequence[Question], allowed: Sequence[Question], wishes: Wishes
) -> Mapping[Filter, int]:
    any_kind: Mapping[QuestionKind, int] = {"behavioral": 1, "situational": 1}
    lifted: dict[Filter, Wishes] = {
        "kinds": replace(wishes, kind_mix=any_kind),
        "levels": replace(wishes, levels=(LEVELS[0], LEVELS[-1])),
        "archetypes": replace(wishes, archetypes=frozenset()),
        "themes": replace(wishes, themes=frozenset()),
        "companies": replace(wishes, companies=frozenset()),
    }
    found: dict[Filter, int] = {
        name: sum(_fits(question, wider) for question in allowed) for name, wider in lifted.items()
    }
    found["vetoes"] = sum(_fits(question, wishes) for question in everything)
    return {name: count for name, count in found.items() if count}
