"""Follow-ups with a scoring of their own, closing questions, reuse and pace: all told beside a Report."""

from bot.scoring.followups.closing import ClosingBank, ClosingReport, Drafted, GoodQuestion, Unwanted, judge_closing
from bot.scoring.followups.judge import judge_follow_up
from bot.scoring.followups.reading import FollowUpCues
from bot.scoring.followups.report import FOLLOW_UP_KINDS, FollowUpKind, FollowUpReport, Part, Remark

__all__ = [
    "FOLLOW_UP_KINDS",
    "ClosingBank",
    "ClosingReport",
    "Drafted",
    "FollowUpCues",
    "FollowUpKind",
    "FollowUpReport",
    "GoodQuestion",
    "Part",
    "Remark",
    "Unwanted",
    "judge_closing",
    "judge_follow_up",
]
