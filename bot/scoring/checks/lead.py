"""What a lead round listens for: `one_sided_lead` and `no_tie_in`."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.checks.registry import Looked, Noted, check
from bot.scoring.doc import Answer, Asking

LEAD = Asking(lead_round=True)
CLOSING_SHARE = 0.5


@check(
    code="one_sided_lead",
    name=t("Only one side of leading"),
    version=1,
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
    if not looked.doc.answer.asking.lead_round:
        return None
    built = [s for s in looked.doc.sentences if s.has("building")]
    managed = [s for s in looked.doc.sentences if s.has("managing", "credit")]
    if bool(built) == bool(managed):
        return None
    if built:
        why = t("All that you did here is building; nothing shows how you led.")
    else:
        why = t("All that you did here is managing; nothing shows that you still build.")
    return Noted(tuple(looked.doc.quote(s) for s in built or managed), why)


@check(
    code="no_tie_in",
    name=t("No link to AI systems or to leading at the end"),
    version=1,
    source=("S0.1",),
    why=t("The story ends without a word on what it means for AI systems or for leading."),
    advice=t("Add one sentence at the end: where the same happens with models, or how you would lead it in this role."),
    examples=(
        Answer(
            "Our parser was slow. I profiled it and found the date code. I wrote a new one. Imports fell to ten "
            "minutes, and I now profile first.",
            asking=Asking(archetypes=("production-debugging",)),
        ),
    ),
    counterexamples=(
        Answer(
            "Our parser was slow. I profiled it and found the date code. I wrote a new one. Imports fell to ten "
            "minutes. With models I do the same: I profile the retrieval before I touch the prompt.",
            asking=Asking(archetypes=("production-debugging",)),
        ),
        Answer("Our parser was slow. I profiled it and found the date code. I wrote a new one. Imports fell."),
    ),
)
def no_tie_in(looked: Looked) -> Noted | None:
    """Notes, where the question is one of the archetypes, that the end ties the story to nothing."""
    doc = looked.doc
    if not doc.answer.asking.archetypes or not doc.sentences or "hypothetical" in looked.flags:
        return None
    closing = doc.sentences[int(len(doc.sentences) * CLOSING_SHARE) :]
    if any(s.has("tie_in") for s in closing):
        return None
    return Noted((doc.quote(doc.sentences[-1]),))
