"""What is said of a reply to a follow-up: frozen, with a JSON form that round-trips byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from bot.base.text import Text
from bot.scoring.report import Evidence

FollowUpKind = Literal["differently", "measured", "hardest", "facts"]
FOLLOW_UP_KINDS: tuple[FollowUpKind, ...] = get_args(FollowUpKind)
Verdict = Literal[
    "L6", "L5", "L4", "none",
    "measured", "estimated", "felt",
    "real", "partial", "not_one",
    "known", "some_missing",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One thing an interviewer listens for: whether it is there, and in which words. `quote` is None where it is not.

    `text` says what it is, as a person reads it.
    """

    code: str
    text: Text
    quote: Evidence | None

    @property
    def found(self) -> bool:
        """Whether the reply has it."""
        return self.quote is not None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that counts against a reply, named kindly, with the words that are meant."""

    code: str
    text: Text
    quote: Evidence


@dataclass(frozen=True, slots=True)
class FollowUpReport:
    """All that is said of one reply. Where `abstained` holds a sentence, nothing else is said.

    `in_story` names the parts whose quote is from the story and not from the reply.
    """

    kind: FollowUpKind
    version: str
    verdict: Verdict | None
    abstained: Text | None
    reading: Text | None
    parts: tuple[Part, ...]
    remarks: tuple[Remark, ...]
    suggestion: Text | None
    in_story: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Part, ...]:
        """What an interviewer would still wait for."""
        return tuple(part for part in self.parts if not part.found)

    def to_json(self) -> bytes:
        """The report as JSON in UTF-8: the same report always gives the same bytes."""
        from bot.scoring.report_json import encode

        return encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> FollowUpReport:
        """The report that `to_json` wrote. Raises `ValueError` where the data are not a report."""
        from bot.scoring.report_json import decode

        return decode(cls, data)
