"""What the type of a question asks for: `missing_steps`, and `must_not` in situational answers."""

from __future__ import annotations

from dataclasses import replace

from bot.base.text import Text, t
from bot.scoring.checks.registry import Looked, Noted, check
from bot.scoring.checks.steps import missing
from bot.scoring.doc import Answer, Asking
from bot.scoring.points import cover

SHUNNED = frozenset({"not", "never", "don't", "avoid", "without", "instead", "wouldn't", "won't", "rather", "no",
                     "mustn't", "shouldn't", "can't", "cannot", "nor", "tempting", "wrong", "worst", "mistake",
                     "refuse", "stop", "unless"})  # fmt: skip
"""Words beside which something is named to be left undone."""


@check(
    code="missing_steps",
    name=t("Steps that were not clearly heard"),
    version=2,
    source=("S2.3", "S2.7"),
    why=t("A question of this type is heard for certain steps, and not all of them were clearly heard."),
    advice=t("One plain sentence for each is enough; where it is there already, say it in simpler words."),
    examples=(
        Answer(
            "The vendor list was unclear and nobody knew the load. I picked the smaller machine, because it was "
            "cheap. It worked. Next time I would ask for a test.",
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
    """Notes the steps that the question's type asks for and the answer is not heard to take."""
    steps = missing(looked) if "hypothetical" not in looked.flags else []
    if not steps:
        return None
    last = (looked.doc.quote(looked.doc.sentences[-1]),) if looked.doc.sentences else ()
    return Noted(last, _listed(steps))


def _listed(steps: list[Text]) -> Text:
    """The first three in a sentence; with those mended the next ones are told."""
    if len(steps) == 1:
        return t("Not clearly heard: {step}.", step=steps[0])
    if len(steps) == 2:
        return t("Not clearly heard: {step} and {other}.", step=steps[0], other=steps[1])
    return t("Not clearly heard: {step}, {other} and {third}.", step=steps[0], other=steps[1], third=steps[2])


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
