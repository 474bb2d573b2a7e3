"""Whether a passage is built from the person's own facts, as far as words can tell."""

from __future__ import annotations

import re

from bot.coach.words import words

LEAST_OWN = 0.5
"""The share of a passage's telling words that have to stand in the answer."""
FOREIGN_RUN = 4
"""So many telling words in a row that are not the answer's tell something else."""
LEAST_ENGLISH = 0.35
"""The share of small words in a sentence of English, of which other languages in Latin letters have few."""
STEM = 5
_TELLING = 4
_COMMON = words(
    """
    about above after again against also although among another anything around because been before being below
    between both came could does doing done down during each either else even ever every everything first from
    further gave goes going have having hence here into itself just kept like made make many meant more most much
    must myself need neither never next once only other others over rather really same second should showed since
    some something still such take than that their them then there these they thing things think this those though
    through thus told took toward under until upon used using very want wanted well went were what when where
    whether which while whom whose will with within without would your yours
    """
)
_SMALL = words(
    """
    a an the this that these those you your yours yourself it its they them their he she his her we our us i me my
    and or but so if as at by for from in into of off on onto out over to up with without than then there here what
    who whom whose which when where why how is are was were be been do does did has have had will would can could
    may might should must not no nor yes say tell name add show leave leaves put give use read start end open clear
    words part step one first more less most only any each all some few many other own why's what's
    """
)
_JOINED = re.compile(r"[^\W_][\w-]*(?:\.[^\W_][\w-]*)+")
_ABBREVIATIONS = words("e.g i.e a.m p.m")
_NOT_NAMES = words("I I'm I'd I've I'll STAR OK")


def invents_a_name(written: str, *sources: str) -> bool:
    """Whether a word that is capitalised inside a sentence, or has capitals inside it, stands in no source."""
    known = {word.lower() for source in sources for word in _words(source)}
    for found in re.finditer(r"[^\W\d_][\w'’-]*", written):
        word = re.sub(r"['’]s$", "", found.group())
        looks_like_one = any(char.isupper() for char in word[1:]) or (
            word[0].isupper() and _inside(written, found.start())
        )
        if looks_like_one and word not in _NOT_NAMES and word.lower() not in known:
            return True
    return False


def is_english(written: str, answer: str) -> bool:
    """Whether enough of the words are small words of English, or the answer's own: what is not read is not shown."""
    known = {word.lower() for word in _words(answer)}
    words = [word.lower() for word in _words(written)]
    return sum(word in _SMALL or word in _COMMON or word in known for word in words) >= LEAST_ENGLISH * len(words)


def invents_an_address(written: str, answer: str) -> bool:
    """Whether words are joined by a dot, as in an address, that the answer does not join like this."""
    joined = {word.lower() for word in _JOINED.findall(written)} - _ABBREVIATIONS
    return any(word not in answer.lower() for word in joined)


def is_built_from(passage: str, answer: str) -> bool:
    """Whether half of the passage's telling words are the answer's, by their beginnings.

    Four in a row that are not claim something of their own.
    """
    own = {word[:STEM] for word in _telling(answer)}
    known = [word[:STEM] in own for word in _telling(passage)]
    strangers = any(not any(known[at : at + FOREIGN_RUN]) for at in range(len(known) - FOREIGN_RUN + 1))
    return bool(known) and not strangers and sum(known) >= LEAST_OWN * len(known)


def _words(text: str) -> list[str]:
    return [re.sub(r"['’]s$", "", word) for word in re.findall(r"[^\W\d_][\w'’-]*", text)]


def _telling(text: str) -> list[str]:
    return [word.lower() for word in _words(text) if len(word) >= _TELLING and word.lower() not in _COMMON]


def _inside(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'“‘(")
    return bool(before) and before[-1] not in ".!?\n:"
