"""Structured logs. They say what happened to which row; what people typed never enters them."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

LogFormat = Literal["json", "console"]
LONGEST = 200
"""Ids, names and counts are shorter than this."""


def faults(problem: BaseException) -> dict[str, Any]:
    """An error for the log: its type and where it arose, without its message, which may quote people's words."""
    frames = traceback.extract_tb(problem.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    cause = problem.__cause__ or problem.__context__
    return {"error": type(problem).__name__, "where": where, "because_of": type(cause).__name__ if cause else None}


def configure(log_format: LogFormat, level: str = "INFO") -> None:
    """Send everything, that of libraries included, to standard error in one format."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_texts,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[_only_the_kind_of_error, structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in ("apscheduler", "sqlalchemy", "aiosqlite", "uvicorn.access", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _without_texts(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut whatever is too long to be an id: should a text slip in, it does not stay whole."""
    for name, value in entry.items():
        if isinstance(value, str) and len(value) > LONGEST and name != "event":
            entry[name] = f"{len(value)} characters"
    return entry


def _only_the_kind_of_error(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    info = entry.pop("exc_info", None)
    problem = info[1] if isinstance(info, tuple) else info
    if isinstance(problem, BaseException):
        entry.update(faults(problem))
    return entry
