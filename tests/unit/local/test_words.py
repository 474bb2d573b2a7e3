"""How people address each other in what they type."""

from __future__ import annotations

from adapters.local.words import with_ids


def test_a_name_after_an_at_sign_becomes_an_id_whatever_its_capitals() -> None:
    ids = {"priya": "p1"}
    assert with_ids("mentor ask @Priya", ids) == "mentor ask @p1"
    assert with_ids("story find @nobody, mail@Priya.example", ids) == "story find @nobody, mail@Priya.example"
