"""Which answers mentors may see: every list and every figure that a mentor gets is made of these alone.

A rating that nobody else is to see could be worked out from a mean over all answers, and a day of practice from a
streak. So what is shown to mentors leaves private answers out, also where it shows no words.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from storage.tables.answers import Answer, AnswerState

MENTORS_MAY_SEE = ("mentors", "reviewers", "channel")
"""The visibilities of an answer that let its author's mentors see it."""


def standing_answers() -> ColumnElement[bool]:
    """The answers that were not withdrawn: all that count for their author."""
    return Answer.state != AnswerState.WITHDRAWN


def mentors_may_read() -> ColumnElement[bool]:
    """Of those the ones a mentor may see, as far as their authors let mentors and no moderator has hidden them."""
    return and_(standing_answers(), Answer.visibility.in_(MENTORS_MAY_SEE), Answer.hidden_at.is_(None))


def counted(*, to_mentors: bool) -> ColumnElement[bool]:
    """The answers that figures are made of: `to_mentors` those alone that mentors may see, for oneself all."""
    return mentors_may_read() if to_mentors else standing_answers()
