"""A Report for the command line: one object of the evaluation format, or the page a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.base.text import Text, render, t
from bot.scoring.explain import UNREAD, shown
from bot.scoring.report import Report

NAMES = {
    "S": t("Situation"), "T": t("Task"), "A": t("Action"), "R": t("Result"), "L": t("Learning"), "O": t("Other"),
}  # fmt: skip


def predicted_line(item_id: str, report: Report) -> dict[str, Any]:
    """The object of one line in the PREDICTED format of the evaluation script; `abstained` holds a reason or None."""
    line: dict[str, Any] = {"id": item_id, "rating": report.rating, "flags": list(report.flags)}
    if report.kind == "behavioral":
        line["level"] = report.level.level if report.level else "L3"
        line["segments"] = [{"start": s.start, "end": s.end, "label": s.label} for s in report.segments]
    else:
        line["points"] = {p.point: p.covered for p in report.points}
    line["checks"] = [check.code for check in report.checks]
    line["abstained"] = report.abstained
    return line


def render_for_terminal(report: Report, language: str = "en", names: Mapping[str, str] | None = None) -> str:
    """What a person reads: the rating or why there is none, findings with quotes, strength, level, parts, checks.

    `names` says what people call a finding or check; without it they go by their codes.
    """
    called = names or {}
    lines: list[str] = []

    def say(text: Text | str, indent: int = 0) -> None:
        lines.append(" " * indent + render(text, language))

    if report.abstained_text is not None:
        say(report.abstained_text)
    else:
        say(t("Rating {rating} of 5, {words} words.", rating=f"{report.rating:g}", words=report.word_count))
    if report.abstained in UNREAD:
        return "\n".join(lines)
    if report.capped:
        say(t("Only the first {count} characters were scored.", count=report.scored_characters))
    first = shown(report)
    for finding in first.findings:
        lines.append("")
        say(finding.why)
        for evidence in finding.evidence[:2]:
            say(t("“{quote}”", quote=_one_line(evidence.quote)), 2)
        say(finding.advice, 2)
    if first.rest:
        lines.append("")
        say(t("Also noted: {codes}", codes="; ".join(called.get(f.code, f.code) for f in first.rest)))
    if first.strength is not None:
        lines.append("")
        say(first.strength.text)
        say(t("“{quote}”", quote=_one_line(first.strength.evidence.quote)), 2)
    _checks(report, lines, say)
    _level(report, lines, say)
    _parts(report, lines, say)
    lines.append("")
    say(t("A question back: {question}", question=report.follow_up))
    return "\n".join(lines) + "\n"


def _checks(report: Report, lines: list[str], say: Any) -> None:
    if not report.checks or report.abstained is not None:
        return
    lines.append("")
    say(t("Further remarks, which do not change the rating:"))
    for check in report.checks:
        say(t("{why} {advice}", why=check.why, advice=check.advice), 2)
        for evidence in check.evidence[:1]:
            say(t("“{quote}”", quote=_one_line(evidence.quote)), 4)


def _level(report: Report, lines: list[str], say: Any) -> None:
    if report.level is None or report.abstained is not None:
        return
    lines.append("")
    say(t("The evidence reads as {level} ({low} to {high}).", level=report.level.level, low=report.level.low,
          high=report.level.high))  # fmt: skip
    for signal in report.level.signals:
        if signal.evidence is not None:
            say(t("{signal}: “{quote}”", signal=signal.name, quote=_one_line(signal.evidence.quote)), 2)


def _parts(report: Report, lines: list[str], say: Any) -> None:
    if report.times:
        lines.append("")
        for part in report.times:
            say(t("{part}: about {seconds} s ({share} %)", part=NAMES[part.label], seconds=part.seconds,
                  share=round(100 * part.share)))  # fmt: skip
    for cover in report.points:
        say(t("covered: {point}", point=cover.point) if cover.covered else t("missing: {point}", point=cover.point))
    lines.append("")
    for check in report.self_checks:
        say(t("[{mark}] {check}", mark="x" if check.passed else " ", check=check.text))


def _one_line(quote: str, longest: int = 160) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
