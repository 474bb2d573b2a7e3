"""Whether there is enough in a comment, and whether it is one's own about this answer; pure.

Only length and sameness are looked at. Whether a machine wrote it is not: nobody can tell, and many would be wronged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

LEAST = 40
"""Characters that must be left of a comment without addresses, emoji and surplus space."""
ALIKE = 0.9
"""From this share of equal characters on two comments are the same one."""
COPIED = 0.9
"""A comment of which one piece this long stands in the answer says nothing of its own."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SHORTCODE = re.compile(r":[a-z0-9_+-]+:", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def substance(text: str) -> str:
    """The text without addresses, emoji and marks that are no words; a run of one character counts twice at most."""
    bare = _SHORTCODE.sub(" ", _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text)))
    kept = "".join(character for character in bare if _speaks(character))
    return _SPACE.sub(" ", re.sub(r"(.)\1{2,}", r"\1\1", kept)).strip()


def enough(text: str) -> bool:
    """Whether a comment says at least a short sentence; half of it at least are letters and figures."""
    said = substance(text)
    return len(said) >= LEAST and 2 * sum(character.isalnum() for character in said) >= LEAST


def same_as_another(comment: str, others: Iterable[str]) -> bool:
    """Whether one's own earlier comments hold the same one, give or take a few characters."""
    mine = _plain(comment)
    return any(_alike(mine, _plain(other)) for other in others if other)


def copied_from(comment: str, answer: str) -> bool:
    """Whether a comment is a piece of the answer and nothing else; a quotation with words of one's own is none."""
    mine, theirs = _plain(comment), _plain(answer)
    if not mine or not theirs:
        return False
    found = SequenceMatcher(None, mine, theirs, autojunk=False).find_longest_match()
    return found.size >= COPIED * len(mine)


def _alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _plain(text: str) -> str:
    return "".join(character for character in substance(text).casefold() if character.isalnum() or character == " ")


def _speaks(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPMZ" or character in "\n\t%+=<>$€£"
