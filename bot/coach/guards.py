"""The checks on what came back: whatever does not hold against the text that was sent is left out, and counted.

A reply is not trusted more than the text it read: an answer may ask a model for anything, and a model may obey.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.coach.advice import (
    Advice,
    Criterion,
    Opinion,
    RawAdvice,
    RawCriterion,
    RawExample,
    Remark,
)
from bot.coach.facts import invents_a_name, invents_an_address, is_built_from, is_english
from bot.coach.masking import BARE, restore, restore_names
from bot.coach.numbers import FIGURE, invents_a_number
from bot.coach.prompt import instruction_shingles
from bot.coach.quotes import find_quote
from bot.coach.wording import SPEAKS, leaks, problem_of, speaks_of_itself

MOST_OBSERVATIONS = 3
MOST_PROBES = 3
MOST_STEPS = 4
LONGEST_SENTENCE = 320
LONGEST_PASSAGE = 1200
SHORTEST = 12
LEAST_CRITERIA = 3
LEAST_EXAMPLE_QUOTES = 2
RATED_AS_ABSENT = 2.0
"""The highest rating of a criterion for which no words are quoted."""
FARTHEST = 1.0
"""How many points the second opinion may lie from the rules: whatever a text talks a model into moves it no further."""

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a reply is held against: the masked texts as sent, what is behind their placeholders, the rules' rating."""

    answer: str
    question: str
    originals: Mapping[str, str]
    rule_rating: float | None = None


@dataclass(slots=True)
class _Keeper:
    """Keeps what passes, up to a number, and counts the rest."""

    left_out: int = 0
    seen: set[str] = field(default_factory=set)

    def keep(self, raw: Sequence[T], check: Callable[[T], K | None], most: int) -> tuple[K, ...]:
        kept = [item for item in map(check, raw) if item is not None][:most]
        self.left_out += len(raw) - len(kept)
        return tuple(kept)


def checked(raw: RawAdvice, sent: Sent) -> Advice:
    """What of a reply may be shown to the author of the answer."""
    checks, keeper = _Checks(sent), _Keeper()
    observations = keeper.keep(raw.observations, lambda o: checks.remark(o.quote, o.observation), MOST_OBSERVATIONS)
    probes = keeper.keep(raw.probes, lambda p: checks.probe(p.quote, p.question), MOST_PROBES)
    plan = keeper.keep(raw.rewrite_plan, lambda s: checks.step(s.quote, s.step), MOST_STEPS)
    example = checks.example(raw.example)
    if raw.example.passage.strip() and not example:
        keeper.left_out += 1
    criteria = keeper.keep(_once_each(raw.second_opinion), checks.criterion, len(raw.second_opinion))
    keeper.left_out += len(raw.second_opinion) - len(_once_each(raw.second_opinion))
    opinion = _opinion(criteria)
    trusted = opinion is not None and not checks.speaks_to_a_reader() and _near(opinion.overall, sent.rule_rating)
    withheld = opinion is not None and not trusted
    if opinion is None:
        keeper.left_out += len(criteria)
    return Advice(
        observations=observations,
        probes=probes,
        plan=plan,
        example=example,
        opinion=None if withheld else opinion,
        opinion_withheld=withheld,
        left_out=keeper.left_out,
    )


class _Checks:
    """The checks of one reply."""

    def __init__(self, sent: Sent) -> None:
        self._sent = sent

    def speaks_to_a_reader(self) -> bool:
        """Whether the answer says things to a model that reads it: then no number of that model is shown."""
        return SPEAKS.search(_readable(self._sent.answer)) is not None

    def remark(self, quote: str, text: str) -> Remark | None:
        """An observation: its words stand in the answer, and its sentence passes."""
        found, sentence = self._evidence(quote), self._remark(text)
        return Remark(quote=found, text=sentence) if found and sentence else None

    def probe(self, quote: str, text: str) -> Remark | None:
        """A question back."""
        return self.remark(quote, text) if text.rstrip().endswith("?") else None

    def step(self, quote: str, text: str) -> Remark | None:
        """A step of the plan; without a quote it is about something missing."""
        found = self._evidence(quote) if quote.strip() else ""
        sentence = self._remark(text)
        return Remark(quote=found, text=sentence) if found is not None and sentence else None

    def example(self, example: RawExample) -> str:
        """A passage of the person's own facts; empty where it is not one."""
        quotes = {found for found in map(self._evidence, example.quotes) if found}
        if len(quotes) < LEAST_EXAMPLE_QUOTES or not is_built_from(example.passage, self._sent.answer):
            return ""
        return self._sentence(example.passage, LONGEST_PASSAGE) or ""

    def criterion(self, raw: RawCriterion) -> Criterion | None:
        """A line of the second opinion; without a quote it says that the part is missing, so it is low."""
        rating = float(raw.rating)
        found = self._evidence(raw.quote) if raw.quote.strip() else ""
        reason = self._remark(raw.reason)
        if found is None or reason is None or (not found and rating > RATED_AS_ABSENT):
            return None
        return Criterion(name=raw.criterion, quote=found, reason=reason, rating=rating)

    def _evidence(self, quote: str) -> str | None:
        """The author's own words, names restored; None where they are not in what was sent, or speak to a reader."""
        found = find_quote(_with_brackets(quote), self._sent.answer)
        if found is None or SPEAKS.search(_readable(found)):
            return None
        return restore(found, self._sent.originals)

    def _remark(self, text: str) -> str | None:
        return None if speaks_of_itself(text) else self._sentence(text, LONGEST_SENTENCE)

    def _sentence(self, text: str, longest: int) -> str | None:
        """A sentence of the coach as its reader gets it; None where it may not be shown."""
        text = " ".join(text.split())
        if not SHORTEST <= len(text) <= longest:
            return None
        plain = _readable(text)
        if problem_of(plain) or leaks(plain, instruction_shingles()):
            return None
        sources = (_readable(self._sent.answer), _readable(self._sent.question))
        if invents_a_number(BARE.sub(" ", text), BARE.sub(" ", self._sent.answer)) or invents_a_name(plain, *sources):
            return None
        if invents_an_address(plain, sources[0]) or not is_english(plain, sources[0]):
            return None
        return restore_names(text, self._sent.originals)


def _readable(text: str) -> str:
    """Without placeholders, which are ours: checks look at the words around them."""
    return BARE.sub("somebody", text.replace(FIGURE, "figure"))


def _with_brackets(quote: str) -> str:
    return BARE.sub(lambda found: f"[{found.group(1)}]", quote)


def _once_each(criteria: Iterable[RawCriterion]) -> list[RawCriterion]:
    """The first line of each criterion."""
    first: dict[str, RawCriterion] = {}
    for criterion in criteria:
        first.setdefault(criterion.criterion, criterion)
    return list(first.values())


def _opinion(criteria: Sequence[Criterion]) -> Opinion | None:
    """The mean of the lines to the half point; None where too few of them held."""
    if len(criteria) < LEAST_CRITERIA:
        return None
    mean = sum(criterion.rating for criterion in criteria) / len(criteria)
    return Opinion(overall=round(mean * 2) / 2, criteria=tuple(criteria))


def _near(overall: float, rule_rating: float | None) -> bool:
    """Whether a second opinion may stand beside the rules; beside no rating there is none."""
    return rule_rating is not None and abs(overall - rule_rating) <= FARTHEST
