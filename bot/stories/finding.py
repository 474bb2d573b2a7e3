"""Finding stories: what a story is found by and what a query looks for; `ranking` says how well the two fit. Pure.

A story and a query are both read into terms: `w:` a word's stem, `m:` a matter (words that belong together), `t:` a
theme and `a:` an archetype. So a story that never says "conflict" is found by that word through the themes it shows.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.scoring.lexicon import Lexicon
from content.find import ArchetypeIndex
from content.find.archetypes import OPENER
from content.find.cues import expanded
from content.find.learned import LearnedThemes
from content.find.reading import HANGUL, WORD, Reader, Reading, plain_text
from content.find.themes import ThemeIndex
from content.find.vocabulary import known_words
from content.loader import Content
from content.theme_weights import load_theme_weights

Terms = Mapping[str, float]

FIELDS: Mapping[str, float] = {
    "title": 2.0, "tags": 2.0, "situation": 1.2, "task": 1.0, "action": 1.0, "result": 1.0, "learning": 0.9,
    "tie_in": 0.6, "project": 1.5,
}  # fmt: skip
"""What a word counts by where it stands."""
SENTENCE = re.compile(r"[.!?;\n]+")
LONGEST_PART = 6000
LONGEST_STEM = 40
MOST_WORDS = 40
"""Words of a query that are read."""
SATURATED = 2.0
"""How soon further mentions stop to count (BM25's k1)."""
LENGTH = 0.25
"""How much a long story is held back (BM25's b)."""
USUAL_LENGTH = 60.0
DAMPED = 0.6
"""How much less than twice as much it says where a theme is shown twice as far above what is usual."""
LEARNED, BY_CUES, ASKED_BY_CUES = 0.55, 0.5, 0.4
"""What a theme counts that a story's words have been learned to show, that cues find in it, and that cues find in a
query beside what its words have been learned to ask for."""
LEAST_SHOWN = 0.2
"""What a theme must count to stand in the index: what is less orders nothing and would make every list longer."""
SLIP = 0.85
"""What a word counts that was read for another."""
IN_QUESTION = 0.6
"""What a word counts in an interview question, which asks by themes, beside one that somebody remembers."""
BEGINNING = 0.7
"""What a word counts that begins with what was typed."""
GUESSED = 0.5
"""What an archetype counts that no cue of the query names."""
IMPLIED, IMPLIED_ALONE = 0.2, 0.6
"""What a theme counts that only marks an archetype the query asks for: beside themes it names, and without any."""
SHORTEST = 0.3
"""A story that is shorter than this part of a usual one is read as if it were so long."""
MARKED = 2.5
"""How much a story must be about a theme to count as of its archetype."""
MOST_ARCHETYPES = 2
MOST_THEMES = 8
SHORTEST_SLIP = 4
LONG_WORD = 8
"""From so many letters on, a word may be two slips away from one that we know; shorter ones are often other words."""
ASKING = frozenset(
    [
        "tell",
        "me",
        "about",
        "time",
        "times",
        "when",
        "describe",
        "example",
        "examples",
        "give",
        "experience",
        "situation",
        "situations",
        "story",
        "stories",
        "share",
        "walk",
        "through",
        "how",
        "what",
        "which",
        "who",
        "did",
        "do",
        "you",
        "your",
        "have",
        "had",
        "ever",
        "were",
        "was",
        "most",
        "one",
        "some",
        "something",
        "someone",
        "thing",
        "things",
        "way",
        "really",
        "find",
        "where",
        "that",
        "the",
        "handled",
        "handle",
        "dealt",
        "deal",
        "dealing",
        "with",
        "handling",
        "moment",
        "instance",
    ]
)
"""Words that ask and say nothing of what for."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """What is read of a story: its parts by the names in `FIELDS`."""

    parts: Mapping[str, str]
    archetypes: tuple[str, ...] = ()
    """Those the person chose, the best first."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: terms with their weights; empty where the words say nothing."""

    terms: Terms
    read_as: Mapping[str, str] = field(default_factory=dict)
    """What slips were taken for."""


class Finder:
    """Reads stories and queries, and ranks the one for the other."""

    def __init__(self, content: Content, lexicon: Lexicon) -> None:
        self._stop = lexicon.stop_words
        self._themes_of = {theme.id: theme.archetypes for theme in content.story_themes.values()}
        words = {
            word
            for theme in content.story_themes.values()
            for cue in theme.asked
            for place in cue.split()
            for said in expanded(place, content.word_groups)
            for word in said
        }
        words |= {word for entry in content.related_words.values() for said in entry.words for word in said.split("_")}
        self._known = known_words(content, lexicon) | words
        self._reader = Reader(lexicon.stems, self._known, words)
        self._themes = ThemeIndex(content, self._reader)
        self._learned = LearnedThemes(load_theme_weights())
        self._archetypes = ArchetypeIndex(content, lexicon)
        self._asked_kinds = lru_cache(maxsize=1024)(self._kinds_asked_for)
        self._asked_themes = lru_cache(maxsize=1024)(self._themes_asked_for)
        self._asking = frozenset(map(self._reader.stem, ASKING))

    def terms_of(self, story: StoryText) -> dict[str, float]:
        """What a story is found by, with how much it is about each.

        For words, matters and archetypes that is BM25's share of a term without its rarity; for themes it is how far
        the story shows them above what is usual.
        """
        readings = self._read(story)
        terms: dict[str, float] = defaultdict(float)
        for name, reading in readings:
            worth = FIELDS.get(name, 1.0)
            for term in self._words(reading):
                terms[f"w:{term}"] += worth
            for matter in sorted(self._themes.matters(reading.stems)):
                terms[f"m:{matter}"] += worth
        for archetype, worth in self._kinds(story).items():
            terms[f"a:{archetype}"] += worth
        length = sum(term.startswith("w:") for term in terms)
        norm = SATURATED * (1 - LENGTH + LENGTH * length / USUAL_LENGTH)
        found = {term: worth * (SATURATED + 1) / (worth + norm) for term, worth in terms.items()}
        for theme, worth in self._themes_shown(readings).items():
            found[f"t:{theme}"] = worth
        return {term: round(worth, 2) for term, worth in found.items()}

    def _themes_shown(self, readings: Sequence[tuple[str, Reading]]) -> dict[str, float]:
        """How much a story shows each theme: what its words have been learned to say, and what cues find."""
        learned = self._learned.shown([reading for _, reading in readings])
        worths = {theme: LEARNED * above for theme, above in learned.items()}
        for theme, above in self._themes.above_usual(self._shown(readings)).items():
            worths[theme] = worths.get(theme, 0.0) + BY_CUES * above**DAMPED
        return {theme: worth for theme, worth in worths.items() if worth >= LEAST_SHOWN}

    def asked_reading(self, text: str) -> Reading:
        """A query as it is read: without what only opens it."""
        return self.reading_of(" ".join(OPENER.sub(" ", plain_text(text)).split()[:MOST_WORDS]))

    def themes_of(self, story: StoryText) -> dict[str, float]:
        """How much a story shows each theme, as if all were of the same length."""
        return self._shown(self._read(story))

    def marks_of(self, terms: Terms) -> tuple[str, ...]:
        """The archetypes whose marks a story shows, the most telling first."""
        shown: dict[str, float] = defaultdict(float)
        for theme, archetypes in self._themes_of.items():
            for archetype in archetypes:
                shown[archetype] = max(shown[archetype], terms.get(f"t:{theme}", 0.0))
        return tuple(name for name, worth in _first(shown, MOST_ARCHETYPES) if worth >= MARKED)

    def archetype_of(self, text: str) -> str | None:
        """The kind of story that words ask for; None where they say nothing."""
        found = self._archetypes.rank(text)
        return found[0].archetype.id if found else None

    def archetypes_asked(self, question: str) -> tuple[str, ...]:
        """The kinds of story that a question clearly asks for, the best first."""
        found = self._archetypes.rank(question)
        return tuple(match.archetype.id for match in found[:MOST_ARCHETYPES] if match.clear)

    def stems_of(self, text: str) -> tuple[str, ...]:
        """The stems of the words that say what a query looks for."""
        reading = self.reading_of(text)
        said = zip(reading.words, reading.stems, strict=True)
        return tuple(dict.fromkeys(stem for word, stem in said if self._says(word, stem)))

    def is_unknown(self, stem: str) -> bool:
        """Whether it is no word that we know: a name, a word of the trade, or a slip."""
        return len(stem) >= SHORTEST_SLIP - 1 and stem.isascii() and not stem.isdigit() and stem not in self._known

    def query(
        self, text: str, vocabulary: Collection[str] = (), *, typing: bool = False, as_typed: bool = False
    ) -> Query:
        """What `text` looks for. `vocabulary` are stems of the stories' words, for slips; while `typing`, the last
        word may be the beginning of one. With `as_typed` no slip is looked for.
        """
        typed = self.asked_reading(text)
        meant = {} if as_typed else {word: self._meant(word, vocabulary) for word in typed.words}
        read_as = {word: other for word, other in meant.items() if other != word}
        words = tuple(read_as.get(word, word) for word in typed.words)
        stems = tuple(
            self._reader.stem(word) if word in self._known else self._stem_of(word, vocabulary) for word in words
        )
        reading = Reading(typed.words, words, stems, typed.korean)
        terms: dict[str, float] = {}
        question = is_question(text)
        remembered = IN_QUESTION if question else 1.0
        for word, stem in zip(typed.words, stems, strict=True):
            if self._says(word, stem):
                terms[f"w:{stem}"] = remembered * (SLIP if word in read_as else 1.0)
        for pair in _pairs(typed.korean):
            terms[f"w:{pair}"] = 1.0
        if typing and typed.words:
            self._begun(typed.words[-1], vocabulary, terms)
        telling = [stem for word, stem in zip(words, stems, strict=True) if self._says(word, stem)]
        terms |= {f"m:{matter}": remembered for matter in sorted(self._themes.matters(telling))}
        for theme, worth in _first(self._asked_themes(reading, question), MOST_THEMES):
            terms[f"t:{theme}"] = worth
        implied_worth = IMPLIED if any(term.startswith("t:") for term in terms) else IMPLIED_ALONE
        if not terms:
            return Query({}, read_as)
        kinds = self._asked_kinds(" ".join(word for word in words if word in self._known or HANGUL.search(word)))
        for archetype, worth in kinds.items():
            terms[f"a:{archetype}"] = worth
        for theme, archetypes in self._themes_of.items():
            implied = max((kinds.get(archetype, 0.0) for archetype in archetypes), default=0.0)
            if implied:
                terms.setdefault(f"t:{theme}", implied_worth * implied)
        return Query(terms, read_as)

    def _themes_asked_for(self, reading: Reading, question: bool) -> dict[str, float]:
        said = any(self._says(word, stem) for word, stem in zip(reading.words, reading.stems, strict=True))
        asked = self._learned.asked(reading, question=question) if said else {}
        for theme, worth in self._themes.asked(reading).items():
            asked[theme] = max(asked.get(theme, 0.0), ASKED_BY_CUES * worth)
        return asked

    def _kinds_asked_for(self, text: str) -> dict[str, float]:
        found = self._archetypes.rank(text)
        if not found:
            return {}
        best = found[0].score
        if not found[0].clear:
            return {found[0].archetype.id: GUESSED}
        return {match.archetype.id: match.score / best for match in found[:MOST_ARCHETYPES] if match.clear}

    def _read(self, story: StoryText) -> list[tuple[str, Reading]]:
        """The sentences of a story, each with the name of its part."""
        return [
            (name, self.reading_of(sentence[start : start + 1000]))
            for name, text in story.parts.items()
            for sentence in SENTENCE.split(text[:LONGEST_PART])
            for start in range(0, len(sentence), 1000)
        ]

    def _shown(self, readings: Sequence[tuple[str, Reading]]) -> dict[str, float]:
        words = sum(len(self._words(reading)) for _, reading in readings)
        shown = self._themes.shown([reading for _, reading in readings])
        return {theme: worth / math.sqrt(max(words / USUAL_LENGTH, SHORTEST)) for theme, worth in shown.items()}

    def _kinds(self, story: StoryText) -> dict[str, float]:
        kinds: dict[str, float] = defaultdict(float)
        for place, archetype in enumerate(story.archetypes):
            kinds[archetype] += 2.0 / (1 + place)
        return kinds

    def reading_of(self, text: str) -> Reading:
        """A sentence as it is read, at most 400 words of it."""
        plain = plain_text(text)
        words = tuple(WORD.findall(plain)[:400])
        korean = "".join(word for word in words if HANGUL.search(word))
        return Reading(words, words, tuple(map(self._reader.stem, words)), korean)

    def _words(self, reading: Reading) -> list[str]:
        said = [stem for word, stem in zip(reading.words, reading.stems, strict=True) if self._says(word, stem)]
        return [stem[:LONGEST_STEM] for stem in said] + _pairs(reading.korean)

    def _says(self, word: str, stem: str) -> bool:
        return (
            word not in self._stop
            and stem not in self._asking
            and (len(word) > 1 or word.isdigit())
            and not HANGUL.search(word)
        )

    def _stem_of(self, word: str, vocabulary: Collection[str]) -> str:
        return word if word in vocabulary else self._reader.stem(word)

    def _meant(self, word: str, vocabulary: Collection[str]) -> str:
        """The word that `word` is a slip of: one of the stories if there is one as near, else one we know."""
        stem = self._reader.stem(word)
        if (
            len(word) < SHORTEST_SLIP
            or not word.isascii()
            or word.isdigit()
            or not {word, stem}.isdisjoint(self._known)
            or stem in vocabulary
        ):
            return word
        allowed = 1 if len(word) < 6 else 2
        near = _nearest(stem, vocabulary, allowed)
        ours = self._reader.read(word).meant[:1]
        known = ours[0] if ours and ours[0] != word else None
        if known is not None and OSA.distance(word, known) > (1 if len(word) < LONG_WORD else 2):
            known = None
        if near is None:
            return known or word
        if known is not None and OSA.normalized_distance(word, known) < OSA.normalized_distance(stem, near):
            return known
        return near

    def _begun(self, word: str, vocabulary: Collection[str], terms: dict[str, float]) -> None:
        stem = self._reader.stem(word)
        for known in sorted(known for known in vocabulary if known.startswith(stem) and known != stem)[:8]:
            terms.setdefault(f"w:{known}", BEGINNING)


def is_question(text: str) -> bool:
    """Whether a query is put as an interview question is."""
    return text.rstrip().endswith("?") or OPENER.search(plain_text(text)) is not None


def _nearest(stem: str, vocabulary: Collection[str], allowed: int) -> str | None:
    found = process.extract(stem, sorted(vocabulary), scorer=OSA.distance, score_cutoff=allowed, limit=3)
    best = sorted(found, key=lambda hit: (hit[1] + 0.5 * (hit[0][:1] != stem[:1]), hit[0]))
    return str(best[0][0]) if best else None


def _pairs(korean: str) -> list[str]:
    return [korean[at : at + 2] for at in range(len(korean) - 1)]


def _first(values: Mapping[str, float], most: int) -> Sequence[tuple[str, float]]:
    return sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
