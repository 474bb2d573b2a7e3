"""Slack's way of writing text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.words import as_typed, escaped, length, mentions, readable, without_address

READ = {
    "a &amp; b &lt;c&gt;": "a & b <c>",
    "&amp;amp;": "&amp;",
    "see <https://example.org/a?b=1&amp;c=2>": "see https://example.org/a?b=1&c=2",
    "see <http://example.org|example.org>": "see example.org",
    "write <mailto:ana@example.org|ana@example.org>": "write ana@example.org",
    "write <mailto:ana@example.org>": "write ana@example.org",
    "ask <@U0BOB>": "ask <@U0BOB>",
    "ask <@U0BOB|bob>": "ask <@U0BOB>",
    "in <#C0PRACTICE|practice>": "in #practice",
    "in <#C0PRACTICE>": "in <#C0PRACTICE>",
    "<!here> <!channel|@channel> <!subteam^S1|@team>": "@here @channel @team",
    "<!date^1392734382^{date}|18 February>": "18 February",
    "a < b": "a < b",
}


@pytest.mark.parametrize("written", READ)
def test_a_text_is_read_as_people_see_it(written: str) -> None:
    assert readable(written) == READ[written]


def test_a_command_line_keeps_its_mentions() -> None:
    line = "mentor <@U0BOB|bob> in <#C0PRACTICE|practice> &lt;now&gt;"
    assert as_typed(line) == "mentor <@U0BOB|bob> in <#C0PRACTICE|practice> <now>"


def test_the_address_is_no_part_of_what_was_said() -> None:
    written = "<@U0BOT>, my answer for <@U0BOB>"
    assert mentions(written, "U0BOT")
    assert not mentions(written, "U0BO")
    assert without_address(written, "U0BOT") == "my answer for <@U0BOB>"
    assert without_address("  nobody named ", "U0BOT") == "  nobody named "


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_what_is_escaped_reads_as_it_was_and_is_as_long_as_measured(text: str) -> None:
    assert readable(escaped(text)) == text
    assert length(text) == len(escaped(text))
