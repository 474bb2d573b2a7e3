"""The rest of a report, on request: time by part, the self-checks, the level with its quotes, the key points."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answers.actions import ShowSkeleton
from bot.answers.advice import STORY_TRAP
from bot.answers.cards import QUOTE_SHOWN, example_button, finding_name, findings_left, version_line
from bot.base.text import Text, t, tn
from bot.chat.cards import Bullets, Button, Buttons, Card, Element, Field, Fields, Header, Paragraph, Quote
from bot.members.cards import LEVELS
from bot.scoring.explain import UNREAD, shown
from bot.scoring.followups.pace import at_pace
from bot.scoring.lens import weigh
from bot.scoring.report import Finding, Label, LevelEstimate, Report, SignalName
from bot.scoring.selfchecks import seconds

LABELS: Mapping[Label, Text] = {
    "S": t("Situation"),
    "T": t("Task"),
    "A": t("Action"),
    "R": t("Result"),
    "L": t("Learning"),
    "O": t("Beside the story"),
}
SIGNALS: Mapping[SignalName, Text] = {
    "scope": t("Scope"),
    "ambiguity": t("Ambiguity"),
    "impact": t("Impact"),
    "leadership": t("Leadership"),
    "learning": t("Learning"),
}
SENTENCES_SHOWN = 3


def detail_card(
    report: Report,
    text: str,
    names: Mapping[str, str],
    *,
    revision: str,
    slot: str | None = None,
    pace: int = 0,
    company: str | None = None,
) -> Card:
    """Everything a report says beyond its feedback card.

    `text` is the answer the report was made from, `slot` the question's where it was one of ours. `pace` is how many
    words a minute the reader speaks, 0 where that is not known: the times by it stand beside the report's own.
    `company` is the one the reader prepares for: its lens orders what is told here as it does on the feedback card.
    """
    elements: list[Element] = []
    if report.abstained in UNREAD:
        if report.abstained_text is not None:
            elements.append(Paragraph(report.abstained_text))
        return Card(t("Your answer in detail"), (*elements, version_line(report), _recorded(report)))
    elements += _rest(report, names, revision, company)
    elements += _remarks(report, names, revision, company)
    elements += _points(report)
    elements += _times(report, text)
    if pace and report.times:
        elements.append(_times_at(report, pace))
    elements += _self_checks(report)
    if report.level is not None and report.abstained is None:
        elements += _level(report.level)
    elements += [version_line(report), _recorded(report)]
    if slot is not None:
        elements.append(Buttons((Button(t("Model skeleton"), ShowSkeleton(slot=slot)),)))
    return Card(t("Your answer in detail"), tuple(elements))


def _remarks(report: Report, names: Mapping[str, str], revision: str, company: str | None) -> list[Element]:
    """What the checks noted, off the rating, each sentence quoted once; nothing where no number is shown."""
    if not report.checks or report.abstained is not None:
        return []
    elements: list[Element] = [Header(t("Further remarks, off the rating"))]
    quoted: set[str] = set()
    for remark in weigh(report.checks, company):
        elements.append(_told(remark, names))
        quotes = [evidence.quote for evidence in remark.evidence[:1] if evidence.quote not in quoted]
        elements += [Quote(quote[:QUOTE_SHOWN]) for quote in quotes]
        quoted.update(quotes)
        if remark.code == STORY_TRAP:
            elements.append(Buttons((example_button(revision, remark),)))
    return elements


def _told(finding: Finding, names: Mapping[str, str]) -> Paragraph:
    name = finding_name(finding.code, names)
    return Paragraph(t("{finding}: {why} {advice}", finding=name, why=finding.why, advice=finding.advice))


def _recorded(report: Report) -> Paragraph:
    """What the report was made with."""
    line = t(
        "Made with rubric {rubric} and word list {lexicon}: with these the same answer gives the same report again.",
        rubric=report.rubric,
        lexicon=report.lexicon,
    )
    return Paragraph(line, quiet=True)


def _rest(report: Report, names: Mapping[str, str], revision: str, company: str | None) -> list[Element]:
    """Every finding but the first, which stands in full on the feedback card."""
    parts = shown(report, company)
    rest = (*parts.findings[1:], *parts.rest)
    if not rest:
        return []
    elements: list[Element] = [Header(findings_left(len(rest)))]
    for finding in rest:
        elements.append(_told(finding, names))
        elements += [Quote(evidence.quote) for evidence in finding.evidence[:1]]
        elements.append(Buttons((example_button(revision, finding),)))
    return elements


def _points(report: Report) -> list[Element]:
    if not report.points:
        return []
    elements: list[Element] = [Header(t("Key points, the most important first"))]
    for point in report.points:
        state = (
            t("Covered: {point}", point=point.point) if point.covered else t("Not found: {point}", point=point.point)
        )
        elements.append(Paragraph(state))
        if point.evidence is not None:
            elements.append(Quote(point.evidence.quote))
    return elements


def _times(report: Report, text: str) -> list[Element]:
    if not report.times:
        return []
    whole = tn("{count} second", "{count} seconds", seconds(report.word_count))
    elements: list[Element] = [
        Header(t("Speaking time by part, at 150 words a minute")),
        Fields(tuple(Field(LABELS[part.label], _time(part.seconds, part.share)) for part in report.times)),
        Paragraph(t("Together about {time}.", time=whole)),
    ]
    read = [
        t("{part}: “{words}”", part=name, words=_first(sentences))
        for label, name in LABELS.items()
        if (sentences := [text[s.start : s.end].strip() for s in report.segments if s.label == label])
    ]
    if read:
        elements += [Paragraph(t("How I read the parts:")), Bullets(tuple(read))]
    return elements


def _times_at(report: Report, pace: int) -> Paragraph:
    whole = sum(part.seconds for part in at_pace(report.times, pace))
    return Paragraph(t("At your own pace of {pace} words a minute: {seconds} seconds.", pace=pace, seconds=whole))


def _time(seconds: int, share: float) -> Text:
    return tn("{count} second, {share} %", "{count} seconds, {share} %", seconds, share=round(share * 100))


def _first(sentences: list[str]) -> str:
    left_out = len(sentences) - SENTENCES_SHOWN
    return " ".join(sentences[:SENTENCES_SHOWN]) + (" …" if left_out > 0 else "")


def _self_checks(report: Report) -> list[Element]:
    if not report.self_checks:
        return []
    lines = tuple(
        t("Yes: {check}", check=check.text) if check.passed else t("Not yet: {check}", check=check.text)
        for check in report.self_checks
    )
    return [Header(t("Six checks before you tell it")), Bullets(lines)]


def _level(level: LevelEstimate) -> list[Element]:
    heading = Header(t("Level that the evidence supports"))
    if not any(signal.evidence for signal in level.signals):
        return [heading, Paragraph(t("Nothing in the answer shows at which level you worked."))]
    elements: list[Element] = [heading, Paragraph(_band(level))]
    if level.target is not None and level.distance is not None:
        elements.append(Paragraph(_distance(level.target, level.distance)))
    for signal in level.signals:
        name = SIGNALS[signal.name]
        if signal.evidence is None or signal.level is None:
            elements.append(Paragraph(t("{signal}: nothing in the answer shows it.", signal=name)))
        else:
            elements.append(Paragraph(t("{signal}: reads as {level}.", signal=name, level=signal.level)))
            elements.append(Quote(signal.evidence.quote))
    return elements


def _band(level: LevelEstimate) -> Text:
    if level.low == level.high:
        return t("{level}.", level=LEVELS[level.level])
    return t("{level}; somewhere from {low} to {high}.", level=LEVELS[level.level], low=level.low, high=level.high)


def _distance(target: str, distance: int) -> Text:
    if distance == 0:
        return t("That is the level you prepare for, {target}.", target=target)
    if distance > 0:
        return tn(
            "That is {count} level above the one you prepare for, {target}.",
            "That is {count} levels above the one you prepare for, {target}.",
            distance,
            target=target,
        )
    return tn(
        "That is {count} level below the one you prepare for, {target}.",
        "That is {count} levels below the one you prepare for, {target}.",
        -distance,
        target=target,
    )
