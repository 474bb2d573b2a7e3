"""From characters to sentences: the guard, the cleaning, the lexer and the cuts."""

from __future__ import annotations

import pytest

from bot.scoring import Answer, Rules
from bot.scoring.annotate import read
from bot.scoring.clean import clean
from bot.scoring.doc import Doc
from bot.scoring.guard import guard


def cleaned(text: str) -> str:
    return " ".join(clean(guard(text, 10_000)[0]).text.split())


def sentences(text: str, rules: Rules) -> list[str]:
    doc: Doc = read(Answer(text), rules.lexicon, 10_000)
    return [" ".join(s.words) for s in doc.sentences]


def test_a_long_text_is_cut_at_a_blank_before_the_cap() -> None:
    mapped, read_characters = guard("word " * 5000, 1000)
    assert read_characters <= 1000
    assert mapped.text.rstrip().endswith("word")


def test_decomposed_letters_and_invisible_characters_read_as_their_plain_form() -> None:
    mapped, _ = guard("cafe\u0301 so\u200blution", 100)
    assert mapped.text == "café solution"


def test_a_place_in_the_read_text_leads_back_to_the_posted_one() -> None:
    raw = "**cafe\u0301** so\u200blution"
    mapped = clean(guard(raw, 100)[0])
    at = mapped.text.index("solution")
    start, end = mapped.raw(at, at + len("solution"))
    assert raw[start:end] == "so\u200blution"


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ("**I** _fixed_ ~it~", "I fixed it"),
        ("> quoted\n- first\n2) second\n# Title", "quoted first second Title"),
        ("see <https://example.org|the page> and [this](https://example.org/x)", "see the page and this"),
        ("ask <@U123ABC> in <#C99|general>", "ask U123ABC in C99"),
        ("it broke :fire: at 7:10 🔥", "it broke at 7:10"),
        ("before ```rm -rf /``` after", "before after"),
        ("the `index` on user_id", "the index on user_id"),
    ],
)
def test_markup_leaves_the_words(posted: str, said: str) -> None:
    assert cleaned(posted) == said


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I moved it. It worked. Nobody noticed!", 3),
        ("i moved it. it worked. nobody noticed!", 3),
        ("At 2 a.m. on Monday it broke, e.g. the queue vs. the log.", 1),
        ("Latency was 1.5 s. Then 0.4 s.", 2),
        ("Search took 200 ms. I measured it with Ms. Lee for 5 min. Then I stopped.", 3),
        ("- moved it\n- tested it\n- told them", 3),
        ('"Any questions?" is no question. I show mine.', 2),
        ("One line\nanother line", 2),
        ("", 0),
        ("... !!! 🙂", 0),
    ],
)
def test_sentences_end_at_stops_and_lines(text: str, count: int, rules: Rules) -> None:
    assert len(sentences(text, rules)) == count


def test_a_text_wrapped_to_a_width_is_joined_again(rules: Rules) -> None:
    line = "this line is as long as an old mail program would make it and goes"
    text = "\n".join([line] * 5) + "\non to the end."
    assert len(sentences(text, rules)) <= 2


def test_a_transcript_without_stops_is_cut_where_speech_turns(rules: Rules) -> None:
    text = (
        "so i was on the search team and the results were slow and everyone complained and then i looked at the logs "
        "for a day and it was the cache and so i moved the cache to another host and then we measured it again and "
        "it was twice as fast and they thanked us"
    )
    assert len(sentences(text, rules)) >= 3


def test_fillers_and_stutters_are_not_words(rules: Rules) -> None:
    said = sentences("So, um, I, I fixed the, the parser, you know, on Friday.", rules)
    assert said == ["so i fixed the parser on friday"]


def test_parts_that_the_answer_names_itself_are_used_when_two_are_named(rules: Rules) -> None:
    text = "Sit: the queue was full\nMy job: empty it\nDid: split it\nGot - no more pages"
    doc = read(Answer(text), rules.lexicon, 999)
    assert [s.named for s in doc.sentences] == ["S", "T", "A", "R"]
    lone = read(Answer("A: that is what I called the first server."), rules.lexicon, 999)
    assert lone.sentences[0].named is None
