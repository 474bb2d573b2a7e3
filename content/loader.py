"""Reads the content files into one frozen `Content`, or says what is wrong and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from bot.base.errors import ContentError
from bot.base.loading import much_made_to_stay
from content.parsing import ParsedEntry, entries_of
from content.schema import (
    OWN,
    SECTIONS,
    AgreedRating,
    AnswerPart,
    Archetype,
    ArchetypeCues,
    CanonicalStory,
    ChecklistItem,
    ClosingCaution,
    Company,
    Competency,
    Crosswalk,
    DifferentlyReply,
    Entry,
    Example,
    Expression,
    Fault,
    FollowUp,
    Guideline,
    GuideTopic,
    Level,
    LevelName,
    LevelPhrase,
    PlainWords,
    PracticeMode,
    PracticeTask,
    Principle,
    ProjectTable,
    Question,
    QuestionKind,
    QuestionType,
    QuizItem,
    ReadingItem,
    RelatedWords,
    RetrievalFamily,
    ReviewRubric,
    Ruling,
    SelfCheck,
    Signal,
    StoryTheme,
    StoryVersion,
    Template,
    Theme,
    WordGroup,
)

FOLDER = Path(__file__).parent
AMOUNTS = FOLDER / "amounts.yaml"
SCORING = FOLDER / "scoring"
OWN_PREFIX = "own-"
"""Begins the id of every question a team adds, so that none can stand in for one of ours."""


@dataclass(frozen=True, slots=True)
class Content:
    """All content, by section and id. A field is named as its section in the YAML files."""

    questions: Mapping[str, Question]
    archetypes: Mapping[str, Archetype]
    retrieval_families: Mapping[str, RetrievalFamily]
    canonical_stories: Mapping[str, CanonicalStory]
    question_types: Mapping[str, QuestionType]
    templates: Mapping[str, Template]
    crosswalk: Mapping[str, Crosswalk]
    examples: Mapping[str, Example]
    project_tables: Mapping[str, ProjectTable]
    story_versions: Mapping[str, StoryVersion]
    follow_ups: Mapping[str, FollowUp]
    differently_replies: Mapping[str, DifferentlyReply]
    competencies: Mapping[str, Competency]
    principles: Mapping[str, Principle]
    companies: Mapping[str, Company]
    levels: Mapping[str, Level]
    signals: Mapping[str, Signal]
    level_phrases: Mapping[str, LevelPhrase]
    themes: Mapping[str, Theme]
    answer_parts: Mapping[str, AnswerPart]
    faults: Mapping[str, Fault]
    guidelines: Mapping[str, Guideline]
    expressions: Mapping[str, Expression]
    self_checks: Mapping[str, SelfCheck]
    rulings: Mapping[str, Ruling]
    closing_cautions: Mapping[str, ClosingCaution]
    quiz_items: Mapping[str, QuizItem]
    checklist_items: Mapping[str, ChecklistItem]
    practice_tasks: Mapping[str, PracticeTask]
    practice_modes: Mapping[str, PracticeMode]
    reading_items: Mapping[str, ReadingItem]
    guide_topics: Mapping[str, GuideTopic]
    archetype_cues: Mapping[str, ArchetypeCues]
    word_groups: Mapping[str, WordGroup]
    story_themes: Mapping[str, StoryTheme]
    related_words: Mapping[str, RelatedWords]
    plain_words: Mapping[str, PlainWords]
    review_rubrics: Mapping[str, ReviewRubric]
    agreed_ratings: Mapping[str, AgreedRating]

    def entries(self) -> Iterator[Entry]:
        """Every entry of every section."""
        for field in fields(self):
            yield from getattr(self, field.name).values()

    def question(self, question_id: str) -> Question:
        """The question with this id; `KeyError` where there is none."""
        return self.questions[question_id]

    def questions_where(
        self,
        *,
        kinds: Iterable[QuestionKind] = (),
        archetypes: Iterable[str] = (),
        themes: Iterable[str] = (),
        companies: Iterable[str] = (),
        competencies: Iterable[str] = (),
        level: LevelName | None = None,
    ) -> tuple[Question, ...]:
        """Questions that match every filter given, in the order of their ids; within a filter one match is enough.

        A question that names no company fits every company.
        """
        wanted = {"archetypes": set(archetypes), "themes": set(themes), "competencies": set(competencies)}
        wanted_kinds, wanted_companies = set(kinds), set(companies)
        return tuple(
            question
            for _, question in sorted(self.questions.items())
            if (not wanted_kinds or question.kind in wanted_kinds)
            and all(not ids or ids & set(getattr(question, name)) for name, ids in wanted.items())
            and (not wanted_companies or not question.companies or wanted_companies & set(question.companies))
            and (level is None or question.fits_level(level))
        )

    def crosswalk_of(self, entry_id: str) -> tuple[Crosswalk, ...]:
        """The crosswalk entries that name this archetype, story, question type, principle or template."""
        return tuple(
            entry
            for entry in self.crosswalk.values()
            if entry_id == entry.id or any(entry_id == target for _, _, target in entry.references())
        )

    def examples_for(self, finding: str) -> tuple[Example, ...]:
        """The examples that a finding opens, pairs first."""
        found = [example for example in self.examples.values() if finding in example.findings]
        return tuple(sorted(found, key=lambda example: (example.weak is None, example.id)))

    def fault_of(self, finding: str) -> Fault | None:
        """The fault that a scoring finding stands for."""
        return next((fault for fault in self.faults.values() if fault.finding == finding), None)


def load_content(extra: Path | None = None) -> Content:
    """All shipped content, and the questions a team keeps in the folder `extra` beside it.

    Raises the first `ContentError` in the order of files and lines; `content.check` collects them all.
    """
    return _shipped() if extra is None else _without_problems(content_files(), content_files(extra))


@much_made_to_stay()
def read_content(shipped: Iterable[Path], own: Iterable[Path] = ()) -> tuple[Content, list[ContentError]]:
    """Content of the given files and everything wrong with them; what is wrong is left out of the content."""
    problems: list[ContentError] = []
    entries: dict[str, ParsedEntry] = {}
    for file in shipped:
        _gather(entries_of(file, problems), entries, problems)
    for file in own:
        found = entries_of(file, problems, defaults={"version": 1, "sources": [OWN]})
        _gather(_as_own(found, problems), entries, problems)
    _check_references(entries, problems)
    _check_sources(entries, problems)
    _check_gaps(entries, problems)
    _check_agreed(entries, problems)
    problems.sort(key=lambda problem: (str(problem.file), problem.line))
    by_section: dict[str, dict[str, Entry]] = {section: {} for section in SECTIONS}
    for parsed in entries.values():
        by_section[parsed.section][parsed.entry.id] = parsed.entry
    sections: dict[str, Any] = {section: MappingProxyType(found) for section, found in by_section.items()}
    return Content(**sections), problems


def content_files(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The content files of a folder and those below it; our scoring data and the amounts are not among them.

    Raises `ContentError` where there is no such folder.
    """
    if not folder.is_dir():
        raise ContentError(folder, 1, "there is no such folder")
    files = (file for ending in ("*.yaml", "*.yml") for file in folder.rglob(ending))
    return tuple(sorted(file for file in files if file != AMOUNTS and SCORING not in file.parents))


