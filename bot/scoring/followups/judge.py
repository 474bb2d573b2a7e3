"""A reply to a follow-up in, a FollowUpReport out: pure, the same bytes for the same inputs, for any text at all."""

from __future__ import annotations

from bot.base.text import t
from bot.scoring.followups import differently, facts, hardest, measured
from bot.scoring.followups.reading import FollowUpCues, hear, unreadable
from bot.scoring.followups.report import FollowUpKind, FollowUpReport
from bot.scoring.rubric import Rules

VERSION = "1"
"""Of the rules of this package; with the versions of the cues and of the lexicon it names what read a reply."""
JUDGES = {"differently": differently.judge, "measured": measured.judge, "hardest": hardest.judge}


def judge_follow_up(
    kind: FollowUpKind, reply: str, rules: Rules, cues: FollowUpCues, story: str = ""
) -> FollowUpReport:
    """What an interviewer would make of `reply`.

    `story` is the answer it belongs to; only the basic facts are looked for in it too. Never raises for any text.
    """
    version = f"{VERSION}.{cues.version}.{rules.lexicon.version}"
    heard = hear(reply, rules, cues)
    if kind == "facts":
        told = hear(story, rules, cues)
        if not heard.words and not told.words:
            nothing = t("There are no words here that I can read. Write the reply as you would say it, in English.")
            return FollowUpReport(kind, version, None, nothing, None, (), (), None)
        verdict, reading, parts, in_story, lift = facts.judge(told, heard)
        return FollowUpReport(kind, version, verdict, None, reading, parts, (), lift, in_story)
    reason = unreadable(heard, rules)
    if reason is not None:
        return FollowUpReport(kind, version, None, reason, None, (), (), None)
    verdict, reading, parts, remarks, lift = JUDGES[kind](heard)
    return FollowUpReport(kind, version, verdict, None, reading, parts, remarks, lift)
