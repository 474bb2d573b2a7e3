"""A reply as its rules read it: sentences, and which phrases stand where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.base.text import Text, t
from bot.scoring.abstain import english_share
from bot.scoring.annotate import read
from bot.scoring.doc import Answer, Doc, Sentence
from bot.scoring.lexicon import Hit, Tree, walk
from bot.scoring.report import Evidence
from bot.scoring.rubric import Rules

LEAST_WORDS = 3
"""Words a reply needs before anything is said of it."""
READABLE_AFTER = 8
"""Words from which on the language is judged."""


@dataclass(frozen=True, slots=True)
class FollowUpCues:
    """The phrase lists of the follow-ups, as one tree, with the version that a report records."""

    version: str
    tree: Tree = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Heard:
    """A read reply: each sentence with the phrases found in it, by the name of their list."""

    doc: Doc
    found: tuple[Mapping[str, tuple[Hit, ...]], ...]

    @property
    def words(self) -> int:
        """Number of words read."""
        return sum(len(sentence.words) for sentence in self.doc.sentences)

    def sentences(self, *names: str) -> Iterator[Sentence]:
        """The sentences in which a phrase of one of these lists stands."""
        for sentence, lists in zip(self.doc.sentences, self.found, strict=True):
            if any(name in lists for name in names):
                yield sentence

    def hits(self, sentence: Sentence, name: str) -> tuple[Hit, ...]:
        """The phrases of one list in a sentence."""
        return self.found[sentence.index].get(name, ())

    def first(self, *names: str) -> Evidence | None:
        """The first sentence in which a phrase of one of these lists stands, quoted."""
        sentence = next(self.sentences(*names), None)
        return None if sentence is None else self.doc.quote(sentence)

    def count(self, *names: str) -> int:
        """In how many sentences such a phrase stands."""
        return sum(1 for _ in self.sentences(*names))


def hear(text: str, rules: Rules, cues: FollowUpCues) -> Heard:
    """Read a reply. Never raises, for any text."""
    doc = read(Answer(text), rules.lexicon, int(rules.rubric.limit("cap")))
    found = []
    for sentence in doc.sentences:
        lists: dict[str, tuple[Hit, ...]] = {}
        for hit in walk(cues.tree, sentence.words):
            lists[hit.name] = (*lists.get(hit.name, ()), hit)
        found.append(lists)
    return Heard(doc, tuple(found))


def unreadable(heard: Heard, rules: Rules) -> Text | None:
    """Why nothing is said of this reply, with what would help; None where it can be judged."""
    words = [word for sentence in heard.doc.sentences for word in sentence.words]
    if not words:
        return t("There are no words here that I can read. Write the reply as you would say it, in English.")
    if len(words) >= READABLE_AFTER and english_share(heard.doc, words) < rules.rubric.limit("english_share"):
        return t("I can only read English so far, so I say nothing of this reply. It is kept as you wrote it.")
    if len(words) < LEAST_WORDS and not any(heard.sentences("nothing", "nothing_hard")):
        return t("That is too short to say anything of. Two or three sentences are what an interviewer waits for.")
    return None
