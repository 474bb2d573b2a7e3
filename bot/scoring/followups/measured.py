"""“How did you measure it?”: an honest estimate passes, a feeling does not (S2.6, S3.11)."""

from __future__ import annotations

from bot.base.text import Text, t
from bot.scoring.followups.reading import Heard
from bot.scoring.followups.report import Part, Remark, Verdict
from bot.scoring.report import Evidence

FIGURES = frozenset({"share", "money", "count", "time", "duration", "multiple", "zero", "crew"})
"""Kinds of numbers that can be the size of an effect (`bot.scoring.quantities`)."""


JOINS = frozenset({"and", "to", "after", "now", "since", "then", "later"})
"""Words between the value before and the value after."""


def judge(heard: Heard) -> tuple[Verdict, Text, tuple[Part, ...], tuple[Remark, ...], Text]:
    """Verdict, how it reads, its parts, remarks, and what would lift it."""
    parts = (
        Part("figure", t("A figure, rough or exact"), _figure(heard)),
        Part("baseline", t("What it was before"), _baseline(heard)),
        Part("instrument", t("With what it was measured, or who was asked"), heard.first("instrument")),
        Part("period", t("Over which time"), _period(heard)),
        Part("witness", t("Who else saw the figure"), heard.first("witness")),
        Part("confounder", t("What else could have moved it"), heard.first("confounder")),
    )
    there = {part.code for part in parts if part.found}
    honest = heard.first("approximate") is not None
    felt = heard.first("no_measure")
    remarks: tuple[Remark, ...] = ()
    if "figure" not in there and felt is not None:
        remarks = (Remark("felt", t("A feeling is no measure, even where everybody shares it."), felt),)
    verdict: Verdict = "felt"
    if "figure" in there:
        verdict = "measured" if {"baseline", "instrument"} <= there else "estimated"
    return verdict, _reading(verdict, honest), parts, remarks, _lift(verdict, there)


def _figure(heard: Heard) -> Evidence | None:
    """The first number that can be the size of something; “a few” and “a lot” are none."""
    for sentence in heard.doc.sentences:
        if any(quantity.kind in FIGURES for quantity in sentence.quantities):
            return heard.doc.quote(sentence)
    return None


def _baseline(heard: Heard) -> Evidence | None:
    """Words for the time before beside a number, or two values of one thing in a sentence that joins them."""
    for sentence in heard.doc.sentences:
        figures = [q for q in sentence.quantities if q.kind in FIGURES]
        kinds = [q.kind for q in figures if q.kind not in ("duration", "crew")]
        pair = len(kinds) > len(set(kinds)) and bool(JOINS & set(sentence.words))
        if (heard.hits(sentence, "baseline") and figures) or pair:
            return heard.doc.quote(sentence)
    return None


def _period(heard: Heard) -> Evidence | None:
    for sentence in heard.doc.sentences:
        long = any(q.kind == "duration" for q in sentence.quantities)
        if long or heard.hits(sentence, "period"):
            return heard.doc.quote(sentence)
    return None


def _reading(verdict: Verdict, honest: bool) -> Text:
    if verdict == "measured":
        return t("This holds: a figure, what it was before, and where both come from.")
    if verdict == "estimated" and honest:
        return t("An honest estimate. It passes, since you say that it is one.")
    if verdict == "estimated":
        return t("There is a figure. Where it comes from, or what it was before, is left open.")
    return t("Nothing here could be checked by somebody else.")


def _lift(verdict: Verdict, there: set[str]) -> Text:
    if verdict == "felt":
        return t(
            "Give a rough figure and say that it is rough: what you could count today, in tickets, minutes or money, "
            "before and after."
        )
    if "instrument" not in there:
        return t("Say where the figure comes from: a log, a bill, a count, or the people you asked.")
    if "baseline" not in there:
        return t("Say what it was before, even roughly.")
    if "confounder" not in there:
        return t("Say what else could have moved it, and why you believe it was your work.")
    if "period" not in there:
        return t("Say over which time you looked.")
    if "witness" not in there:
        return t("Say who else saw the figure, or checked it.")
    return t("Nothing is missing. Keep it to three sentences.")
