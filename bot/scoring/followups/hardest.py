"""“What was the hardest part?”: one real difficulty, what hung on it, and how it was met (S2.6)."""

from __future__ import annotations

from bot.base.text import Text, t
from bot.scoring.doc import Sentence
from bot.scoring.followups.reading import Heard
from bot.scoring.followups.report import Part, Remark, Verdict
from bot.scoring.report import Evidence

TROUBLE = ("tension", "trouble", "problem")
"""Lists of the lexicon whose phrases name a difficulty as well."""
ASIDE = ("self_praise", "workload", "nothing_hard")
LEAST_TOLD = 2
"""Words with a meaning of their own that an opening needs."""
NO_ACT = frozenset({"waited", "hoped", "felt", "thought", "knew", "wanted", "had", "was", "got", "cared", "worked"})
"""Past verbs that meet no difficulty."""


def judge(heard: Heard) -> tuple[Verdict, Text, tuple[Part, ...], tuple[Remark, ...], Text]:
    """Verdict, how it reads, its parts, remarks, and what would lift it."""
    parts = (
        Part("difficulty", t("One difficulty, singled out"), _difficulty(heard)),
        Part("stakes", t("What hung on it"), _stakes(heard)),
        Part("met", t("What you did just there"), _met(heard)),
    )
    there = {part.code for part in parts if part.found}
    remarks = _remarks(heard, there)
    codes = {remark.code for remark in remarks}
    verdict: Verdict = "not_one"
    if "difficulty" in there and not codes & {"nothing", "praise", "work"}:
        verdict = "real" if "met" in there else "partial"
    return verdict, _reading(verdict), parts, remarks, _lift(verdict, there, codes)


def _difficulty(heard: Heard) -> Evidence | None:
    """A difficulty by name; else what the reply opens with, since that is what was asked for."""
    for sentence in heard.doc.sentences:
        if any(heard.hits(sentence, name) for name in ASIDE):
            continue
        if heard.hits(sentence, "difficulty") or sentence.has(*TROUBLE):
            return heard.doc.quote(sentence)
    opening = heard.doc.sentences[0]
    stop = heard.doc.lexicon.stop_words
    told = sum(word not in stop for word in opening.words) >= LEAST_TOLD
    if told and not any(heard.hits(opening, name) for name in (*ASIDE, "satisfied")):
        return heard.doc.quote(opening)
    return None


def _stakes(heard: Heard) -> Evidence | None:
    named = heard.first("stakes")
    if named is not None:
        return named
    for sentence in heard.doc.sentences:
        if any(q.kind in {"money", "duration", "share"} for q in sentence.quantities):
            return heard.doc.quote(sentence)
    return None


def _met(heard: Heard) -> Evidence | None:
    aside = ("workload", "self_praise")
    acts = (s for s in heard.doc.sentences if _acted(s) and not any(heard.hits(s, name) for name in aside))
    sentence = next(acts, None)
    return None if sentence is None else heard.doc.quote(sentence)


def _acted(sentence: Sentence) -> bool:
    return any(
        clause.action and clause.past and clause.actor == "own" and clause.verb not in NO_ACT
        for clause in sentence.clauses
    )


def _remarks(heard: Heard, there: set[str]) -> tuple[Remark, ...]:
    found: list[Remark] = []
    nothing, praise, work = (heard.first(name) for name in ("nothing_hard", "self_praise", "workload"))
    if nothing is not None and "difficulty" not in there:
        found.append(Remark("nothing", t("Then there is no story in it: what is hard shows how you work."), nothing))
    if praise is not None and "met" not in there:
        found.append(Remark("praise", t("This is a strength told as a weakness. Interviewers know it."), praise))
    if work is not None and "met" not in there:
        found.append(Remark("work", t("An amount of work is not hard in itself. What could have gone wrong?"), work))
    others = heard.first("others_met")
    if others is not None and "met" not in there:
        found.append(Remark("others", t("Somebody else met this difficulty. Pick one that you met."), others))
    return tuple(found)


def _reading(verdict: Verdict) -> Text:
    return {
        "real": t("A real difficulty, and how you met it."),
        "partial": t("A real difficulty. What you did about it is left open."),
    }.get(verdict, t("No difficulty of the work is named yet."))


def _lift(verdict: Verdict, there: set[str], remarks: set[str]) -> Text:
    if verdict == "not_one":
        return t("Pick the one hour you would not want again: a choice, something nobody knew, or a person against it.")
    if "others" in remarks:
        return t("Say what was yours to decide there.")
    if "met" not in there:
        return t("Say what you did just there, in the first person.")
    if "stakes" not in there:
        return t("Say what would have happened had it gone wrong.")
    return t("Say in one sentence why the obvious way out was closed.")
