"""What Slack says of a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.slack.payloads import maybe
from adapters.slack.teams import Team
from bot.chat.errors import TargetGone
from bot.chat.platform import Profile
from bot.chat.refs import AccountRef


async def profile_of(team: Team, account: AccountRef) -> Profile | None:
    """The profile of this account now, None for one that Slack does not know or has deactivated."""
    try:
        answer = await team.api.call("users.info", user=account.user, include_locale=True)
    except TargetGone:
        return None
    user = answer.get("user")
    return _profile(user, team) if isinstance(user, Mapping) and user.get("deleted") is not True else None


def _profile(user: Mapping[str, Any], team: Team) -> Profile:
    names = (maybe(user, "profile", "display_name"), maybe(user, "profile", "real_name"), maybe(user, "real_name"))
    locale = maybe(user, "locale")
    return Profile(
        name=next((name for name in names if name), None) or maybe(user, "name") or str(user.get("id")),
        zone=maybe(user, "tz"),
        language=locale.replace("-", "_") if locale else None,
        is_admin=any(user.get(flag) is True for flag in ("is_admin", "is_owner")),
        is_bot=user.get("is_bot") is True or user.get("id") == "USLACKBOT",
        is_outsider=_is_outsider(user, team),
    )


def _is_outsider(user: Mapping[str, Any], team: Team) -> bool:
    """Guests, and people of another organisation in a shared channel."""
    if any(user.get(flag) is True for flag in ("is_restricted", "is_ultra_restricted", "is_stranger")):
        return True
    own = team.me.installation.installation
    homes = {maybe(user, "team_id"), maybe(user, "enterprise_user", "enterprise_id")} - {None}
    return bool(homes) and own not in homes
