"""What the coach is asked for, in the order in which it is to think, and what is kept of it after the checks."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

CriterionName = Literal["situation", "action", "reasoning", "result", "reflection"]
RatingWord = Literal["1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"]


class _Raw(BaseModel):
    """What an endpoint sent. Sizes are not in the schema, which endpoints refuse; `bot.coach.guards` checks them."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RawObservation(_Raw):
    """Words of the answer, then what they show or leave open."""

    quote: str
    observation: str


class RawProbe(_Raw):
    """Words of the answer, then the question an interviewer would ask about them."""

    quote: str
    question: str


class RawStep(_Raw):
    """Words to change, empty where something is missing, then the change."""

    quote: str
    step: str


class RawExample(_Raw):
    """Words of the answer that are used, then a short passage built from them."""

    quotes: list[str]
    passage: str


class RawCriterion(_Raw):
    """One line of the rubric: words of the answer (empty where there are none), the reason, then the rating."""

    criterion: CriterionName
    quote: str
    reason: str
    rating: RatingWord


class RawAdvice(_Raw):
    """The whole reply: evidence before judgement, ratings last."""

    observations: list[RawObservation]
    probes: list[RawProbe]
    rewrite_plan: list[RawStep]
    example: RawExample
    second_opinion: list[RawCriterion]


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Remark(_Kept):
    """A sentence of the coach under the words it is about; `quote` is empty where it is about something missing."""

    quote: str
    text: str


class Criterion(_Kept):
    """One line of the second opinion."""

    name: CriterionName
    quote: str
    reason: str
    rating: float


class Opinion(_Kept):
    """The second opinion by rubric: the mean of its lines, to the half point."""

    overall: float
    criteria: tuple[Criterion, ...]


class Advice(_Kept):
    """What held against the text. `left_out` counts what did not."""

    observations: tuple[Remark, ...] = ()
    probes: tuple[Remark, ...] = ()
    plan: tuple[Remark, ...] = ()
    example: str = ""
    opinion: Opinion | None = None
    opinion_withheld: bool = False
    """There was one, and it lay too far from the rules to be shown."""
    left_out: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is left to show."""
        return not (self.observations or self.probes or self.plan or self.example or self.opinion)


def reply_schema() -> dict[str, Any]:
    """The JSON schema of `RawAdvice` as endpoints take it: closed, whole, without references and without sizes."""
    schema = RawAdvice.model_json_schema()
    definitions = schema.pop("$defs")
    whole: dict[str, Any] = _inlined(schema, definitions)
    return whole


def _inlined(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_inlined(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(definitions[node["$ref"].rpartition("/")[2]], definitions)
    return {key: _inlined(value, definitions) for key, value in node.items() if key not in ("title", "default")}
