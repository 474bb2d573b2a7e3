"""Everything that is wrong with content files, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.base.errors import ContentError
from content import lookup_weights as of_lookup
from content import theme_weights as of_themes
from content.loader import content_files, read_content
from content.lookup_weights_check import check_lookup_weights
from content.theme_weights_check import check_theme_weights


def check(
    paths: Iterable[Path] = (), theme_weights: Path = of_themes.FILE, lookup_weights: Path = of_lookup.FILE
) -> list[ContentError]:
    """All problems of the shipped content and of the questions a team keeps in `paths` (files or folders).

    What was learned of the themes of stories is looked at in `theme_weights`, of the archetypes that questions ask for
    in `lookup_weights`. Empty where nothing is wrong. A path that does not exist is a problem of its own.
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
    content, problems = read_content(content_files(), own)
    learned = check_theme_weights(theme_weights, content.story_themes)
    learned += check_lookup_weights(lookup_weights, content.archetypes)
    return missing + problems + learned
