"""The page of who may do what says what the code checks."""

from __future__ import annotations

from bot.base.ids import MemberId, WorkspaceId
from bot.base.policy import POLICY, Actor, Subject, may
from tests.visibility import COMMAND, FILE, STANDINGS, page

HOUSE = WorkspaceId("w")
OWNER, OTHER = MemberId("owner"), MemberId("other")


def test_the_page_is_the_policy() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), f"run {COMMAND}"


def test_the_page_knows_every_standing() -> None:
    named = {standing for rule in POLICY.values() for standing in (*rule.standings, *rule.when_blocked)}
    assert named <= set(STANDINGS)


def test_ones_data_are_ones_own_also_when_blocked_and_nobody_elses() -> None:
    for verb in ("data.export", "data.delete"):
        for blocked in (False, True):
            assert may(Actor(HOUSE, OWNER, blocked=blocked), verb, Subject(HOUSE, OWNER))
        admin = Actor(HOUSE, OTHER, frozenset({"member", "moderator", "admin"}))
        assert not may(admin, verb, Subject(HOUSE, OWNER, "channel"))
