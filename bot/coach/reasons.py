"""Why there is no word of the coach: each reason in one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.base.text import Text, t


class Reason(StrEnum):
    """Why the rules stand alone."""

    OFF = "off"
    NOT_AGREED = "not_agreed"
    UNSUITABLE = "unsuitable"
    BUDGET = "budget"
    TIMEOUT = "timeout"
    OVERLOADED = "overloaded"
    UNREACHABLE = "unreachable"
    KEY_REFUSED = "key_refused"
    NOT_ACCEPTED = "not_accepted"
    REFUSED = "refused"
    CUT_OFF = "cut_off"
    NOT_USABLE = "not_usable"
    NOTHING_HELD = "nothing_held"
    INTERRUPTED = "interrupted"
    BROKEN = "broken"


SENTENCES: Mapping[Reason, Text] = {
    Reason.OFF: t("The coach is switched off here."),
    Reason.NOT_AGREED: t("You have not agreed to send your answers, or you have stopped it. Nothing more is sent."),
    Reason.UNSUITABLE: t("The coach reads a story or a plan in English of at least 40 words. This text was not sent."),
    Reason.BUDGET: t("Your team's budget for the coach is used up for today. It starts anew at midnight UTC."),
    Reason.TIMEOUT: t("The coach did not answer in time. You can ask again later."),
    Reason.OVERLOADED: t("The coach's service is overloaded at the moment. You can ask again later."),
    Reason.UNREACHABLE: t("The coach's service could not be reached. You can ask again later."),
    Reason.KEY_REFUSED: t("The coach's service refused our key. An admin has been told."),
    Reason.NOT_ACCEPTED: t("The coach's service did not accept the request. An admin has been told."),
    Reason.REFUSED: t("The coach's service declined to read this text."),
    Reason.CUT_OFF: t("The coach's answer broke off before its end, so none of it is shown."),
    Reason.NOT_USABLE: t("The coach's answer did not have the form I ask for, so none of it is shown."),
    Reason.NOTHING_HELD: t("Nothing the coach suggested held against your text, so none of it is shown."),
    Reason.INTERRUPTED: t("I was interrupted while the coach was reading. You can ask again."),
    Reason.BROKEN: t("Something went wrong on our side while the coach was reading. You can ask again later."),
}

PASSES_BY_ITSELF = frozenset({Reason.OVERLOADED, Reason.UNREACHABLE})
"""Failures after which another call is worth making, since this one surely cost nothing."""
FOR_ADMINS = frozenset({Reason.KEY_REFUSED, Reason.NOT_ACCEPTED})
"""Failures that an admin has to mend."""
