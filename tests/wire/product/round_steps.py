"""The steps of a peer-review round: setting rounds up, answering, reviewing by the form, letting time pass."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

from bot.chat.refs import MessageRef
from storage.tables.people import Account
from storage.tables.review import Review, Round
from tests.scenario.answers_scene import ACTION, RESULT, SITUATION
from tests.scenario.reviewing_scene import CHANGE, SCORES, WORKED
from tests.wire.product.steps import question_of_today, rows
from tests.wire.product.team import Someone, Team

MONDAY = 0
MORNING, AFTERNOON = time(8), time(15)
SEEN_BY_REVIEWERS = "reviewers"
A_READER = "somebody who was not there"


async def monday_with_rounds(team: Team) -> MessageRef:
    """On a Monday at nine a question comes; its answers are handed out at three, for four days and six hours."""
    now = team.place.product.clock.now()
    days = (MONDAY - now.weekday()) % 7 or 7
    await team.waits(datetime.combine(now.date() + timedelta(days), MORNING, UTC) - now)
    question = await question_of_today(team)
    ada = await team.admin("Ada")
    await ada.runs("round setup")
    await ada.fills_in(
        name="Peer reviews", weekday=str(MONDAY), time=f"{AFTERNOON:%H:%M}", zone="UTC", days="4", grace="6", open="no"
    )
    assert 'The peer reviews "Peer reviews" are saved.' in ada.alone
    return question


def story(name: str) -> str:
    """A full answer that nobody else gives in the same words."""
    return f"{SITUATION} {ACTION} {RESULT} That is how I, {name}, remember it."


async def answers_privately(someone: Someone) -> None:
    """Answer by the form, and let the reviewers of a round see it."""
    await someone.clicks("Answer privately")
    await someone.fills_in(situation=SITUATION, action=ACTION, result=RESULT)
    await someone.clicks("My answer")
    await someone.chooses("Change who may see it", SEEN_BY_REVIEWERS)


async def the_round(team: Team) -> Round:
    """The first round, as it is stored."""
    return next(each for each in await rows(team, Round) if each.number == 1)


async def until(team: Team, moment: datetime | None) -> None:
    """Time passes until a moment of the round."""
    assert moment is not None
    await team.waits(moment - team.place.product.clock.now() + timedelta(seconds=5))


async def until_they_are_handed_out(team: Team) -> None:
    """Time passes until the rule of the rounds hands the answers out."""
    await until(team, datetime.combine(team.place.product.clock.now().date(), AFTERNOON, UTC))


async def reviews_one(someone: Someone, begin: str) -> None:
    """Begin by the button named, read one answer, and hand its review in by the form."""
    await someone.clicks(begin)
    label = re.findall(r"^Answer ([A-Z])$", someone.alone, re.MULTILINE)[-1]
    await someone.clicks("Write my review")
    await someone.fills_in(
        **SCORES,
        worked=WORKED[label].format(who=A_READER),
        change=CHANGE[label].format(who=A_READER),
        level="L4",
        follow_up="What would you have done without the tool?",
    )
    assert "Your review is in." in someone.alone


async def reviews_of(team: Team, someone: Someone) -> list[Review]:
    """Somebody's reviews, in the order in which they got them."""
    (member,) = [each.member_id for each in await rows(team, Account) if each.user == someone.account.user]
    mine = [each for each in await rows(team, Review) if each.reviewer_id == member]
    return sorted(mine, key=lambda each: each.id)
