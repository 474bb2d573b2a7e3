"""The page of what each platform shows differently says what is so.

Run with STARLING_WRITE_GOLDEN=1 to write it anew.
"""

from __future__ import annotations

from dataclasses import fields

from bot.chat.capabilities import Capabilities, Limits
from tests.gallery.degradations import ELSEWHERE, PAGE, PROFILES, SIZES, page
from tests.gallery.golden import kept


def test_the_page_is_fresh() -> None:
    shown = page()
    assert shown == kept(PAGE, shown)


def test_every_capability_and_every_limit_is_on_it() -> None:
    assert set(ELSEWHERE) == {each.name for each in fields(Capabilities)} - {"limits", "home_limits"}
    assert set(SIZES) == {each.name for each in fields(Limits)} - {"measure"}


def test_what_some_platform_lacks_says_what_happens_instead() -> None:
    lacking = {name for name in ELSEWHERE if not all(getattr(each, name) for each in every_profile())}
    assert lacking == {name for name, (_, instead) in ELSEWHERE.items() if instead}


def every_profile() -> list[Capabilities]:
    return [each for profiles in PROFILES.values() for each in profiles]
