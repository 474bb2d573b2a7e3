"""What is shipped holds together, and counts what it should."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import pytest

from content.check import check
from content.loader import Content, amounts, content_files, load_content
from content.schema import SECTIONS
from content.stats import by_source, missing, stats, surplus


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def test_every_shipped_file_is_sound() -> None:
    assert [str(problem) for problem in check()] == []


def test_content_has_a_field_for_every_section() -> None:
    assert [field.name for field in fields(Content)] == list(SECTIONS)


def test_every_section_has_an_entry(content: Content) -> None:
    assert [section for section in SECTIONS if not getattr(content, section)] == []


def test_every_row_is_counted_by_some_kind() -> None:
    assert {row for kind in SECTIONS.values() for row in kind.rows} == set(amounts())


def test_no_row_counts_more_than_its_source_holds(content: Content) -> None:
    assert dict(surplus(content)) == {}


def test_what_is_missing_is_what_stands_against_what_there_should_be(content: Content) -> None:
    have = by_source(content)
    assert {row: have[row] for row in amounts() if row not in missing(content)} == {
        row: want for row, want in amounts().items() if have[row] == want
    }


def test_the_ten_archetypes_stand(content: Content) -> None:
    assert by_source(content)["S0.2"] == 10


def test_every_archetype_has_a_question(content: Content) -> None:
    asked = {archetype for question in content.questions.values() for archetype in question.archetypes}
    assert set(content.archetypes) - asked == set()


def test_statistics_name_every_row_even_when_empty(content: Content) -> None:
    assert set(stats(content)["by_source"]) == set(amounts())


def test_every_entry_survives_a_round_trip(content: Content) -> None:
    for entry in content.entries():
        assert type(entry).model_validate(entry.model_dump(mode="json")) == entry


def test_no_shipped_id_begins_as_a_team_s_own_do(content: Content) -> None:
    assert [entry.id for entry in content.entries() if entry.id.startswith("own-")] == []


def test_content_files_leave_scoring_data_and_amounts_to_others() -> None:
    assert {file.name for file in content_files()} & {"amounts.yaml"} == set()
    assert [file for file in content_files() if file.parent.name == "scoring"] == []


def test_a_table_counts_each_column_and_its_example(content: Content) -> None:
    assert by_source(content)["S2.5"] == 7


def test_an_entry_counts_nothing_for_a_row_it_only_cites(content: Content) -> None:
    level = content.levels["level-l5"]
    assert "S3.15" in level.sources
    assert (level.items_for("S3.15"), level.items_for("S3.2")) == (0, 6)


def test_a_company_counts_its_shares_its_note_and_its_guide(content: Content) -> None:
    company = content.companies["anthropic"]
    assert (company.items_for("S1.1"), company.items_for("S1.13")) == (4, 1)


def test_questions_are_found_by_what_they_are_about(content: Content) -> None:
    found = content.questions_where(kinds=["behavioral"], archetypes=["mentoring"], level="L5")
    assert "q-somebody-grew" in {question.id for question in found}
    assert all(question.kind == "behavioral" and question.fits_level("L5") for question in found)


def test_a_question_without_a_company_fits_every_company(content: Content) -> None:
    assert content.question("q-somebody-grew") in content.questions_where(companies=["anthropic"])


def test_nothing_of_the_source_documents_is_missing_and_nothing_is_counted_twice(content: Content) -> None:
    assert missing(content) == {}
    assert surplus(content) == {}


def test_the_bank_holds_at_least_240_questions_of_every_kind(content: Content) -> None:
    kinds = Counter(question.kind for question in content.questions.values())
    assert sum(kinds.values()) >= 240
    assert min(kinds["behavioral"], kinds["situational"], kinds["closing"]) >= 30


def test_every_archetype_canonical_story_type_principle_and_template_is_in_the_crosswalk(content: Content) -> None:
    for kind in ("archetypes", "canonical_stories", "question_types", "principles", "templates"):
        tied = {end for entry in content.crosswalk.values() for end in getattr(entry, kind)}
        assert set(getattr(content, kind)) - tied == set()


def test_every_canonical_story_is_asked_for(content: Content) -> None:
    asked = {question.canonical_story for question in content.questions.values()}
    assert set(content.canonical_stories) - asked == set()


def test_the_crosswalk_is_found_from_each_of_its_ends(content: Content) -> None:
    for end in ("zero-to-one", "story-hardest-decision", "type-ambiguity"):
        assert "crosswalk-hard-decision" in {entry.id for entry in content.crosswalk_of(end)}


def test_a_finding_opens_its_fault_and_a_pair(content: Content) -> None:
    fault = content.fault_of("no_metric")
    assert fault is not None
    assert fault.id == "fault-no-metric"
    assert content.examples_for("no_metric")[0].weak is not None


def test_stories_from_the_lead_rounds_of_the_sources_are_marked_as_such(content: Content) -> None:
    stories = [question for question in content.questions.values() if question.kind == "behavioral"]
    from_lead_rounds = {one.id for one in stories if {"S0.4", "S0.5", "S0.6"} & set(one.sources)}
    assert len(from_lead_rounds) == 5
    assert from_lead_rounds <= {one.id for one in stories if one.lead_round}
