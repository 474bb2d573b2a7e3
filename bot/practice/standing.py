"""What a person's records say of how ready they are. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

READY_PARTS = ("action", "result")
"""What a story needs at least to be told."""
COMES_BACK = 2
"""Stories from which on a finding comes back."""


@dataclass(frozen=True, slots=True)
class ReadiedStory:
    """What is known of one story: the parts with words, and how it was prepared and told."""

    title: str
    parts: frozenset[str]
    question_types: tuple[str, ...]
    has_figures: bool
    findings: tuple[str, ...]
    has_short_telling: bool
    times_told: int
    recalled_well: bool | None
    """Whether its last recall went well; None where it was never recalled."""

    @property
    def is_ready(self) -> bool:
        """Whether it can be told."""
        return self.parts.issuperset(READY_PARTS)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there and what is missing, with names as people read them."""

    stories: Sequence[ReadiedStory]
    missing_types: tuple[str, ...]
    """Question types that no story answers."""
    failure_type: str
    """What the type is called that asks for failures."""
    failures: int
    weak_flags: tuple[tuple[str, int], ...]
    """Findings that come back, with the number of stories they are in; the most frequent first."""
    due: int
    """Stories to recall today."""
    closing_questions: int
    has_researched: bool

    @property
    def ready(self) -> int:
        """How many stories can be told."""
        return sum(one.is_ready for one in self.stories)

    @property
    def untold(self) -> int:
        """How many stories that can be told have no two-minute telling."""
        return sum(one.is_ready and not one.has_short_telling for one in self.stories)


def coming_back(stories: Sequence[ReadiedStory]) -> list[tuple[str, int]]:
    """The codes of findings that several stories have, the most frequent first."""
    found = Counter(code for one in stories for code in dict.fromkeys(one.findings))
    return sorted(((code, count) for code, count in found.items() if count >= COMES_BACK),
                  key=lambda pair: (-pair[1], pair[0]))  # fmt: skip
