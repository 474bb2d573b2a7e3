"""Is a thread reply part of an answer, or talk beside it? A pure rule over words, with its reason.

The rule leans on what the reply stands in: who has begun an answer goes on with it, so even short replies
count; a first reply has to tell something its author did (or, for a situational question, would do). What is
neither clearly the one nor the other is `unsure`, and its author is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["answer", "chatter", "unsure"]
Reason = Literal[
    "labelled", "long", "tells", "goes_on", "only_code", "no_words", "only_link", "thanks", "laugh", "question",
    "to_somebody", "plan", "praise", "remark", "short_story", "comment_or_story", "after_others", "other_language",
    "says_done",
]  # fmt: skip

LONG = 40
"""From so many words on, a reply that does not speak to somebody is taken for an answer."""
TELLING = 12
"""From so many words on, a reply whose author tells what they did is taken for an answer."""
COMMENT = 25
"""A longer reply than this is never set aside for one friendly word in it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reply stands in."""

    kind: str = "behavioral"
    goes_on: bool = False
    """Its author has an answer open in this thread."""
    pending: bool = False
    """A reply of its author's, within the quiet time, was unsure."""
    others_since: bool = False
    """Somebody else has written since its author's last reply."""
    names: frozenset[str] = frozenset()
    """What the others in the thread are called, in lower case."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, and why."""

    verdict: Verdict
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply as the rule sees it: words in lower case without quotations, code, links and mentions."""

    words: tuple[str, ...]
    plain: str
    code: bool
    link: bool
    addresses: bool
    asks: bool
    own: int
    you: int
    past: int
    would: int
    digits: bool


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
_LINK = re.compile(r"<?\bhttps?://\S+>?")
_MENTION = re.compile(r"<[@#!][^>]*>|(?<![\w.])@[\w.-]+")
_SHORTCODE = re.compile(r":[a-z0-9_+-]+:")
_MARKUP = re.compile(r"[*_~]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Letters of scripts that put no blanks between words, or few."""

_LABEL = re.compile(
    r"^\W*(?:situation|task|action|result|learning|learned|lesson|outcome|context|background|challenge|impact"
    r"|takeaway|reflection|[star](?=\s*[:)–-])|l(?=\s*[:)])"
    r"|(?:first|second|third|step|part)\s+\w+)\s*(?:[:–—]|->|\s-\s)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^(?!(?:reminder|question|note|ps|fyi|tip|pro tip|edit|btw|off topic)\b)\w+(?: \w+)?: +\w", re.IGNORECASE
)
"""One or two words with a colon: how people set out an answer in points."""
_OWN = _words("i i'd i'll i've i'm me my mine myself we we'd we've our ours us")
_YOU = _words("you your yours you're you'd you've u ur")
_COMMON = _words("the a an and of to is it that for with on")
"""Without any of these words a longer text is hardly English."""
_WOULD = _words("would i'd we'd should never always first then ask avoid")
_IRREGULAR = _words(
    "was were had did went came took made wrote told said found built got gave kept left led ran saw showed sat "
    "began broke brought bought caught chose cut drew drove fell felt held heard knew learnt lost meant met paid put "
    "read sent set spoke spent stood taught thought threw understood won wore woke quit let hit overheard withdrew "
    "wasn't weren't hadn't didn't couldn't wouldn't could"
)
_NOT_PAST = _words("need feed speed indeed exceed proceed seed bed red shed hundred embed bored tired")
_FILLER = _words("ok okay hmm hm yeah yep yup yes ah oh ooh oooh ha right well")
_PRAISE = _words(
    "nice great love loved lovely good cool smart clever wow respect congrats congratulations brilliant awesome "
    "amazing solid impressive inspiring neat true agreed agree same exactly fair kudos bravo sweet beautiful perfect "
    "crisp believable reads stealing bookmarked insightful interesting welcome classic simple best this relatable like "
    "liked"
)
_LAUGH = _words("lol lmao rofl haha hahaha hehe jk xd lolz")
_THANKS = _words("thanks thank thx ty cheers tysm sorry apologies oops")
_ASKING = _words("how what why which who")
_PLAN = re.compile(
    r"\b(?:i'll|i will|will|gonna|going to|let me|need to|give me|have to|trying to)\s+(?:\w+\s+){0,3}"
    r"(?:mine|tonight|tomorrow|later|soon|think|an hour|write|post|answer|reply|back|do|take)\b|\bbrb\b"
)
_DONE = re.compile(r"^\W*(?:done|that'?s it|that'?s all|the end|end|fin|finished)\W*$", re.IGNORECASE)


def judge(text: str, standing: Standing) -> Judgement:
    """Whether a reply belongs to an answer. Pure; any text, in any language, gets a verdict."""
    if (standing.goes_on or standing.pending) and _DONE.match(text):
        return Judgement("chatter", "says_done")
    reply = read(text, standing.names)
    for rule in (_by_form, _as_talk, _as_part, _as_story):
        judgement = rule(reply, standing)
        if judgement is not None:
            return judgement
    return Judgement("chatter", "remark")


def says_done(text: str) -> bool:
    """Whether a reply says no more than that the answer is finished."""
    return _DONE.match(text) is not None


