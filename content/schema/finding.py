"""What a wording gives away: the cues by which the kind of story a question asks for is found."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from content.schema.base import ArchetypeId, Entry, Words


def _has_places(cue: str) -> str:
    """A cue as it stands; `ValueError` where a place or an alternative is empty."""
    for place in cue.split():
        if not all(word for alternative in place.split("/") for word in alternative.split("_")):
            raise ValueError(f"{cue!r} has an empty alternative")
    return cue


Cue = Annotated[Words, AfterValidator(_has_places)]
"""Places with blanks between them, all of which must be found, in any order; a place holds alternatives parted by `/`;
words joined by `_` stand side by side."""


class WordGroup(Entry):
    """Words that stand for one another in cues, written there as `+id`."""

    words: Annotated[tuple[Cue, ...], Field(min_length=1)]


class PlainWords(Entry):
    """Words that are taken as they are typed."""

    words: Words
    """The words, parted by blanks."""


class ArchetypeCues(Entry):
    """The wordings that speak for one archetype, by how much they say. Korean cues are found inside words."""

    archetype: ArchetypeId
    strong: tuple[Cue, ...] = ()
    fair: tuple[Cue, ...] = ()
    hint: tuple[Cue, ...] = ()
    korean: tuple[Cue, ...] = ()
    korean_fair: tuple[Cue, ...] = ()
    asked_as: tuple[Words, ...] = ()
    """Whole questions of this kind, from which the weight of single words is learned."""


class StoryTheme(Entry):
    """What a story may be about without saying it. Stories are read for its cues sentence by sentence."""

    asked: Annotated[tuple[Cue, ...], Field(min_length=1)]
    """How a query names it."""
    shown: Annotated[tuple[Cue, ...], Field(min_length=1)]
    """By what a story shows it."""
    archetypes: tuple[ArchetypeId, ...] = ()
    """The archetypes of which it is a mark: who looks for one of them looks for this theme."""
    usual: tuple[Annotated[float, Field(ge=0)], Annotated[float, Field(gt=0)]] = (0.5, 0.5)
    """How much an ordinary answer shows it, and how far answers differ in that: the mean and the spread over many."""


class RelatedWords(Entry):
    """Words of the same matter: who looks for one of them finds stories with another."""

    words: Annotated[tuple[Cue, ...], Field(min_length=2)]
