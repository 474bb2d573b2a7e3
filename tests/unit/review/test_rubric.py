"""The criteria as data: written, edited, read; their form within the limits of every platform; agreed examples."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.errors import UserFacingError
from bot.chat.cards import resolved
from bot.chat.form_steps import fit_form
from bot.chat.values import joined
from bot.review.calibration import Compared, compare, criteria_of_example, examples
from bot.review.given import Said
from bot.review.review_forms import review_form
from bot.review.rubric import MOST_CRITERIA, read_criterion, shipped, written
from bot.review.why import LeftOut, WhyFacts, why_text
from content.schema import ContentText, Criterion
from storage.tables.review import Entry, Review
from tests.gallery.platforms import PLATFORMS, Platform
from tests.gallery.sample import Sample, identifier
from tests.gallery.samples import shipped_content

CONTENT = shipped_content()
line = st.text(st.characters(categories=("L", "N"), include_characters=" ,"), min_size=1, max_size=40).map(
    lambda words: f"w {words}".strip()
)


@settings(max_examples=60, deadline=None)
@given(line, line, line, line, line)
def test_a_criterion_read_from_what_was_written_is_the_same(
    name: str, asks: str, one: str, three: str, five: str
) -> None:
    texts = [ContentText({"en": text}) for text in (name, asks, one, three, five)]
    made = Criterion(id="c", name=texts[0], asks=texts[1], one=texts[2], three=texts[3], five=texts[4])
    assert read_criterion(written(made), "c") == made


@pytest.mark.parametrize("text", ["", "Name", "Name\nAsk?", "Name\nAsk?\n1: a\n3: b", "1: a\n3: b\n5: c", "\n" * 9])
def test_a_criterion_without_all_its_lines_is_sent_back(text: str) -> None:
    with pytest.raises(UserFacingError, match="five lines"):
        read_criterion(text)


def test_a_new_criterion_gets_an_id_of_its_name() -> None:
    assert read_criterion("Pace & Flow\nIs it brisk?\n1: a\n3: b\n5: c").id == "pace_flow"
    assert read_criterion("속도\nIs it brisk?\n1: a\n3: b\n5: c").id[:1] == "c"


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
@pytest.mark.parametrize("count", [1, 4, MOST_CRITERIA])
def test_invariant_45_the_form_fits_every_platform_and_no_input_is_lost(platform: Platform, count: int) -> None:
    four = shipped(CONTENT).criteria
    criteria = [four[at % 4].model_copy(update={"id": f"c{at}"}) for at in range(count)]
    review, entry = Review(id=identifier("review")), Entry(label="AA")
    form = resolved(review_form(review, entry, criteria, Said(worked="x" * 2000), "en"), "en")
    steps = fit_form(form, platform.capabilities)
    names = [name for step in steps for name in joined({one.name: () for one in step.inputs})]
    assert set(names) == {one.name for one in form.inputs}
    for step in steps:
        assert len(step.inputs) <= platform.capabilities.limits.form_inputs
        assert not platform.objections(platform.form(step), Sample("review", "form", step))
    if platform.name == "discord" and count == 4:
        assert [len(step.inputs) for step in steps] == [4, 4], "two steps, each kept as a draft"


def test_every_agreed_example_is_rated_by_every_criterion_and_compares_within_a_point() -> None:
    for rating in examples(CONTENT):
        criteria = criteria_of_example(CONTENT, rating)
        assert {criterion.id for criterion in criteria} == {c.id for c in shipped(CONTENT).criteria}
        agreed = {each.criterion: each.score for each in rating.scores}
        assert all(each.agrees for each in compare(CONTENT, rating, agreed, "en"))
    assert Compared("a", 2, 3, "").agrees
    assert not Compared("a", 2, 4, "").agrees


def test_of_a_round_that_is_over_why_speaks_in_the_past() -> None:
    facts = WhyFacts(3, mine=2, others=2, answers=7, over=True)
    assert why_text(facts)[0].source.startswith("You had")
    assert why_text(WhyFacts(3, 0, 2, 7, left_out=LeftOut.SHARED_OUT, over=True))[0].source.startswith("You had")


@settings(max_examples=80, deadline=None)
@given(
    st.builds(
        WhyFacts,
        number=st.integers(1, 9),
        mine=st.integers(0, 6),
        others=st.integers(0, 6),
        answers=st.integers(0, 30),
        mentor=st.booleans(),
        one_more=st.booleans(),
        swapped=st.integers(0, 2),
        exchanged=st.integers(0, 1),
        late=st.booleans(),
        over=st.booleans(),
        replaced=st.integers(0, 3),
        left_out=st.one_of(st.none(), st.sampled_from(LeftOut)),
    )
)
def test_why_speaks_of_load_levels_and_turns_and_never_of_who_is_kept_apart(facts: WhyFacts) -> None:
    said = " ".join(text.source for text in why_text(facts)).lower()
    assert said
    for word in ("exclu", "avoid", "apart", "blocked", "conflict", "not to be paired"):
        assert word not in said
