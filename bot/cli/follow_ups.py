"""`starling score --follow-up`: replies to follow-ups and drafted closing questions from files."""

from __future__ import annotations

from typing import Literal

from bot.base.text import Text, render, t
from bot.followups.cards import SIGNALS
from bot.scoring.followups import ClosingReport, FollowUpReport, judge_closing, judge_follow_up
from content.follow_ups import closing_bank, follow_up_cues
from content.loader import load_content
from content.rules import load_rules

Asked = Literal["differently", "measured", "hardest", "facts", "closing"]


def judge_text(asked: Asked, text: str, story: str = "") -> str:
    """What a person would be told about a reply, or about closing questions; `story` is the answer it belongs to."""
    rules, cues = load_rules(), follow_up_cues()
    if asked == "closing":
        return _closing(judge_closing(text, closing_bank(load_content()), rules, cues))
    return _reply(judge_follow_up(asked, text, rules, cues, story))


def _reply(report: FollowUpReport) -> str:
    if report.abstained is not None:
        return render(report.abstained) + "\n"
    lines = [report.reading, *(remark.text for remark in report.remarks)]
    shown = [render(line) for line in lines if line is not None]
    for part in report.parts:
        shown.append(f"[{'x' if part.found else ' '}] {render(part.text)}")
        if part.quote is not None:
            shown.append(_quote(part.quote.quote))
    if report.suggestion is not None:
        shown.append(render(report.suggestion))
    return "\n".join(shown) + "\n"


def _closing(report: ClosingReport) -> str:
    shown: list[str] = []
    for drafted in report.drafted:
        shown += [drafted.quote.quote, f"  {render(SIGNALS[drafted.signals])} {_words(drafted.why)}"]
        if drafted.instead is not None:
            shown.append(f"  {_words(drafted.instead)}")
        shown += [f"  {render(t('Such as: {question}', question=good.text))}" for good in drafted.nearest[:1]]
    shown += [_words(note) for note in report.notes]
    return "\n".join(shown) + "\n"


def _words(said: Text | str) -> str:
    return said if isinstance(said, str) else render(said)


def _quote(quote: str) -> str:
    return "    “" + " ".join(quote.split()) + "”"