@cache
def amounts() -> Mapping[str, int]:
    """How many items each source row holds, by row."""
    data: dict[str, int] = yaml.safe_load(AMOUNTS.read_text(encoding="utf-8"))
    return MappingProxyType(data)


def known_sources() -> frozenset[str]:
    """What an entry may name among its sources."""
    return frozenset(amounts()) | {OWN}


@cache
def _shipped() -> Content:
    return _without_problems(content_files())


def _without_problems(shipped: Iterable[Path], own: Iterable[Path] = ()) -> Content:
    content, problems = read_content(shipped, own)
    if problems:
        raise problems[0]
    return content


def _gather(found: Iterable[ParsedEntry], into: dict[str, ParsedEntry], problems: list[ContentError]) -> None:
    for parsed in found:
        earlier = into.setdefault(parsed.entry.id, parsed)
        if earlier is not parsed:
            where = f"{earlier.file.name}:{earlier.line_of('id')}"
            problems.append(parsed.error(f"the id {parsed.entry.id!r} is taken by {where}", "id"))


def _as_own(found: Iterable[ParsedEntry], problems: list[ContentError]) -> Iterator[ParsedEntry]:
    for parsed in found:
        if parsed.section != "questions":
            problems.append(parsed.error(f"a folder of your own holds questions only, not {parsed.section}"))
            continue
        name = parsed.entry.id.removeprefix(OWN_PREFIX)
        yield parsed.with_entry(parsed.entry.model_copy(update={"id": OWN_PREFIX + name}))


def _check_references(entries: Mapping[str, ParsedEntry], problems: list[ContentError]) -> None:
    for parsed in entries.values():
        for path, section, target in parsed.entry.references():
            if target not in entries or entries[target].section != section:
                problems.append(parsed.error(f"{target!r} is not among the {section}", *path))


def _check_sources(entries: Mapping[str, ParsedEntry], problems: list[ContentError]) -> None:
    for parsed in entries.values():
        for index, row in enumerate(parsed.entry.sources):
            if row not in known_sources():
                problems.append(parsed.error(f"{row!r} is not a known source row", "sources", index))


def _check_gaps(entries: Mapping[str, ParsedEntry], problems: list[ContentError]) -> None:
    for parsed in entries.values():
        ours = not parsed.entry.id.startswith(OWN_PREFIX)
        if ours and isinstance(parsed.entry, Question):
            problems.extend(parsed.error(gap) for gap in parsed.entry.gaps())


def _check_agreed(entries: Mapping[str, ParsedEntry], problems: list[ContentError]) -> None:
    """An agreed rating is of a version that its example has, by criteria that a rubric has."""
    rubrics = [parsed.entry for parsed in entries.values() if isinstance(parsed.entry, ReviewRubric)]
    known = {criterion.id for rubric in rubrics for criterion in rubric.criteria}
    for parsed in entries.values():
        entry = parsed.entry
        if not isinstance(entry, AgreedRating):
            continue
        example = entries[entry.example].entry if entry.example in entries else None
        if entry.which == "weak" and isinstance(example, Example) and example.weak is None:
            problems.append(parsed.error(f"{entry.example!r} has no weak version", "which"))
        for index, each in enumerate(entry.scores):
            if each.criterion not in known:
                problems.append(parsed.error(f"{each.criterion!r} is no criterion of a rubric", "scores", index))
