"""The texts that content ties to archetypes, from which the wording of questions is learned."""

from __future__ import annotations

from collections.abc import Iterator

from content.loader import Content

BY_PLACE = (1.0, 0.4, 0.2)
"""What a question counts for the first, second and third archetype it names."""
FAMILY, CROSSWALK, ASKED = 0.7, 0.5, 1.5
"""What the texts of families, crosswalks and collected wordings count beside an archetype's own."""


def texts_by_archetype(content: Content) -> Iterator[tuple[str, str, float]]:
    """Every text that content ties to an archetype: text, archetype, what it counts."""
    for question in content.questions.values():
        for archetype, counted in zip(question.archetypes, BY_PLACE, strict=False):
            for text in (str(question.text), *question.wordings):
                yield text, archetype, counted
    for family in content.retrieval_families.values():
        for archetype in family.archetypes:
            for asked in family.asked_as:
                yield str(asked), archetype, FAMILY
    for kind in content.archetypes.values():
        template = kind.template
        own = (kind.name, kind.probes, kind.story_shape, kind.tie_in.text)
        for part in (*own, template.situation, template.task, template.action, template.result):
            yield str(part), kind.id, 1.0
    for crosswalk in content.crosswalk.values():
        for name in crosswalk.archetypes:
            for part in (crosswalk.name, crosswalk.why):
                yield str(part), name, CROSSWALK
    for cues in content.archetype_cues.values():
        for wording in cues.asked_as:
            yield wording, cues.archetype, ASKED
