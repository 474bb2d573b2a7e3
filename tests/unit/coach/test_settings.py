"""Settings and prices of the coach."""

from __future__ import annotations

import pytest

from bot.base.errors import ConfigurationError
from bot.coach.budget import most_a_call_takes, used
from bot.coach.config import CoachConfig, read_coach_config
from bot.coach.prices import Price, Usage, price_of


def test_without_a_key_it_is_off_and_with_one_it_is_on() -> None:
    assert not read_coach_config({}).on
    assert not read_coach_config({"STARLING_COACH_API_KEY": ""}).on
    assert read_coach_config({"STARLING_COACH_API_KEY": "k", "STARLING_DATA_FOLDER": "x"}).on


def test_the_key_is_in_no_text_of_the_settings() -> None:
    config = read_coach_config({"STARLING_COACH_API_KEY": "sk-very-private"})
    assert "very-private" not in f"{config!r} {config}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "http://example.com"), ("BASE_URL", "ftp://example.com"), ("BASE_URL", "https://u:p@example.com"),
        ("BASE_URL", "https://example.com?x=1"), ("TIMEOUT_SECONDS", "60"), ("DAILY_TOKENS", "-1"), ("TRIES", "0"),
        ("MAX_TOKENS", "many"), ("PRICE_INPUT", "-1"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"STARLING_COACH_{name}") as problem:
        read_coach_config({f"STARLING_COACH_{name}": value, "STARLING_COACH_API_KEY": "sk-very-private"})
    assert "very-private" not in str(problem.value)


def test_the_endpoint_is_told_by_its_host() -> None:
    assert CoachConfig(base_url="https://llm.example:8443/anthropic/").endpoint == "llm.example:8443"
    assert CoachConfig(base_url="http://127.0.0.1:8080").endpoint == "127.0.0.1:8080"


def test_a_price_that_is_set_comes_before_the_table_and_an_unknown_model_has_none() -> None:
    assert price_of(CoachConfig()) == Price(0.10, 0.50)
    assert price_of(CoachConfig(price_input=3, price_output=15)) == Price(3, 15)
    assert price_of(CoachConfig(model="house-model")) is None


def test_cached_tokens_have_prices_of_their_own_and_parts_of_a_millionth_are_rounded_up() -> None:
    price = Price(0.10, 0.50)
    assert price.micros(Usage(1_000_000, 0)) == 100_000
    assert price.micros(Usage(0, 1_000_000)) == 500_000
    assert price.micros(Usage(0, 0, cache_write=1_000_000)) == 125_000
    assert price.micros(Usage(0, 0, cache_read=1_000_000)) == 10_000
    assert price.micros(Usage(1, 0)) == 1
    assert price.micros(Usage(0, 0)) == 0


def test_no_call_within_its_bounds_costs_more_than_was_reserved() -> None:
    price = Price(2, 10)
    most = most_a_call_takes(9_000, 6_000, price)
    for usage in (Usage(9_000, 6_000), Usage(0, 6_000, cache_write=9_000), Usage(4_000, 1, 4_000, 1_000)):
        assert used(usage, price).tokens <= most.tokens
        assert used(usage, price).micros <= most.micros
