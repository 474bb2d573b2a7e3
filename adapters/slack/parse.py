"""From a payload of Slack to what it says, whatever way it came. Pure, and it never fails but as `Malformed`."""

from __future__ import annotations

from datetime import datetime

from adapters.slack.parse_events import Echo, read_event
from adapters.slack.parse_interactions import read_command, read_interaction
from adapters.slack.payloads import Me, Payload, maybe, parts
from bot.chat.events import Event


def parse(payload: Payload, me: Me, now: datetime) -> Event | Echo | None:
    """The event in `payload`, the echo of a post of ours, or None for what is no concern of ours.

    Raises `Malformed` for what cannot be read. `now` is when an interaction happened, which Slack does not say.
    """
    if payload.get("type") == "event_callback":
        return read_event(payload, me)
    if maybe(payload, "command"):
        return read_command(payload, me, now)
    return read_interaction(payload, me, now)


def installation_of(payload: Payload) -> str | None:
    """The team or organisation whose installation this payload is for; None where it does not say.

    In a channel shared by two organisations the payload's own team may be the other one, so the authorizations are
    asked first (Slack's reference, "Events API", "authorizations").
    """
    for grant in parts(payload, "authorizations")[:1]:
        return maybe(grant, "enterprise_id") if grant.get("is_enterprise_install") is True else maybe(grant, "team_id")
    if payload.get("is_enterprise_install") in (True, "true"):
        return maybe(payload, "enterprise_id") or maybe(payload, "enterprise", "id")
    return maybe(payload, "team_id") or maybe(payload, "team", "id")
