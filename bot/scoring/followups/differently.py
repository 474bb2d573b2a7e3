"""“What would you do differently?”: which kind of answer it is, by what such answers hold at each level (S3.5).

At L4 nothing real is found wrong. At L5 a mistake of one's own and what it cost stand beside a changed step. At L6 the
cause is named, it lies in how the problem, the scope or the measure was put, and the way of working has changed since.
"""

from __future__ import annotations

from bot.base.text import Text, t
from bot.scoring.doc import Sentence
from bot.scoring.followups.reading import Heard
from bot.scoring.followups.report import Part, Remark, Verdict
from bot.scoring.report import Evidence

GENERIC = frozenset({
    "align", "aligned", "ask", "beginning", "better", "big", "bit", "carefully", "change", "clear", "collaborate",
    "communicate", "communicated", "communication", "confident", "definitely", "delegate", "departments", "different",
    "differently", "do", "document", "documentation", "done", "earlier", "early", "everybody", "everyone", "feedback",
    "frequently", "give", "given", "good", "great", "honestly", "inform", "informed", "involve", "involved", "keep",
    "kept", "learn", "little", "management", "maybe", "meetings", "more", "often", "organise", "organised",
    "organized", "people", "perfectionist", "perhaps", "plan", "planned", "planning", "proactive", "probably",
    "project", "regular", "same", "soon", "sooner", "stakeholder", "stakeholders", "start", "started", "take", "team",
    "teams", "test", "tested", "tests", "thing", "things", "think", "time", "updates", "way", "work", "write",
})  # fmt: skip
"""Words of intentions that would fit any project."""
AMOUNTS = frozenset({"duration", "time", "money", "count", "share", "multiple"})
"""Kinds of numbers that can be a cost (`bot.scoring.quantities`)."""
NO_DEED = frozenset({"learned", "learnt", "thought", "liked", "enjoyed", "felt", "was", "were", "had"})
"""Past verbs that can be no mistake."""
REFUSALS = frozenset({"no", "none", "nope", "nothing", "nah"})
LEAST_CONCRETE = 2
"""Words beyond these that make a changed step one of this project."""


def judge(heard: Heard) -> tuple[Verdict, Text, tuple[Part, ...], tuple[Remark, ...], Text]:
    """Verdict, how it reads, its parts, remarks, and what would lift it."""
    parts = _parts(heard)
    there = {part.code for part in parts if part.found}
    remarks = _remarks(heard, there)
    verdict = _verdict(heard, there, {remark.code for remark in remarks})
    return verdict, _reading(verdict), parts, remarks, _lift(verdict, there, {remark.code for remark in remarks})


def _parts(heard: Heard) -> tuple[Part, ...]:
    cause = heard.first("cause")
    framing = heard.first("framing")
    return (
        Part("mistake", t("A real mistake of your own"), _mistake(heard)),
        Part("cost", t("What it cost"), _cost(heard)),
        Part("step", t("A step that you would change in this project"), _step(heard)),
        Part("cause", t("Why you made the mistake"), cause),
        Part("framing", t("How the problem, the scope or the measure was put"), framing),
        Part("changed", t("What you have done another way since"), heard.first("changed_way")),
    )


def _mistake(heard: Heard) -> Evidence | None:
    """A mistake by name; else an act of one's own, told beside what it cost or beside the step in its place."""
    named = heard.first("own_mistake")
    if named is not None:
        return named
    costs = [sentence.index for sentence in heard.doc.sentences if _costs(heard, sentence)]
    stepped = _step(heard) is not None
    for sentence in heard.doc.sentences:
        near = stepped or any(0 <= cost - sentence.index <= 1 for cost in costs)
        if near and _done(sentence) and not any(heard.hits(sentence, name) for name in ("satisfied", "self_praise")):
            return heard.doc.quote(sentence)
    return None


def _done(sentence: Sentence) -> bool:
    """Whether somebody of one's own side did something in the past here."""
    return any(
        clause.past and clause.actor in ("own", "team") and clause.verb not in NO_DEED for clause in sentence.clauses
    )


def _cost(heard: Heard) -> Evidence | None:
    """What went wrong, by name; else trouble or an amount of something, told in the past and no success."""
    named = heard.first("cost")
    if named is not None:
        return named
    sentence = next((s for s in heard.doc.sentences if _costs(heard, s)), None)
    return None if sentence is None else heard.doc.quote(sentence)


def _costs(heard: Heard, sentence: Sentence) -> bool:
    if heard.hits(sentence, "cost"):
        return True
    if sentence.has("change_verb") or heard.hits(sentence, "satisfied") or heard.hits(sentence, "blames"):
        return False
    told = any(clause.past for clause in sentence.clauses) or bool({"was", "were"} & set(sentence.words))
    amount = any(quantity.kind in AMOUNTS for quantity in sentence.quantities) or heard.hits(sentence, "lasted")
    return told and (bool(amount) or sentence.has("problem", "trouble"))


