"""A language in which every sentence of the catalogue stands in brackets.

Whatever a person reads outside the brackets did not come from the catalogue: it must be somebody's own words,
a name, or a text of the content.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from unittest.mock import patch

from bot.base import text

PSEUDO = "qps"
OPEN, CLOSE = "⟦", "⟧"


class _Bracketed(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{OPEN}{msgid1 if n == 1 else msgid2}{CLOSE}"


@contextmanager
def pseudo_language() -> Iterator[str]:
    """Within this, the language `PSEUDO` (which is yielded) renders every sentence in brackets."""
    known = text._catalogue
    with patch.object(text, "_catalogue", lambda language: _Bracketed() if language == PSEUDO else known(language)):
        yield PSEUDO


def outside_brackets(shown: str) -> str:
    """What stands in no brackets of `shown`; `ValueError` where they do not match."""
    depth, outside = 0, []
    for character in shown:
        if character == OPEN:
            depth += 1
        elif character == CLOSE:
            depth -= 1
        elif depth == 0:
            outside.append(character)
        if depth < 0:
            raise ValueError(f"a bracket closes that was never open: {shown!r}")
    if depth:
        raise ValueError(f"a bracket is never closed: {shown!r}")
    return "".join(outside)
