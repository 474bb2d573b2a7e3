from __future__ import annotations

import json
import logging

import pytest
import structlog

from bot.runtime.logs import configure, faults


def test_a_log_line_is_json_with_its_level_and_time(capsys: pytest.CaptureFixture[str]) -> None:
    configure("json")
    structlog.get_logger().info("delivery_posted", delivery="d1")
    entry = json.loads(capsys.readouterr().err)
    assert (entry["event"], entry["delivery"], entry["level"]) == ("delivery_posted", "d1", "info")
    assert "timestamp" in entry


def test_libraries_log_in_the_same_format(capsys: pytest.CaptureFixture[str]) -> None:
    configure("json")
    logging.getLogger("a.library").warning("something %s", "odd")
    entry = json.loads(capsys.readouterr().err)
    assert (entry["event"], entry["level"]) == ("something odd", "warning")


def test_an_error_is_logged_without_its_message_which_may_quote_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure("json")
    try:
        raise ValueError("my private story")
    except ValueError as problem:
        structlog.get_logger().error("event_failed", **faults(problem))
        logging.getLogger("a.library").exception("it failed")
    written = capsys.readouterr().err
    assert "my private story" not in written
    assert [json.loads(line)["error"] for line in written.splitlines()] == ["ValueError", "ValueError"]


def test_a_long_text_that_slips_in_is_not_kept(capsys: pytest.CaptureFixture[str]) -> None:
    configure("console")
    structlog.get_logger().info("odd", value="word " * 100)
    assert "word" not in capsys.readouterr().err
