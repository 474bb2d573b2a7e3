"""Questions a person drafted for the interviewer: what each one signals, and good ones near it (S2.8, S3.8).

Junior candidates ask about comfort, and what the advertisement says; senior ones about the work, its constraints and
what changed after a failure. A question that shows what one has read or heard is tailored.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.base.text import Text, t
from bot.scoring.followups.reading import FollowUpCues, Heard, hear
from bot.scoring.lexer import lex
from bot.scoring.lexicon import Lexicon
from bot.scoring.report import Evidence
from bot.scoring.rubric import Rules

Signals = Literal["senior", "plain", "junior", "do_not_ask"]
FEWEST, MOST = 3, 5
"""How many questions to have ready (S2.8)."""
MOST_READ = 20
LIKE = 0.45
"""Cosine from which on a drafted question counts as one of the bank's."""
NEAR = 0.15
NEAREST = 2
PIECE = re.compile(r"[^?\n]++\?*+")
BULLET = re.compile(r"[\s\-*•–—]{0,20}(?:\(?\d{1,2}[.)])?\s{0,20}")
HARMLESS_WHEN_TAILORED = ("ask_general", "ask_stack", "ask_website")
"""What is a fault only where nothing shows that one has looked."""
ALWAYS_GOOD = "the hardest technical problem that the team has not solved yet"
"""What S3.8 has at its heart; the question of the bank that is most like it stands in where none is near."""
ABOUT_THE_WORK = "ask_senior"


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A kind of question better not asked: the list of phrases it is known by, why, and what to ask instead."""

    id: str
    group: Literal["do_not_ask", "signals_junior"]
    cue: str
    wordings: tuple[str, ...]
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class GoodQuestion:
    """A question of the bank, and what the interviewer's reply to it reveals."""

    id: str
    text: str
    group: str
    signals_seniority: bool
    reveals: str


