"""The rooms that take part, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.feature.declarations import Feature


def all_features() -> Sequence[Feature]:
    """Every room's declarations."""
    from bot.answers.declare import feature as answers
    from bot.members.declare import feature as members
    from bot.questions.declare import feature as questions

    return (questions(), answers(), members())