def words_of(text: str) -> tuple[str, ...]:
    """The words of a reply in small letters; what stands for words in a script without gaps is empty."""
    return _words_in(_bare(text))


def _bare(text: str) -> str:
    return _SHORTCODE.sub(" ", _LINK.sub(" ", _CODE.sub(" ", _QUOTED.sub(" ", text)))).replace("’", "'")


def _words_in(bare: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_MENTION.sub(" ", bare).lower())) + ("",) * (len(_WIDE.findall(bare)) // 2)


def read(text: str, names: frozenset[str] = frozenset()) -> Reading:
    """What the rule looks at in a reply; one that begins with somebody's name is addressed to them."""
    bare = _bare(text)
    without_mentions = _MENTION.sub(" ", bare)
    words = _words_in(bare)
    plain = " ".join(without_mentions.split())
    return Reading(
        words=words,
        plain=plain,
        code=bool(_CODE.search(text)),
        link=bool(_LINK.search(text)),
        addresses=_MENTION.match(bare.strip()) is not None or (bool(words) and words[0] in names),
        asks=plain.rstrip(" )]!:D").endswith("?"),
        own=sum(word in _OWN for word in words),
        you=sum(word in _YOU for word in words),
        past=sum(_is_past(word) for word in words),
        would=sum(word in _WOULD for word in words),
        digits=any(any(c.isdigit() for c in word) for word in words),
    )


def _is_past(word: str) -> bool:
    return word in _IRREGULAR or (word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST)


def _by_form(reply: Reading, _standing: Standing) -> Judgement | None:
    """What needs no look at the words: none at all, only a link, only code, or a part that is labelled."""
    if len(reply.words) < 5 and reply.code:
        return Judgement("unsure", "only_code")
    if not reply.words:
        return Judgement("chatter", "only_link" if reply.link else "no_words")
    if _LABEL.match(reply.plain) or _LABEL.match(_MARKUP.sub("", reply.plain)):
        return Judgement("answer", "labelled")
    return None


def _as_talk(reply: Reading, standing: Standing) -> Judgement | None:
    """Talk to or about others: questions, thanks, praise, jokes, plans, advice."""
    count, first = len(reply.words), reply.words[0]
    tells = reply.own > 0 and reply.past > 0
    if reply.addresses:
        long_story = count >= LONG and tells
        return Judgement("unsure", "comment_or_story") if long_story else Judgement("chatter", "to_somebody")
    if (reply.asks and (count <= COMMENT or reply.you)) or (count <= 8 and _ASKING & set(reply.words[:2])):
        return Judgement("chatter", "question")
    if _speaks_to_others(reply, standing):
        return Judgement("unsure", "comment_or_story") if count > COMMENT and tells else Judgement("chatter", "remark")
    if count > COMMENT or (tells and count >= TELLING):
        return None
    if first in _LAUGH or reply.words[-1] in _LAUGH:
        return Judgement("chatter", "laugh")
    if _THANKS & set(reply.words) and not tells:
        return Judgement("chatter", "thanks")
    if _PLAN.search(" ".join(reply.words)) and not reply.past:
        return Judgement("chatter", "plan")
    if (first in _PRAISE or first in _FILLER) and not tells:
        return Judgement("chatter", "praise")
    return None


def _speaks_to_others(reply: Reading, standing: Standing) -> bool:
    if standing.goes_on:
        return False
    if _THANKS & set(reply.words[-8:]) and len(reply.words) > COMMENT:
        return True
    begins = bool(_YOU & set(reply.words[:6]))
    return reply.you > 0 and (begins or reply.you >= reply.own or reply.you >= 2 or len(reply.words) < TELLING)


def _as_part(reply: Reading, standing: Standing) -> Judgement | None:
    """The next part of an answer that its author has begun."""
    count = len(reply.words)
    evidence = reply.own + reply.past + reply.digits + (standing.kind == "situational" and reply.would)
    if (standing.goes_on or standing.pending) and standing.others_since and count < TELLING and not reply.digits:
        return Judgement("unsure", "after_others") if count >= 3 else Judgement("chatter", "remark")
    if standing.goes_on and (count >= 8 or (count >= 3 and evidence)):
        return Judgement("answer", "goes_on")
    if standing.goes_on and count >= 3:
        return Judgement("unsure", "goes_on")
    if standing.pending and count >= 5 and evidence:
        return Judgement("answer", "goes_on")
    return None


def _as_story(reply: Reading, standing: Standing) -> Judgement | None:
    """A first reply that tells what its author did, or would do."""
    count = len(reply.words)
    if count >= LONG:
        return Judgement("answer", "long")
    told = reply.past + (reply.would if standing.kind == "situational" else 0)
    owned = reply.own > 0
    if count >= TELLING and owned and told and (reply.digits or standing.kind == "situational"):
        return Judgement("answer", "tells")
    if count >= COMMENT and told:
        return Judgement("answer", "tells")
    if count >= 3 and told and (owned or count >= 5):
        return Judgement("unsure", "short_story")
    if count >= TELLING and not _COMMON & set(reply.words):
        return Judgement("unsure", "other_language")
    if count >= 4 and _HEADING.match(reply.plain):
        return Judgement("unsure", "short_story")
    if count >= TELLING and (owned or standing.kind == "situational"):
        return Judgement("unsure", "short_story")
    return None
