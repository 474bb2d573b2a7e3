"""Reading a text that somebody names on the command line: a file, or `-` for what is piped in."""

from __future__ import annotations

import os.path
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

from bot.base.errors import UserFacingError
from bot.base.text import Text, t

PIPED = Path("-")


def read_text(file: Path) -> str:
    """The text of `file`; `UserFacingError` where there is none, with what to do about it."""
    if file == PIPED:
        return _decoded(sys.stdin.buffer.read(), t("What was piped in"))
    try:
        return _decoded(file.read_bytes(), str(file))
    except FileNotFoundError as problem:
        raise UserFacingError(
            t("There is no file {file}. Check its name, and the folder you are in.", file=str(file))
        ) from problem
    except IsADirectoryError as problem:
        raise UserFacingError(t("{file} is a folder. Name a file in it.", file=str(file))) from problem
    except OSError as problem:
        raise UserFacingError(
            t("{file} cannot be read: {problem}.", file=str(file), problem=problem.strerror or str(problem))
        ) from problem


def names_file(words: str) -> bool:
    """Whether a file is called so; words that are too long for a name are none."""
    return os.path.isfile(words)


def _decoded(data: bytes, name: Text | str) -> str:
    try:
        return TextIOWrapper(BytesIO(data), encoding="utf-8-sig").read()
    except UnicodeDecodeError as problem:
        raise UserFacingError(
            t("{file} is not a text in UTF-8. Save it as plain text, not as a document.", file=name)
        ) from problem
