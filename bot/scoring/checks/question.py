"""What the type of a question asks for: `missing_steps`, and `must_not` in situational answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.base.text import Text, t
from bot.scoring.checks.registry import Looked, Noted, check
from bot.scoring.doc import Answer, Asking, Sentence
from bot.scoring.points import cover

SHUNNED = frozenset({"not", "never", "don't", "avoid", "without", "instead", "wouldn't", "won't", "rather", "no",
                     "mustn't", "shouldn't", "can't", "cannot", "nor", "tempting", "wrong", "worst", "mistake",
                     "refuse", "stop", "unless"})  # fmt: skip
"""Words beside which something is named to be left undone."""


VIEWS = frozenset({"wanted", "feared", "argued", "preferred", "insisted", "objected", "favoured", "favored", "worried",
                   "believed", "doubted", "wants", "fears", "prefers", "insists", "objects"})  # fmt: skip
NOT_OTHERS = frozenset({"i", "we", "never", "always", "really", "also", "was", "were", "and", "had", "still", "just"})


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a question type: what it is called, and the lists or part of the story that show it.

    `others` says that a view held by somebody else shows it too, by whatever name they go.
    """

    name: Text
    lists: tuple[str, ...]
    part: str = ""
    others: bool = False


STEPS: dict[str, tuple[Step, ...]] = {
    "type-influence": (
        Step(t("evidence"), ("step_evidence", "evidence_check")),
        Step(t("their concerns"), ("step_their_side", "empathy", "obstacle"), others=True),
        Step(t("what you gave, or a small trial"), ("step_agreement", "options")),
        Step(t("result"), ("result_phrase", "change_verb", "adoption"), "R"),
    ),
    "type-conflict": (
        Step(t("what you disagreed about"), ("step_disagreement", "conflict", "tension")),
        Step(t("their position"), ("step_their_side", "empathy"), others=True),
        Step(t("your position"), ("step_own_side",)),
        Step(t("the way to an agreement"), ("step_agreement", "direct_talk")),
        Step(t("result and lesson"), ("result_phrase", "change_verb", "adoption", "reaction"), "R"),
    ),
    "type-failure": (
        Step(t("your part"), ("step_own_part", "self_fault")),
        Step(t("what it cost"), ("harm",)),
        Step(t("the lesson"), ("learning", "lesson_frame", "retrospective"), "L"),
        Step(t("where you used it since"), ("step_used_since", "now_practice", "durable")),
    ),
    "type-ambiguity": (
        Step(t("what was not known"), ("step_unknown", "ambiguity_signal")),
        Step(t("options considered"), ("options",)),
        Step(t("how you decided"), ("step_yardstick",)),
        Step(t("how the risk was kept small"), ("step_risk",)),
        Step(t("outcome"), ("result_phrase", "change_verb"), "R"),
        Step(t("what you would do differently"), ("retrospective", "lesson_frame", "learning", "now_practice"), "L"),
    ),
    "type-cross-functional": (
        Step(t("what it means for the business"), ("step_business_terms", "business_effect")),
        Step(t("their concerns"), ("step_their_side", "empathy", "obstacle"), others=True),
        Step(t("honest expectations"), ("step_expectations",)),
        Step(t("how they were kept up to date"), ("step_regular_word",)),
    ),
}
"""The steps of `content/question_types.yaml` (S2.3), and the phrase lists that show each."""


@check(
    code="missing_steps",
    name=t("Steps that the question asks for are left out"),
    version=1,
    source=("S2.3", "S2.7"),
    why=t("A question of this type is heard for certain steps, and some of them are missing."),
    advice=t("Add a sentence for each missing step; one is enough."),
    examples=(
        Answer(
            "The vendor list was unclear and nobody knew the load. I picked the smaller machine, because it was "
            "cheap. It worked and the bill fell by a third. Next time I would ask for a test.",
            asking=Asking(question_type="type-ambiguity"),
        ),
        Answer(
            "We disagreed about the batch. I wanted streaming because applicants waited. I built it in three weeks. "
            "The share who gave up fell to 9%.",
            asking=Asking(question_type="type-conflict"),
        ),
    ),
    counterexamples=(
        Answer(
            "We disagreed about the batch. He wanted it because auditors rerun days, and that was a fair concern. I "
            "wanted streaming because applicants waited. We agreed on a trial, and the share who gave up fell to 9%.",
            asking=Asking(question_type="type-conflict"),
        ),
        Answer("I picked the smaller machine, because it was cheap. The bill fell by a third."),
    ),
)
def missing_steps(looked: Looked) -> Noted | None:
    """Notes the steps that the question's type asks for and the answer does not have."""
    steps = STEPS.get(looked.doc.answer.asking.question_type or "", ())
    if not steps or "hypothetical" in looked.flags:
        return None
    missing = [step.name for step in steps if not any(_shows(s, step) for s in looked.doc.sentences)]
    if not missing:
        return None
    last = (looked.doc.quote(looked.doc.sentences[-1]),) if looked.doc.sentences else ()
    return Noted(last, _listed(missing))


def _shows(sentence: Sentence, step: Step) -> bool:
    told = sentence.has(*step.lists) or (bool(step.part) and sentence.label == step.part)
    return told or (step.others and _others_view(sentence))


def _others_view(sentence: Sentence) -> bool:
    """Whether somebody who is not the speaker wanted, feared or thought something."""
    words = sentence.words
    return any(word in VIEWS and words[k - 1] not in NOT_OTHERS for k, word in enumerate(words) if k)


def _listed(missing: list[Text]) -> Text:
    if len(missing) == 1:
        return t("Missing: {step}.", step=missing[0])
    if len(missing) == 2:
        return t("Missing: {step} and {other}.", step=missing[0], other=missing[1])
    return t("Missing: {step}, {other} and {third}.", step=missing[0], other=missing[1], third=missing[2])


@check(
    code="must_not",
    name=t("Something that should not be done here"),
    version=1,
    source=("S0.4", "S0.5", "S0.6", "S0.7", "S4.2"),
    why=t("The answer does what should not be done here."),
    advice=t("Say why you would not do this, and what you do in its place."),
    examples=(
        Answer(
            "I take sides in front of the team, so that the matter is over.",
            "situational",
            asking=Asking(must_not=("Take sides in front of the team.",)),
        ),
    ),
    counterexamples=(
        Answer(
            "I would never take sides in front of the team. I ask each of them alone what they need.",
            "situational",
            asking=Asking(must_not=("Take sides in front of the team.",)),
        ),
        Answer(
            "I ask each of them alone what they need.",
            "situational",
            asking=Asking(must_not=("Take sides in front of the team.",)),
        ),
    ),
    kinds=("situational",),
)
def must_not(looked: Looked) -> Noted | None:
    """Notes what the content says must not be done, where the answer does it and does not speak against it."""
    rows = looked.doc.answer.asking.must_not
    if not rows:
        return None
    kept = tuple(s for s in looked.doc.sentences if SHUNNED.isdisjoint(s.words))
    doc = replace(looked.doc, sentences=kept, answer=replace(looked.doc.answer, question="", points=rows))
    done = [p for p in cover(doc, looked.rules) if p.covered and p.evidence is not None]
    if not done:
        return None
    shown = tuple(p.evidence for p in done if p.evidence is not None)
    return Noted(shown, t("What should not be done here: {row}", row=done[0].point))