@dataclass(frozen=True, slots=True)
class ClosingBank:
    """What drafted questions are held against."""

    unwanted: tuple[Unwanted, ...]
    good: tuple[GoodQuestion, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """One drafted question: what it signals and why; `caution` names the entry of the content that it falls under.

    `like` is the question of the bank that it is a wording of, `nearest` good ones on the same matter.
    """

    quote: Evidence
    signals: Signals
    tailored: bool
    why: Text | str
    instead: Text | str | None
    caution: str | None
    like: str | None
    nearest: tuple[GoodQuestion, ...]


@dataclass(frozen=True, slots=True)
class ClosingReport:
    """The drafted questions in their order, and what is to be said of the set."""

    version: str
    drafted: tuple[Drafted, ...]
    notes: tuple[Text | str, ...]


def judge_closing(text: str, bank: ClosingBank, rules: Rules, cues: FollowUpCues) -> ClosingReport:
    """What the questions signal, one a line or one to each question mark. Never raises for any text."""
    bank_words = [(good, _terms(good.text, rules.lexicon)) for good in bank.good]
    pieces = list(_pieces(text))
    none = next((u for u in bank.unwanted if u.cue == "closing_none"), None)
    drafted: list[Drafted] = []
    for piece in pieces:
        heard = hear(piece.quote, rules, cues)
        if none is not None and any(heard.sentences(none.cue)):
            continue
        drafted.append(_one(piece, heard, bank, bank_words, rules.lexicon))
    return ClosingReport(cues.version, tuple(drafted), tuple(_notes(drafted, none)))


def _pieces(text: str) -> Iterator[Evidence]:
    """The drafted questions as they stand in the text, without bullets; at most as many as anybody asks."""
    count = 0
    for match in PIECE.finditer(text):
        start = match.start()
        bullet = BULLET.match(text, start, match.end())
        start = bullet.end() if bullet else start
        quote = text[start : match.end()].rstrip()
        if count < MOST_READ and any(c.isalpha() for c in quote):
            count += 1
            yield Evidence(quote, start, start + len(quote))


def _one(
    piece: Evidence, heard: Heard, bank: ClosingBank, known: list[tuple[GoodQuestion, frozenset[str]]], lexicon: Lexicon
) -> Drafted:
    terms = _terms(piece.quote, lexicon)
    ranked = sorted(((_cosine(terms, words), good) for good, words in known), key=lambda pair: -pair[0])
    tailored = any(heard.sentences("ask_tailored"))
    best = ranked[0] if ranked and ranked[0][0] >= LIKE else None
    nearest = tuple(good for value, good in ranked if value >= NEAR and good.signals_seniority)[:NEAREST]
    caution = _caution(
        piece, heard, bank, best is not None or tailored or any(heard.sentences(ABOUT_THE_WORK)), lexicon
    )
    if caution is not None:
        signals: Signals = "junior" if caution.group == "signals_junior" else "do_not_ask"
        near = nearest or _nearest(caution.instead, known, lexicon)
        return Drafted(piece, signals, tailored, caution.why, caution.instead, caution.id, None, near)
    like = best[1] if best is not None else None
    if (like is not None and like.signals_seniority) or any(heard.sentences(ABOUT_THE_WORK)):
        why = t("It asks about the work itself, and about what is hard in it.")
        if like is not None:
            why = t("Worth asking. What the reply tells you: {reveals}", reveals=like.reveals)
        other = tuple(good for good in nearest if like is None or good.id != like.id)
        return Drafted(piece, "senior", tailored, why, None, None, like.id if like else None, other)
    if tailored:
        why = t("It shows that you have read or listened.")
        return Drafted(piece, "plain", True, why, None, None, like.id if like else None, nearest)
    why = t("Nothing is wrong with it. It would fit any company, so it gets an answer that fits any candidate.")
    instead = t("Tie it to something you read or heard about this team, or ask for the last real case.")
    return Drafted(piece, "plain", False, why, instead, None, like.id if like else None, nearest)


def _nearest(text: str, known: list[tuple[GoodQuestion, frozenset[str]]], lexicon: Lexicon) -> tuple[GoodQuestion, ...]:
    """The good question that is most like what is advised instead, else like what is always worth asking."""
    for wanted in (_terms(text, lexicon), _terms(ALWAYS_GOOD, lexicon)):
        good = [(_cosine(wanted, words), one) for one, words in known if one.signals_seniority]
        likeness, best = max(good, key=lambda pair: pair[0], default=(0.0, None))
        if best is not None and likeness > 0:
            return (best,)
    return ()


def _caution(
    piece: Evidence, heard: Heard, bank: ClosingBank, shows_interest: bool, lexicon: Lexicon
) -> Unwanted | None:
    """The first kind of unwanted question that this is; an interest of one's own excuses what is merely general."""
    said = _terms(piece.quote, lexicon)
    for unwanted in bank.unwanted:
        if shows_interest and unwanted.cue in HARMLESS_WHEN_TAILORED:
            continue
        if any(heard.sentences(unwanted.cue)) or any(_same(said, w, lexicon) for w in unwanted.wordings):
            return unwanted
    return None


def _same(said: frozenset[str], wording: str, lexicon: Lexicon) -> bool:
    """Whether a question is this wording, give or take words that mean nothing."""
    meant = _terms(wording, lexicon)
    return len(meant) >= 2 and meant <= said and len(said) <= len(meant) + 2


def _notes(drafted: list[Drafted], none: Unwanted | None) -> Iterator[Text | str]:
    if not drafted:
        if none is not None:
            yield none.why
            yield none.instead
        return
    wanted = [one for one in drafted if one.signals in ("senior", "plain")]
    if len(wanted) < FEWEST:
        yield t("Have three to five ready that hold: some are answered on the way.")
    if not any(one.signals == "senior" for one in drafted):
        yield t("None of them asks about the work itself: its hardest problem, its debts, or what an incident changed.")
    if not any(one.tailored for one in drafted):
        yield t("None of them shows what you read or heard about this team. Let one begin with it.")
    if len(wanted) > MOST:
        yield t("More than five will not be heard. Put the best three first.")


def _terms(text: str, lexicon: Lexicon) -> frozenset[str]:
    words = [token.word for token in lex(text.replace("’", "'"), lexicon.spelling) if token.kind != "mark"]
    stems = [lexicon.stems.stem(word) for word in words if word not in lexicon.stop_words]
    return frozenset(stems)


def _cosine(one: Iterable[str], other: frozenset[str]) -> float:
    said = frozenset(one)
    both = len(said & other)
    return both / math.sqrt(len(said) * len(other)) if both >= 2 else 0.0
