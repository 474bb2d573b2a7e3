"""The rooms that take part, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.feature.declarations import Feature


def all_features(settings: Mapping[str, str] | None = None) -> Sequence[Feature]:
    """Every room's declarations. `settings` (`STARLING_…` to value) switch the coach and the model of meaning on.

    Without them both are off.
    """
    from bot.answers.declare import feature as answers
    from bot.coach.config import read_coach_config
    from bot.coach.declare import feature as coach
    from bot.data.declare import feature as data
    from bot.followups.declare import feature as followups
    from bot.members.declare import feature as members
    from bot.mentoring.declare import feature as mentoring
    from bot.practice.declare import feature as practice
    from bot.questions.declare import feature as questions
    from bot.readings.declare import feature as readings
    from bot.review.declare import feature as review
    from bot.stories.declare import feature as stories
    from bot.stories.static_model import story_model

    coached = coach(read_coach_config(settings or {}))
    meaning = story_model(settings) if settings is not None else None
    return (
        questions(),
        answers(),
        followups(),
        review(),
        stories(meaning),
        readings(),
        practice(),
        mentoring(),
        coached,
        data(),
        members(),
    )
