"""The one tree of errors.

StarlingError
├── UserFacingError       a sentence for the person who acted; nothing is wrong with Starling
│   └── NotAllowed        the policy says no
├── ConfigurationError    a setting is missing or wrong; the sentence names it
├── ContentError          a content file is wrong; names file and line
└── PlatformError         a chat platform refused or failed (`bot.chat.errors`)
"""

from __future__ import annotations

from pathlib import Path

from bot.base.text import Text, render


class StarlingError(Exception):
    """Everything Starling raises on purpose."""


class UserFacingError(StarlingError):
    """Bad input or a refusal, told to the person in one plain sentence that says what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(render(text))
        self.text = text


class NotAllowed(UserFacingError):
    """The policy does not let this actor do this; says so without telling what exists."""


class ConfigurationError(StarlingError):
    """A setting is missing or wrong; the message names the setting and how to mend it."""


class ContentError(StarlingError):
    """A content file is wrong; the message starts with `file:line:`."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem
