"""The steps that a question of each type is heard for (S2.3), and whether an answer is heard to take them.

A step is heard where anything at all speaks for it: a phrase of its lists, what others are told to have said or wanted,
figures, a lesson. It is noted only where nothing does, and, if it can be told in any words, only in an answer that is
thin otherwise, since a note that is wrong costs more than one that is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.base.text import Text, t
from bot.scoring.checks.registry import GOOD, THIN, Looked
from bot.scoring.doc import Asking, Sentence

Heard = Callable[[Looked], bool]

SAID = frozenset({"said", "told", "explained", "replied", "answered", "argued", "held", "claimed", "insisted",
                  "pointed", "thought", "felt", "feared", "believed", "doubted", "knew", "worried", "objected",
                  "preferred", "wanted", "needed", "hoped", "cared", "hated", "liked", "loved", "disliked",
                  "refused", "resisted", "opposed", "favoured", "favored", "complained", "asked", "warned",
                  "wants", "fears", "prefers", "insists", "objects", "says", "thinks", "needs", "goes",
                  "expected", "expects", "trusted"})  # fmt: skip
"""Verbs with which somebody is given a view of their own."""
NOT_OTHERS = frozenset(
    {"i", "we", "i'd", "i've", "to", "be", "was", "were", "is", "are", "been", "got", "not", "never"}
)
BETWEEN = frozenset({"also", "always", "really", "still", "just", "only", "then", "even", "had", "simply", "rightly"})
UNKNOWN = frozenset({"whether", "unknown", "unclear", "unsure", "nobody", "ambiguous", "uncertain", "guess",
                     "guessed", "guesses", "vague", "question", "questions", "unknowns", "assumed",
                     "assumption", "assumptions", "missing", "undocumented", "unlabelled", "unspecified"})  # fmt: skip
KNOWING = frozenset({"know", "known", "knew", "tell", "sure", "clear", "say", "said", "see", "decide", "agree",
                     "idea", "spec", "specification", "requirements", "data", "budget", "document",
                     "documentation", "description", "described", "documented", "defined", "explain", "predict",
                     "measured"})  # fmt: skip
DENIED = frozenset({"no", "not", "never", "nobody", "none", "nothing", "neither", "without", "cannot", "hardly"})
DENIAL_REACH = 4
LATE = 0.6
"""Share of the answer after which “now” and “today” tell what has changed since."""
NOWADAYS = frozenset({"now", "today", "nowadays", "since", "afterwards", "anymore", "days", "ever", "later", "twice",
                      "still"})  # fmt: skip
UNCOUNTED = frozenset({"ordinal", "name", "crew", "date", "clock"})
ANY = 6.0
"""Above every rating."""
PLATITUDE = 1
APPLIED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a question type: what it is called, and how it is heard.

    `below` is the rating under which it is missed: the more words there are for a step, the likelier it was told in
    others that no list holds.
    """

    name: Text
    heard: Heard
    below: float = THIN


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the steps of a type are asked for: questions of these archetypes or stories.

    A question about mentoring counts as one about influence in the content, and is not heard for evidence and
    concessions. What is only known by its type is always asked.
    """

    archetypes: frozenset[str]
    stories: frozenset[str]

    def holds(self, asking: Asking) -> bool:
        """Whether the steps are asked for here; the story decides where there is one."""
        if asking.canonical_story is not None:
            return asking.canonical_story in self.stories
        return not asking.archetypes or asking.archetypes[0] in self.archetypes


def _says(*names: str) -> Heard:
    return lambda looked: any(s.has(*names) for s in looked.doc.sentences)


def _told(looked: Looked) -> Iterator[Sentence]:
    return (s for s in looked.doc.sentences if not s.hypothetical)


def _view_of_others(looked: Looked) -> bool:
    """Whether somebody else is told to have said, wanted or feared something, or is granted a point."""
    return any(s.has("step_their_side", "empathy", "concession") or _others_speak(s) for s in looked.doc.sentences)


def _others_speak(sentence: Sentence) -> bool:
    words = sentence.words
    for k, word in enumerate(words):
        if word in SAID and k:
            doer = k - 1
            while doer and words[doer] in BETWEEN:
                doer -= 1
            if words[doer] not in NOT_OTHERS | BETWEEN:
                return True
    return False


def _own_view(looked: Looked) -> bool:
    own = any(clause.actor == "own" for s in looked.doc.sentences for clause in s.clauses)
    return own or _says("step_own_side", "opinion")(looked)


def _agreement(looked: Looked) -> bool:
    """Whether the two sides came nearer; with somebody above brought in, or in the right alone, words must say so."""
    if _says("step_settled", "concession")(looked):
        return True
    forced = not looked.flags.isdisjoint({"self_righteous", "escalates_first"})
    return not forced and _says("step_approach", "empathy", "direct_talk", "talked_with")(looked)


def _disagreement(looked: Looked) -> bool:
    return looked.facts.trouble > 0 or _says("step_disagreement", "conflict")(looked)


def _figures(looked: Looked) -> bool:
    return any(q.kind not in UNCOUNTED for s in looked.doc.sentences for q in s.quantities)


def _evidence(looked: Looked) -> bool:
    return _figures(looked) or _says("step_evidence", "evidence_check")(looked)


def _own_part(looked: Looked) -> bool:
    """Whether the speaker names a part of their own, or draws a lesson from it; what is said in defence names none."""
    if looked.facts.learning > PLATITUDE and "blames_others" not in looked.flags:
        return True
    earnest = [s for s in _told(looked) if not s.has("ironic_fault", "alibi")]
    return any(s.has("step_own_part", "self_fault") for s in earnest)


def cost_told(looked: Looked) -> bool:
    """Whether harm is told: lost, late, broken, complained of, or trouble in any words."""
    return looked.facts.trouble >= 1 or _says("harm", "bad_end")(looked)


def _lesson(looked: Looked) -> bool:
    return looked.facts.learning > 0 or "no_learning" not in looked.flags


def _used_since(looked: Looked) -> bool:
    """Whether something is done otherwise since: a habit, a rule, or a word of today near the end."""
    if looked.facts.learning >= APPLIED or _says("step_used_since", "now_practice")(looked):
        return True
    count = len(looked.doc.sentences)
    late = [s for s in _told(looked) if s.index >= LATE * (count - 1)]
    return any(not NOWADAYS.isdisjoint(s.words) or s.has("durable", "adoption") for s in late)


def _unknown(looked: Looked) -> bool:
    """Whether something is told that was not known: a question, a guess, a word of knowing denied, trouble."""
    return looked.facts.trouble > 0 or any(
        s.has("step_unknown", "ambiguity_signal") or _not_known(s) for s in looked.doc.sentences
    )


def _not_known(sentence: Sentence) -> bool:
    words = sentence.words
    if sentence.question or not UNKNOWN.isdisjoint(words):
        return True
    denials = [k for k, word in enumerate(words) if word in DENIED or word.endswith("n't")]
    return any(not KNOWING.isdisjoint(words[k + 1 : k + 1 + DENIAL_REACH]) for k in denials)


def _decided(looked: Looked) -> bool:
    return looked.facts.rationale > 0 or _says("step_yardstick")(looked)


def _left_to_flags(_: Looked) -> bool:
    """A result that is missing is a finding of its own (`no_result`), and is not said twice."""
    return True


def _differently(looked: Looked) -> bool:
    closing = [s for s in looked.doc.sentences if s.label == "L" and s.has("retrospective")]
    return looked.facts.learning > PLATITUDE or bool(closing) or _says("now_practice")(looked)


STEPS: dict[str, tuple[Step, ...]] = {
    "type-influence": (
        Step(t("evidence"), _evidence),
        Step(t("their concerns"), _view_of_others),
        Step(t("a compromise or a small trial"), _agreement, below=GOOD),
        Step(t("result"), _left_to_flags),
    ),
    "type-conflict": (
        Step(t("what you disagreed about"), _disagreement),
        Step(t("their position"), _view_of_others),
        Step(t("your position"), _own_view),
        Step(t("the way to an agreement"), _agreement, below=GOOD),
        Step(t("result and lesson"), _left_to_flags),
    ),
    "type-failure": (
        Step(t("your part"), _own_part),
        Step(t("what it cost"), cost_told),
        Step(t("the lesson"), _lesson, below=ANY),
        Step(t("where you used it since"), _used_since, below=ANY),
    ),
    "type-ambiguity": (
        Step(t("what was not known"), _unknown),
        Step(t("options considered"), _says("options", "second_option")),
        Step(t("how you decided"), _decided),
        Step(t("how the risk was kept small"), _says("step_risk")),
        Step(t("outcome"), _left_to_flags),
        Step(t("what you would do differently"), _differently, below=ANY),
    ),
    "type-cross-functional": (
        Step(t("what it means for the business"), _says("step_business_terms", "business_effect")),
        Step(t("their concerns"), _view_of_others),
        Step(t("honest expectations"), _says("step_expectations")),
        Step(t("how they were kept up to date"), _says("step_regular_word"), below=ANY),
    ),
}
"""The steps of `content/question_types.yaml` (S2.3)."""

SCOPES: dict[str, Scope] = {
    "type-influence": Scope(
        frozenset({"cross-functional", "disagreement"}),
        frozenset({"story-influence", "story-pushed-back", "story-disagreed-with-senior"}),
    ),
    "type-conflict": Scope(
        frozenset({"disagreement", "cross-functional"}),
        frozenset({"story-pushed-back", "story-disagreed-with-senior", "story-influence"}),
    ),
    "type-failure": Scope(
        frozenset({"incident-you-caused", "decide-differently", "customer-empathy", "cross-functional"}),
        frozenset({"story-wrong-big", "story-project-failed", "story-deadline"}),
    ),
    "type-ambiguity": Scope(
        frozenset({"zero-to-one", "decide-differently"}), frozenset({"story-hardest-decision", "story-deadline"})
    ),
    "type-cross-functional": Scope(
        frozenset({"cross-functional"}),
        frozenset({"story-deadline", "story-influence", "story-pushed-back"}),
    ),
}
"""Where the steps of each type are asked for."""


def missing(looked: Looked) -> list[Text]:
    """The steps that the question's type asks for and nothing in the answer speaks for, in the type's order."""
    asking = looked.doc.answer.asking
    kind = asking.question_type or ""
    if kind not in STEPS or not SCOPES[kind].holds(asking):
        return []
    return [step.name for step in STEPS[kind] if looked.rating < step.below and not step.heard(looked)]
