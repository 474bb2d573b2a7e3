"""Everything that is wrong with content files, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.base.errors import ContentError
from content.loader import content_files, read_content


def check(paths: Iterable[Path] = ()) -> list[ContentError]:
    """All problems of the shipped content and of the questions a team keeps in `paths` (files or folders).

    Empty where nothing is wrong. A path that does not exist is a problem of its own.
    """
    own: list[Path] = []
    missing: list[ContentError] = []
    for path in paths:
        if path.is_dir():
            own.extend(content_files(path))
        elif path.is_file():
            own.append(path)
        else:
            missing.append(ContentError(path, 1, "there is no such file or folder"))
    return missing + read_content(content_files(), own)[1]
