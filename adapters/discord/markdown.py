"""What people typed, as Discord's Markdown: every mark escaped, so that it is shown as typed.

Web addresses stay as they are, with a bracket that closes them: Discord reads them before anything else, and takes
a backslash right after one for a part of it. One with an opening bracket right behind it is made no link at all.
"""

from __future__ import annotations

import re

MARKS = "\\*_~`|>#-[]():<"
"""Characters that format, link, spoil or stand for an emoji somewhere in a text."""

_MARK = re.compile("([" + re.escape(MARKS) + "])")
_NUMBERED = re.compile(r"^(\s*\d+)\.", re.MULTILINE)
_ADDRESS = re.compile(r"(https?://[^\s<>]++>*+(?!<))")
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_COUNTED = frozenset(MARKS + ".")


def escaped(text: str) -> str:
    """`text` so that Discord shows it character for character."""
    parts = _ADDRESS.split(text)
    return "".join(part if number % 2 else _plain(part) for number, part in enumerate(parts))


def _plain(text: str) -> str:
    return _NUMBERED.sub(r"\1\\.", _MARK.sub(r"\\\1", text))


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return _ESCAPE.sub(r"\1", text)


def measure(text: str) -> int:
    """How long `text` is at most once it is escaped. Every full stop counts twice, since one after a number may."""
    return len(text) + sum(character in _COUNTED for character in text)
