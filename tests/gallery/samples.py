"""The catalogue: every card and form of the product, as a feature hands it to the runtime."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.cli.features import all_features
from bot.feature.gather import Gathered, gather
from bot.runtime.declare import feature as runtime_feature
from content.loader import Content, load_content
from tests.gallery import (
    answers_samples,
    coach_samples,
    data_samples,
    followups_samples,
    members_samples,
    mentoring_samples,
    practice_samples,
    progress_samples,
    questions_samples,
    readings_samples,
    review_samples,
    runtime_samples,
    stories_samples,
)
from tests.gallery.sample import Sample

ROOMS = (
    "questions",
    "answers",
    "followups",
    "review",
    "stories",
    "readings",
    "practice",
    "mentoring",
    "coach",
    "data",
    "members",
    "runtime",
)


@cache
def shipped_content() -> Content:
    """The content as it is shipped, read once."""
    return load_content()


@cache
def declared() -> Gathered:
    """The declarations of all rooms."""
    return gather((*all_features(), runtime_feature(declared, runtime_samples.ROOT)))


@cache
def catalogue() -> Sequence[Sample]:
    """Every sample, by room."""
    return built()


def built() -> Sequence[Sample]:
    """The same, built anew each time."""
    content = shipped_content()
    return (
        *questions_samples.samples(content),
        *answers_samples.samples(content),
        *followups_samples.samples(content),
        *review_samples.samples(content),
        *stories_samples.samples(content),
        *readings_samples.samples(content),
        *practice_samples.samples(content),
        *mentoring_samples.samples(),
        *progress_samples.samples(content),
        *coach_samples.samples(),
        *data_samples.samples(declared()),
        *members_samples.samples(content),
        *runtime_samples.samples(declared()),
    )