def _step(heard: Heard) -> Evidence | None:
    for sentence in heard.sentences("frame_step"):
        if _frames(heard, sentence) and _concrete(heard, sentence) >= LEAST_CONCRETE:
            return heard.doc.quote(sentence)
    return None


def _frames(heard: Heard, sentence: Sentence) -> bool:
    """Whether the sentence opens a step: “I would not do anything” opens none."""
    nothing = heard.hits(sentence, "nothing")
    return any(
        all(hit.last <= other.first or other.last <= hit.first for other in nothing)
        for hit in heard.hits(sentence, "frame_step")
    )


def _concrete(heard: Heard, sentence: Sentence) -> int:
    """Words of a sentence that belong to this project, once set phrases and general intentions are taken away."""
    told = {
        place
        for name in ("satisfied", "nothing", "self_praise", "more_resources", "blames")
        for hit in heard.hits(sentence, name)
        for place in range(hit.first, hit.last)
    }
    stop = heard.doc.lexicon.stop_words | GENERIC | heard.doc.lexicon.words_of("fillers")
    return sum(
        word not in stop and place not in told and "'" not in word and not word.endswith("ly")
        for place, word in enumerate(sentence.words)
    )


def _remarks(heard: Heard, there: set[str]) -> tuple[Remark, ...]:
    found: list[Remark] = []
    nothing = heard.first("nothing") or _refused(heard)
    if nothing is not None and not there & {"mistake", "cost", "step"}:
        found.append(
            Remark(
                "nothing",
                t("Every project has something. “Nothing” reads as if it had not been looked at again."),
                nothing,
            )
        )
    blame = heard.first("blames")
    if blame is not None and "mistake" not in there:
        found.append(
            Remark(
                "blames",
                t("This may well be so. What is asked is your own part: what could you have done when it happened?"),
                blame,
            )
        )
    praise = heard.first("self_praise")
    if praise is not None and not there & {"mistake", "cost"}:
        found.append(Remark("praise", t("This reads as praise of oneself and not as a mistake."), praise))
    return tuple(found)


def _refused(heard: Heard) -> Evidence | None:
    """A reply that opens with a no."""
    first = heard.doc.sentences[0]
    return heard.doc.quote(first) if first.words and first.words[0] in REFUSALS else None


def _verdict(heard: Heard, there: set[str], remarks: set[str]) -> Verdict:
    if "nothing" in remarks:
        return "none"
    failed = {"mistake", "cost"} & there
    if there >= {"cause", "framing", "changed"} and there & {"mistake", "cost", "step"}:
        return "L6"
    if "blames" in remarks or "praise" in remarks or not failed:
        return "L4"
    return "L5" if "step" in there or len(failed) == 2 else "L4"


def _reading(verdict: Verdict) -> Text:
    return {
        "L6": t(
            "Reads as the answer of a staff engineer (L6): you say why you made the mistake, that it lay in how the "
            "problem was put, and what has changed since."
        ),
        "L5": t(
            "Reads as the answer of a senior engineer (L5): a real mistake, and a step that would have changed it."
        ),
        "L4": t("Reads as an answer at L4: nothing of your own work is found wrong in earnest."),
    }.get(verdict, t("This is no answer to the question yet, and it is the one that interviewers weigh most."))


def _lift(verdict: Verdict, there: set[str], remarks: set[str]) -> Text:
    """The one thing that would lift it most."""
    if verdict == "L6":
        return t("Keep it this short. Have one example ready of the changed way at work, with its date.")
    if verdict == "none":
        return t("Pick the week that was lost for the least return. What did you believe then that was not so?")
    if "blames" in remarks:
        return t("Name one thing that was in your hands: what you did not ask, did not say, or let run too long.")
    if "mistake" not in there and "cost" not in there:
        return t("Name one decision of yours that turned out wrong, and what it cost in time, money or trust.")
    if "step" not in there:
        return t("Say which step you would put where, so that it could be done by somebody who was not there.")
    if "cost" not in there:
        return t("Say what it cost: the days, the money, or who had to bear it.")
    if "cause" not in there:
        return t("Say why you made the mistake: what you took for granted, or what you were looking at.")
    if "framing" not in there:
        return t("Go one step back: how had you put the problem, or the measure, that this seemed the right thing?")
    if "changed" not in there:
        return t("Say what you have done another way since, and in which project.")
    return t("Name your own mistake in one plain sentence before the rest.")
