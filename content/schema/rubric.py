"""What reviewers rate: criteria with anchors, and examples whose ratings are agreed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from content.schema.base import ContentText, Entry, EntryId, Ref, Shape

CriterionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)]
Score = Annotated[int, Field(ge=1, le=5)]


class Criterion(Shape):
    """One thing to rate from 1 to 5. It is known by its id, so that its name can be reworded."""

    id: CriterionId
    name: ContentText
    asks: ContentText
    one: ContentText
    """What 1 looks like; `three` and `five` likewise."""
    three: ContentText
    five: ContentText


class ReviewRubric(Entry):
    """The criteria by which answers are reviewed. What a round began with it keeps, whatever the next version says."""

    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=8)]

    @model_validator(mode="after")
    def _every_criterion_has_an_id_of_its_own(self) -> ReviewRubric:
        if len({criterion.id for criterion in self.criteria}) < len(self.criteria):
            raise ValueError("two criteria have the same id")
        return self


class AgreedScore(Shape):
    """What those who agreed on an example give it for one criterion, and why."""

    criterion: CriterionId
    score: Score
    why: ContentText


class AgreedRating(Entry):
    """The agreed rating of an example's weak or strong version: something to try one's own scale on."""

    example: Annotated[EntryId, Ref("examples")]
    which: Literal["weak", "strong"]
    scores: Annotated[tuple[AgreedScore, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _a_criterion_is_rated_once(self) -> AgreedRating:
        if len({each.criterion for each in self.scores}) < len(self.scores):
            raise ValueError("a criterion is rated twice")
        return self
