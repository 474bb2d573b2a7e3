"""The rule that tells answers from talk: on labelled replies, one half of which it was not developed on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.chatter import LONG, Standing, judge, read
from tests.unit.answers.replay import Judged, Split, labelled_replies, replay

OPEN = Standing(goes_on=True)
FIRST = Standing()


def judged(split: Split) -> list[Judged]:
    return list(replay([reply for reply in labelled_replies() if reply.split == split]))


def test_there_are_enough_labelled_replies_of_every_kind() -> None:
    replies = labelled_replies()
    assert len(replies) >= 200
    assert sum(reply.of_several_parts for reply in replies) >= 50
    assert len({reply.id for reply in replies}) == len(replies)
    halves = [sum(reply.split == split for reply in replies) for split in ("development", "held_out")]
    assert abs(halves[0] - halves[1]) < 0.15 * len(replies)


@pytest.mark.parametrize("split", ["development", "held_out"])
def test_at_most_one_answer_in_fifty_is_taken_for_chatter(split: Split) -> None:
    answers = [each for each in judged(split) if each.reply.label == "answer"]
    missed = [each.reply.text for each in answers if each.judgement.verdict == "chatter"]
    assert len(missed) <= len(answers) / 50, missed


@pytest.mark.parametrize("split", ["development", "held_out"])
def test_at_most_one_chatter_in_thirty_is_scored(split: Split) -> None:
    chatter = [each for each in judged(split) if each.reply.label == "chatter"]
    scored = [each.reply.text for each in chatter if each.judgement.verdict == "answer" or each.taken_up]
    assert len(scored) <= len(chatter) / 30, scored


def test_few_authors_have_to_be_asked() -> None:
    everything = judged("development") + judged("held_out")
    asked = [each for each in everything if each.judgement.verdict == "unsure" and not each.taken_up]
    assert len(asked) <= len(everything) / 10


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no_words"),
        ("🎉🎉", "no_words"),
        (":tada: :tada:", "no_words"),
        ("<https://example.org/story>", "only_link"),
        ("thanks, that helps", "thanks"),
        ("@Ben did you tell your manager?", "to_somebody"),
        ("<@U123> you should tell the one with the database", "to_somebody"),
        ("how long did it take?", "question"),
        ("nice one!", "praise"),
        ("haha", "laugh"),
        ("I'll write mine tonight", "plan"),
        ("> I deleted the database\nbrave!", "remark"),
    ],
)
def test_talk_is_known_with_its_reason(text: str, reason: str) -> None:
    judgement = judge(text, FIRST)
    assert (judgement.verdict, judgement.reason) == ("chatter", reason)


@pytest.mark.parametrize(
    "text",
    ["Situation: billing was down", "**Action** - I wrote a script", "S: we had three services", "Result: 40% faster"],
)
def test_a_labelled_part_is_an_answer_however_short(text: str) -> None:
    assert judge(text, FIRST).verdict == "answer"


def test_a_short_part_counts_while_its_author_goes_on() -> None:
    assert judge("errors fell from 31 a week to 4", OPEN).verdict == "answer"
    assert judge("errors fell from 31 a week to 4", FIRST).verdict != "answer"


def test_thanks_amid_an_answer_are_no_part_of_it() -> None:
    assert judge("thanks!", OPEN).verdict == "chatter"


def test_a_name_of_somebody_in_the_thread_addresses_them() -> None:
    text = "Huw I had that with code reviews, which I hated until I was forced to do them"
    assert judge(text, Standing(names=frozenset({"huw"}))).verdict == "chatter"


def test_banter_after_others_spoke_is_asked_about_and_not_scored() -> None:
    assert judge("they bought me cake", Standing(goes_on=True, others_since=True)).verdict == "unsure"


def test_a_code_block_alone_is_asked_about() -> None:
    assert judge("```\nSELECT 1;\n```", FIRST).verdict == "unsure"


def test_a_text_in_another_language_is_never_taken_for_talk() -> None:
    german = "Im letzten Jahr habe ich die Rechnungen umgestellt und dabei einen Fehler gemacht"
    assert judge(german, FIRST).verdict == "unsure"
    assert judge(german * 4, FIRST).verdict == "answer"
    assert judge("昨年、私は請求システムを担当していました。" * 5, FIRST).verdict == "answer"


@given(
    st.text(max_size=400), st.builds(Standing, goes_on=st.booleans(), pending=st.booleans(), others_since=st.booleans())
)
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_verdict_and_the_same_one_again(text: str, standing: Standing) -> None:
    assert judge(text, standing) == judge(text, standing)


@given(st.lists(st.sampled_from(["I", "moved", "it", "because", "errors", "rose"]), min_size=LONG, max_size=90))
@settings(max_examples=50, deadline=None)
def test_a_long_reply_that_speaks_to_nobody_is_never_chatter(words: list[str]) -> None:
    assert judge(" ".join(words), FIRST).verdict != "chatter"


def test_reading_drops_quotations_links_and_mentions() -> None:
    reply = read("> your words\n<@U1> see https://example.org I fixed it")
    assert reply.words == ("see", "i", "fixed", "it")
    assert (reply.link, reply.addresses) == (True, True)
