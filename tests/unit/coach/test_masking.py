"""Names and secrets leave a text whole and come back whole."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.config import CoachConfig
from bot.coach.masking import Mask, mask, restore, restore_names
from bot.coach.prompt import Material, request_body

LISTED = (
    "lena.fischer@contoso.example", "+49 170 1234567", "(555) 123-4567", "0049 30 901820", "https://a.example/b?c=d",
    "www.contoso.com", "contoso.io/path", "sk-ant-api03-abcdefghijkl", "xoxb-123456789012-abcdef",
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_0123456789abcdefghij", "glpat-0123456789abcdefghij", "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0", "192.168.17.4",
    "DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111", "<@U024BE7LH>", "<@!1234>", "<!channel>", "@everyone",
    "<#C024BE7LR|general>", "deadbeef0123456789abcdef", "Priya", "Lena", "Siemens", "Contoso GmbH",
)  # fmt: skip
WORDS = st.sampled_from(
    [*LISTED, "I", "told", "[PERSON_1]", "[URL_12]", "PERSON_1", "[", "]", "my manager", "Mr", "at", "\n", "12", "_3]",
     "the", "password is", "hunter2!", "é", "안녕"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=25).map(" ".join) | st.lists(WORDS, max_size=12).map("".join) | st.text(max_size=200)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_is_masked_is_restored_to_the_character(text: str) -> None:
    masked = mask(text, ["Ana Meyer", "O'Neil", "김민수"], ["Globex"])
    assert restore(masked.text, masked.originals) == text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LISTED), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_no_listed_secret_is_in_the_bytes_of_a_request(secrets: list[str], random: object) -> None:
    text = "I wrote to " + " and then, as agreed, to ".join(secrets) + " before I went on with my work."
    worker = Mask([text])
    body = request_body(CoachConfig(), Material("What did you do?", (), worker.masked(text), "behavioral"))
    sent = json.dumps(body, ensure_ascii=False)
    assert [secret for secret in secrets if secret in sent] == []


@pytest.mark.parametrize("secret", LISTED)
def test_each_listed_kind_is_masked_where_it_stands_alone(secret: str) -> None:
    assert secret not in mask(f"I told {secret} about it.").text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "I brought p99 from 1,200 ms to 300 ms for 10,000 users in 2023.",
            "1,200 ms to 300 ms for 10,000 users in 2023",
        ),
        ("We moved Kafka and PostgreSQL before Black Friday in November.", "Kafka and PostgreSQL before Black Friday"),
        ("Finance told us and Support agreed. They wanted it by Monday.", "Finance told us and Support agreed. They"),
        ("I may mark it, and will bill them. May was hard.", "I may mark it, and will bill them. May was hard."),
        ("The password is long gone.", "The password is long gone."),
        ("On 2023-04-01 we had 99.95 % and 3.2.1 was out.", "On 2023-04-01 we had 99.95 % and 3.2.1 was out."),
    ],
)
def test_figures_tools_and_plain_words_stay(text: str, kept: str) -> None:
    assert kept in mask(text).text


def test_members_are_known_by_each_part_of_their_name_and_in_small_letters() -> None:
    masked = mask("I asked Zebulon, then zebulon asked Quist; a test is no Test.", ["Zebulon Quist", "Test"])
    assert "ebulon" not in masked.text
    assert "Quist" not in masked.text


def test_a_name_keeps_its_placeholder_and_two_names_have_two() -> None:
    masked = mask("Lena said no. Priya said yes. Then Lena said yes.")
    assert masked.text == "[PERSON_1] said no. [PERSON_2] said yes. Then [PERSON_1] said yes."
    assert masked.counts == {"person": 2}


def test_all_texts_of_a_request_share_their_placeholders() -> None:
    worker = Mask(["Lena said no.", "What did Lena say?"])
    assert worker.masked("What did Lena say?") == "What did [PERSON_1] say?"
    assert worker.masked("Lena said no.") == "[PERSON_1] said no."


def test_in_the_coachs_sentences_names_come_back_and_the_rest_becomes_plain_words() -> None:
    originals = {"[PERSON_1]": "Lena", "[URL_1]": "https://a.example"}
    assert restore_names("Say what [PERSON_1] wanted, and why [URL_1] matters.", originals) == (
        "Say what Lena wanted, and why [link] matters."
    )
    assert restore_names("Say what PERSON_1 wanted.", originals) == "Say what Lena wanted."


def test_a_placeholder_that_hides_nobody_is_made_up() -> None:
    assert restore_names("Ask [PERSON_7].", {"[PERSON_1]": "Lena"}) is None


@pytest.mark.parametrize(
    "unit", ["a.", "@", "<@", "1-", "+1 ", "sk-", "password ", "A B", "eyJ.", "[PERSON_", "\n-----BEGIN "]
)
def test_no_text_is_slow_to_read(unit: str) -> None:
    text = (unit * 4000)[:12000]
    assert restore(*_both(text)) == text


def _both(text: str) -> tuple[str, dict[str, str]]:
    masked = mask(text)
    return masked.text, dict(masked.originals)


def test_a_capitalised_word_inside_a_sentence_is_a_name_unless_it_is_known() -> None:
    masked = mask("In Lviv we asked Tunde about Kubernetes on Friday. The API of the CRM was slow. Tunde knew why.")
    assert masked.text == (
        "In [NAME_1] we asked [NAME_2] about Kubernetes on Friday. The API of the CRM was slow. [NAME_2] knew why."
    )
