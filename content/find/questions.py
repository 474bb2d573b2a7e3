"""Finds the question of the bank that somebody means, however they word it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy

from bot.scoring.lexicon import Lexicon
from content.find.reading import WORD, Reader, plain_text
from content.find.vocabulary import known_words
from content.loader import load_content
from content.schema import Question

LIKENESS = 0.42
"""Cosine from which on two wordings count as the same question; below it none is better than a wrong one: none
of the 318 questions that labelled answers were given to is taken for a wrong situational one above it."""
SURE = 0.64
"""The same for a story or a closing question: what is known of the wrong one would only mislead."""
STORY_ASKED = re.compile(
    r"\b(?:tell me|describe|(?:a|the|one) time|examples?|(?:walk|take|talk) me through|ever|what was|a situation)\b"
    r"|\b(?:did|have|were|had) you\b|\byou(?:ve| have| had)? (?:\w+ed|been|made|led|built|broke|took|gave|found|were)\b"
)
"""Words by which somebody asks for a story and for nothing else, as `plain_text` writes them."""
WOULD_ASKED = re.compile(r"\b(?:do|would|will|should|could) you\b(?!.*\bdifferently\b)|\bwhat now\b")
"""Words by which somebody asks what one would do, where none asks for a story."""
LEAD = 1.25
"""How much more alike the best has to be than the next question."""
RELATED = 0.5
"""What a related word (`Lexicon.related`) counts beside the same word."""

Vector = Mapping[str, float]


class QuestionIndex:
    """Questions, ready to be recognised.

    Likeness is the cosine of word stems weighted by their rarity among the questions (tf-idf), with words of one
    concept counted half as the same word; slips of the pen are read as the words that were meant. A question's own
    wordings always find it.
    """

    def __init__(self, questions: Iterable[Question], lexicon: Lexicon) -> None:
        questions = tuple(questions)
        self._lexicon = lexicon
        asked = {word for question in questions for text in _texts(question) for word in _plain(text)}
        self._reader = Reader(lexicon.stems, known_words(load_content(), lexicon), asked)
        self._exact: dict[tuple[str, ...], Question] = {}
        known = []
        for question in questions:
            for text in _texts(question):
                self._exact.setdefault(_plain(text), question)
                known.append((question, self._terms(text)))
        self._found_in = Counter(term for _, terms in known for term in terms)
        self._size = len(known)
        self._known = [(question, self._weigh(terms)) for question, terms in known]

    def beside(self, more: Sequence[Question]) -> QuestionIndex:
        """An index of these questions and `more`, read and weighed as these are, which costs little."""
        if not more:
            return self
        wider = copy(self)
        wider._exact = {
            _plain(text): question for question in reversed(more) for text in _texts(question)
        } | self._exact
        wider._known = [
            *self._known,
            *((question, self._weigh(self._terms(text))) for question in more for text in _texts(question)),
        ]
        return wider

    def find(self, wording: str) -> Question | None:
        """The question most like `wording`, or None where none is clearly the one.

        Where a story is asked for, only questions for a story are.
        """
        plain = _plain(wording)
        if (question := self._exact.get(plain)) is not None:
            return question
        story = STORY_ASKED.search(" ".join(plain)) is not None
        meant = self._weigh(self._terms(wording))
        likeness: dict[str, tuple[float, Question]] = {}
        for question, vector in self._known:
            if story and question.kind != "behavioral":
                continue
            value = _cosine(meant, vector)
            if value > likeness.get(question.id, (0.0, question))[0]:
                likeness[question.id] = (value, question)
        ranked = sorted(likeness.values(), key=lambda pair: pair[0], reverse=True)
        if not ranked or ranked[0][0] < (LIKENESS if ranked[0][1].kind == "situational" else SURE):
            return None
        if len(ranked) > 1 and ranked[0][0] < LEAD * ranked[1][0]:
            return None
        return ranked[0][1]

    def _terms(self, text: str) -> frozenset[str]:
        reading = self._reader.read(text)
        read = zip(reading.meant, reading.stems, strict=True)
        stems = [stem for word, stem in read if word not in self._lexicon.stop_words]
        return frozenset({*stems, *(f"concept {hit.name}" for hit in self._lexicon.related(stems))})

    def _weigh(self, terms: frozenset[str]) -> Vector:
        return {
            term: math.log(1 + self._size / (1 + self._found_in[term]))
            * (RELATED if term.startswith("concept ") else 1)
            for term in terms
        }


def asks_what_one_would_do(wording: str) -> bool:
    """Whether a question asks what one would do, and not for something that happened."""
    plain = " ".join(_plain(wording))
    return WOULD_ASKED.search(plain) is not None and STORY_ASKED.search(plain) is None


def _texts(question: Question) -> tuple[str, ...]:
    return (str(question.text), *question.wordings)


def _plain(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(plain_text(text)))


def _cosine(one: Vector, other: Vector) -> float:
    """Likeness from 0 to 1; a single shared word proves nothing, nor does one beside the concept it stands for."""
    both = one.keys() & other.keys()
    words = sum(not term.startswith("concept ") for term in both)
    if len(both) < 2 or (words == 1 and len(both) == 2):
        return 0.0
    shared = sum(one[term] * other[term] for term in both)
    lengths = math.sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return shared / lengths if lengths else 0.0
