"""The trap of each canonical story (S3.4): `story_trap`."""

from __future__ import annotations

from collections.abc import Callable

from bot.base.text import Text, t
from bot.scoring.checks.registry import GOOD, Looked, Noted, check
from bot.scoring.checks.steps import cost_told
from bot.scoring.doc import Answer, Asking, Sentence
from bot.scoring.report import Evidence

SCORN = ("right_claim", "contempt", "vindicated", "vindication", "scorned", "silenced", "unbending")
Trap = Callable[[Looked], tuple[tuple[Evidence, ...], Text] | None]


def _saying(looked: Looked, *names: str) -> list[Sentence]:
    return [s for s in looked.doc.sentences if s.has(*names)]


def _quotes(looked: Looked, sentences: list[Sentence]) -> tuple[Evidence, ...]:
    return tuple(looked.doc.quote(s) for s in sentences)


def _no_second_option(looked: Looked) -> tuple[tuple[Evidence, ...], Text] | None:
    if _saying(looked, "options", "second_option"):
        return None
    steps = _quotes(looked, list(looked.doc.of("A"))[:1])
    return steps, t("A second option was not heard here, so no judgment can be seen.")


def _authority(looked: Looked) -> tuple[tuple[Evidence, ...], Text] | None:
    ordered = _saying(looked, "rank")
    if "escalates_first" in looked.flags and not _saying(looked, "step_settled", "concession"):
        return _quotes(looked, _saying(looked, "authority")), t(
            "Somebody above made them do it, so no mind was changed."
        )
    if ordered and not _saying(looked, "obstacle", "tension", "empathy"):
        return _quotes(looked, ordered), t("Authority is told as influence: they did it because they had to.")
    if not _saying(looked, "obstacle", "tension", "empathy", "own_will"):
        return (), t("Nobody is heard to have resisted here, so no mind was changed.")
    return None


def _quarrel(looked: Looked) -> tuple[tuple[Evidence, ...], Text] | None:
    personal = _saying(looked, "quarrel")
    if personal and len(_saying(looked, "matter")) <= len(personal):
        return _quotes(looked, personal), t("This is a quarrel between people and not a disagreement about a matter.")
    if "self_righteous" in looked.flags and not _saying(looked, "step_settled"):
        scorn = _saying(looked, *SCORN) or list(looked.doc.sentences[-1:])
        return _quotes(looked, scorn), t(
            "No good reason of the other side was heard here, so your judgment looks untested."
        )
    return None


def _on_request(looked: Looked) -> tuple[tuple[Evidence, ...], Text] | None:
    asked = _saying(looked, "on_request")
    if asked and len(_saying(looked, "growth_plan")) < len(asked):
        return _quotes(looked, asked), t("You helped when asked, which is kind, and has no aim and no plan.")
    return None


def _cut_scope(looked: Looked) -> tuple[tuple[Evidence, ...], Text] | None:
    cut = _saying(looked, "scope_cut")
    if cut and not [s for s in _saying(looked, "kept_power") if s not in cut]:
        return _quotes(looked, cut), t("Cutting scope is told as simplifying; a simpler thing can still do the same.")
    return None


def _stood_beside(looked: Looked) -> tuple[tuple[Evidence, ...], Text] | None:
    results = list(looked.doc.of("R"))
    if any(s.has("business_effect", "adoption", "reaction") for s in results):
        return None
    return _quotes(looked, results[:1]), t("Nothing says what changed for users or the business.")


def _snap(looked: Looked) -> tuple[tuple[Evidence, ...], Text] | None:
    snapped = _saying(looked, "snap")
    if snapped and looked.facts.action_reasons <= looked.limit("snap_reasons"):
        return _quotes(looked, snapped), t("A snap decision that happened to work shows luck and no reasoning.")
    return None


def _harmless(looked: Looked) -> tuple[tuple[Evidence, ...], Text] | None:
    if looked.doc.answer.text and not cost_told(looked):
        return (), t("Nothing is heard to have been lost or harmed here, so it is no failure to learn from.")
    return None


TRAPS: dict[str, Trap] = {
    "story-hardest-decision": _no_second_option,
    "story-disagreed-with-senior": _quarrel,
    "story-wrong-big": _harmless,
    "story-project-failed": _harmless,
    "story-influence": _authority,
    "story-pushed-back": _quarrel,
    "story-biggest-impact": _stood_beside,
    "story-mentored": _on_request,
    "story-simplified": _cut_scope,
    "story-deadline": _snap,
}


def _story(story: str, text: str) -> Answer:
    return Answer(text, asking=Asking(canonical_story=f"story-{story}"))


@check(
    code="story_trap",
    name=t("The usual trap of this story"),
    version=2,
    source=("S3.4",),
    why=t("The story walks into the trap of its kind."),
    advice=t("Look at the strong example of this story, and add the sentence that it has and yours has not."),
    examples=(
        _story(
            "hardest-decision", "We had to take Kafka. I read its pages, set up three brokers and moved eleven jobs."
        ),
        _story("influence", "As the tech lead I made it mandatory. All eight teams moved to our library in May."),
        _story("mentored", "A junior joined us. Whenever she had questions I answered them. She is a senior now."),
        _story("simplified", "The form had 40 fields. I dropped half of the features, and the form was simple."),
        _story("disagreed-with-senior", "The architect was rude, and his ego was in the way. I told him so."),
        _story("deadline", "We had one hour. I went with my gut and luckily it worked."),
        _story("biggest-impact", "I wrote a compiler pass. It took a year and was the hardest thing I built."),
        _story("wrong-big", "I thought that each line had a code. I looked at it again and added two tests."),
    ),
    counterexamples=(
        _story("hardest-decision", "We compared Kafka with the cloud queue. I chose the latter because we were three."),
        _story("influence", "Two teams objected to our library. I asked what worried them and showed a demo."),
        _story("mentored", "A junior joined us. We agreed on a goal, and every week I gave her a larger part."),
        _story("simplified", "There were 12 formats. I replaced them by one format that can do the same."),
        _story("pushed-back", "The architect wanted a nightly batch for the audit. I wanted streaming for the users."),
        _story("deadline", "We had one hour. I weighed two ways and chose the one we could undo, as we knew little."),
        _story("biggest-impact", "I wrote a compiler pass. Customers got their reports four hours earlier."),
        _story("project-failed", "I was sure of it, and for two days 400 parcels went to wrong doors."),
        Answer("I went with my gut and luckily it worked."),
    ),
)
def story_trap(looked: Looked) -> Noted | None:
    """Notes the trap of the canonical story that the question asks for; a good answer has seldom walked into it."""
    trap = TRAPS.get(looked.doc.answer.asking.canonical_story or "")
    silent = trap is None or "hypothetical" in looked.flags or looked.rating >= GOOD
    found = trap(looked) if trap is not None and not silent else None
    return Noted(*found) if found is not None else None
