"""What a lead round listens for: `one_sided_lead`."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.checks.registry import Looked, Noted, check
from bot.scoring.doc import Actor, Answer, Asking, Sentence
from bot.scoring.report import Evidence

LEAD = Asking(lead_round=True)
SLIGHT = 1
"""Doings of the other side that may stand by the way."""
FEW = 2
MOST = 0.5
"""Doings with people, and their share of all that the speaker does, from which on there is hardly anything else."""
PEOPLE = ("credit", "concession", "direct_talk", "talked_with", "mentorship_signal", "influence_signal")
"""Lists whose phrases show dealings with people that a lead has."""


@check(
    code="one_sided_lead",
    name=t("Only one side of leading"),
    version=2,
    source=("S0.2", "S0.9"),
    why=t("A lead round wants both: that you still build, and that you make others build well."),
    advice=t("Add one sentence for the other side: what you built yourself, or whom you enabled and how."),
    examples=(
        Answer(
            "Our parser was slow. I wrote a new one in Go, I built a queue and I tested it on a copy. I deployed it in "
            "May. Imports fell to ten minutes.",
            asking=LEAD,
        ),
        Answer(
            "Our parser was slow. I delegated the queue to Ana and I coached Tom on the design. I presented the plan "
            "to the board. Imports fell to ten minutes.",
            asking=LEAD,
        ),
    ),
    counterexamples=(
        Answer(
            "Our parser was slow. I wrote the first version in Go, because the format was tricky, then I delegated "
            "the queue to Ana and coached her on it. Imports fell to ten minutes.",
            asking=LEAD,
        ),
        Answer("Our parser was slow. I wrote a new one, I built a queue and I tested it. Imports fell to ten minutes."),
    ),
)
def one_sided_lead(looked: Looked) -> Noted | None:
    """Notes only building or only managing in a lead round."""
    if not looked.doc.answer.asking.lead_round or "hypothetical" in looked.flags:
        return None
    built = _doing(looked, "building", "own", "none")
    led = _doing(looked, "managing", "own", "none")
    people = [s for s in looked.doc.sentences if s.has(*PEOPLE)]
    if built and len(led) + len(people) <= SLIGHT and not _doing(looked, "leading", "own", "none"):
        why = t("What you tell of yourself here is building; how you led was not heard.")
        return Noted(_quotes(looked, built), why)
    hands_on = len(_doing(looked, "hands_on", "own", "none")) + sum(s.has("building") for s in looked.doc.sentences)
    most = len(led) >= max(FEW, MOST * sum(s.acts("own", "none") for s in looked.doc.sentences))
    if most and hands_on <= SLIGHT and not built and not _doing(looked, "building", "team"):
        why = t("What you tell of yourself here is managing; what you still build was not heard.")
        return Noted(_quotes(looked, led), why)
    return None


def _doing(looked: Looked, name: str, *actors: Actor) -> list[Sentence]:
    """The sentences in which one of these does something that the list `name` holds, once for each verb."""
    found = []
    for sentence in looked.doc.sentences:
        done = {clause.last - 1 for clause in sentence.clauses if clause.actor in actors}
        found += [sentence for hit in sentence.hits.get(name, ()) if hit.first in done]
    return found


def _quotes(looked: Looked, sentences: list[Sentence]) -> tuple[Evidence, ...]:
    """Each of these sentences once."""
    return tuple(looked.doc.quote(sentence) for sentence in {s.index: s for s in sentences}.values())
