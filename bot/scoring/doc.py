"""An answer as the rules see it: sentences with what was found in them, their labels, and ways to ask about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.scoring.guard import MappedText
from bot.scoring.lexicon import Hit, Lexicon
from bot.scoring.report import LABELS, Evidence, Kind, Label

Actor = Literal["own", "team", "other", "none"]


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """A key point in plain words, and other wordings that count as well."""

    text: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known of a question beside its words; only checks ask for it, and nothing of it moves the rating.

    Ids are those of the content. `must_not` are rows of what must not be done, `lead_round` says that the question is
    asked in a round for leads.
    """

    question_type: str | None = None
    canonical_story: str | None = None
    archetypes: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    lead_round: bool = False

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Asking:
        """What `dataclasses.asdict` made of an asking, also after a journey as JSON; what is missing is not known."""
        return cls(
            question_type=stored.get("question_type"),
            canonical_story=stored.get("canonical_story"),
            archetypes=tuple(stored.get("archetypes", ())),
            must_not=tuple(stored.get("must_not", ())),
            lead_round=bool(stored.get("lead_round", False)),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What is scored. `points` are key points in plain words; only situational answers are held against them."""

    text: str
    kind: Kind = "behavioral"
    question: str = ""
    points: tuple[str | KeyPoint, ...] = ()
    target_level: str | None = None
    asking: Asking = Asking()

    def key_points(self) -> tuple[KeyPoint, ...]:
        """The points, each with its other wordings where it has any."""
        return tuple(KeyPoint(p) if isinstance(p, str) else p for p in self.points)


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with who did it: `own` (I), `team` (we), `other` (somebody or something else), `none` (left out)."""

    actor: Actor
    verb: str
    first: int
    last: int
    action: bool
    past: bool


@dataclass(frozen=True, slots=True)
class Passive:
    """A passive verb; `agentless` where nobody is named and the sufferer is a thing."""

    first: int
    last: int
    agentless: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of the text; `outcome` where it can measure a result, as a date or the size of a team cannot."""

    first: int
    last: int
    value: float | None
    outcome: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its words without fillers, where they stand in the cleaned text, and what was found.

    Without `substance` (no act, no number, no telling phrase) it counts for nothing and moves nothing. `chances` say
    how likely each label is, in the order of `LABELS`; they are empty where nothing is told.
    """

    index: int
    start: int
    end: int
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    after_comma: frozenset[int]
    named: Label | None
    question: bool
    hits: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)
    clauses: tuple[Clause, ...] = ()
    passives: tuple[Passive, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    hypothetical: int = 0
    substance: bool = True
    label: Label = "O"
    chances: tuple[float, ...] = ()

    def has(self, *names: str) -> bool:
        """Whether a phrase of any of these lists stands here."""
        return not self.hits.keys().isdisjoint(names)

    def count(self, name: str) -> int:
        """How often phrases of one list stand here."""
        return len(self.hits.get(name, ()))

    def acts(self, *actors: Actor) -> int:
        """Number of action clauses of these actors, in the past or told in the present."""
        return sum(c.action and c.actor in actors for c in self.clauses)

    def outcome_numbers(self) -> int:
        """Number of quantities that can measure a result."""
        return sum(q.outcome for q in self.quantities)

    def chance(self, *labels: Label) -> float:
        """How likely it is, from 0 to 1, that the sentence is one of these parts."""
        return sum(self.chances[LABELS.index(label)] for label in labels) if self.chances else 0.0

    def labelled(self, label: Label, chances: tuple[float, ...] = ()) -> Sentence:
        """The same sentence with its label and how likely each label is."""
        return replace(self, label=label, chances=chances)


@dataclass(frozen=True, slots=True)
class Doc:
    """A read answer. `labels` were set by `segment`; rules only ask. `asked` names the lists the question touches."""

    answer: Answer
    mapped: MappedText
    scored_characters: int
    sentences: tuple[Sentence, ...]
    word_count: int
    lexicon: Lexicon
    asked: frozenset[str] = frozenset()

    def of(self, *labels: Label) -> Iterator[Sentence]:
        """The sentences of substance with one of these labels."""
        return (s for s in self.sentences if s.label in labels and s.substance)

    def words_in(self, *labels: Label) -> int:
        """Number of words under these labels."""
        return sum(len(s.words) for s in self.of(*labels))

    def share(self, *labels: Label) -> float:
        """Share of the words under these labels among all words of the story (aside and greeting left out)."""
        whole = self.words_in("S", "T", "A", "R", "L")
        return self.words_in(*labels) / whole if whole else 0.0

    def total(self, *names: str) -> int:
        """How often phrases of these lists stand in the whole answer."""
        return sum(s.count(name) for s in self.sentences for name in names)

    def quote(self, sentence: Sentence, first: int | None = None, last: int | None = None) -> Evidence:
        """The sentence, or its words from `first` up to `last`, as it stands in the text as posted."""
        start = sentence.start if first is None else sentence.places[first][0]
        end = sentence.end if last is None else sentence.places[last - 1][1]
        raw_start, raw_end = self.mapped.raw(start, end)
        return Evidence(self.answer.text[raw_start:raw_end], raw_start, raw_end)
