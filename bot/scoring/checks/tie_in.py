"""The last touch in a lead round: `no_tie_in`, a hint that comes after all else."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.checks.registry import Looked, Noted, check
from bot.scoring.doc import Answer, Asking

LEAD = Asking(lead_round=True)
CLOSING_SHARE = 0.5
TOLD = 3.0
"""Rating from which on a story is whole enough for a last touch."""


@check(
    code="no_tie_in",
    name=t("A link to AI systems or to leading at the end"),
    version=2,
    source=("S0.1",),
    why=t("A lead round also listens for what the story means for AI systems or for leading; the end does not say."),
    advice=t("If it comes easily, add one sentence: where the same happens with models, or how you would lead it."),
    examples=(
        Answer(
            "Our parser was slow in May and imports of 40 shops failed. I profiled it and found the date code, because "
            "guessing had cost a week. I wrote a new one. Imports fell from two hours to ten minutes, and I now "
            "profile first.",
            asking=LEAD,
        ),
    ),
    counterexamples=(
        Answer(
            "Our parser was slow in May and imports of 40 shops failed. I profiled it and found the date code, because "
            "guessing had cost a week. I wrote a new one. Imports fell from two hours to ten minutes. With models I do "
            "the same: I profile the retrieval before I touch the prompt.",
            asking=LEAD,
        ),
        Answer(
            "Our parser was slow in May and imports of 40 shops failed. I profiled it and found the date code, because "
            "guessing had cost a week. I wrote a new one. Imports fell from two hours to ten minutes.",
            asking=Asking(archetypes=("production-debugging",)),
        ),
    ),
)
def no_tie_in(looked: Looked) -> Noted | None:
    """Notes, in a lead round, that the end of a story that is otherwise told ties it to nothing."""
    doc = looked.doc
    if not doc.answer.asking.lead_round or "hypothetical" in looked.flags or looked.rating < TOLD:
        return None
    closing = doc.sentences[int(len(doc.sentences) * CLOSING_SHARE) :]
    if not closing or any(s.has("tie_in") for s in closing):
        return None
    return Noted((doc.quote(closing[-1]),))
