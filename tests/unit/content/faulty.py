"""Content files with one fault each, written to a folder of the test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from bot.base.errors import ContentError
from content.loader import Content, read_content

THEME = """\
themes:
  - id: theme-night-shifts
    version: 1
    sources: [own]
    name: Night shifts
    about: Work while others sleep.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of reading one file."""

    file: Path
    content: Content
    problems: list[ContentError]

    @property
    def places(self) -> list[tuple[Path, int]]:
        """File and line of each problem."""
        return [(problem.file, problem.line) for problem in self.problems]


def read(folder: Path, text: str, name: str = "some.yaml") -> Written:
    """Reads `text` as the only content file there is."""
    file = folder / name
    file.write_text(dedent(text), encoding="utf-8")
    content, problems = read_content([file])
    return Written(file, content, problems)
