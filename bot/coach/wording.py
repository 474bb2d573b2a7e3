"""What a sentence of the coach must not hold. Each check says in one word what is wrong, or nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.base.runs import runs_of

SHINGLE = 6
"""So many words in a row that stand in the instructions too are taken for a leak of them."""
LONGEST_WORD = 32

_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}:/{1,3}\S|\bwww\.|\b(?:mailto|javascript|data|tel):\S|[\w.+-]{1,64}@[\w-]{1,63}\.\w|"
    r"(?<![\w.])(?:[a-z0-9-]{1,63}\.){1,6}(?:com|org|net|edu|gov|io|dev|app|ai|co|me|info|biz|xyz|tech|cloud|link|click|"
    r"site|online|shop|example|test|invalid|local|de|fr|es|it|nl|uk|us|ru|cn|in|jp|kr|gg|ly|gl|to)\b|"
    r"\b\w{2,40}\s?(?:\[|\()?\s?dot\s?(?:\]|\))?\s?(?:com|org|net|io|example)\b|hxxps?",
    re.IGNORECASE,
)
_MENTION = re.compile(r"<\s?[@#!]|(?<!\w)[@＠]\w|<!?(?:subteam|here|channel|everyone)", re.IGNORECASE)
_MARKUP = re.compile(
    r"[<>`|]|\*\S|\S\*|(?<!\w)_{1,3}\w[^_\n]{0,200}_|~~|\]\s?\(|!\[|(?m:^\s{0,3}#{1,6}\s)|:[a-z0-9_+-]{2,40}:|&[a-z#0-9]{2,8};"
    r"|\\u[0-9a-f]{4}|\{\{|\}\}",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:great|greatly|excellen\w*|amazing\w*|awesome|fantastic\w*|outstanding\w*|impress\w*|brillian\w*|superb\w*|stellar|"
    r"wonderful\w*|perfect\w*|flawless\w*|incredibl[ey]|exceptional\w*|remarkabl[ey]|phenomenal\w*|terrific|splendid\w*|"
    r"fabulous|magnificent\w*|spectacular\w*|marvel\w*|genius|master(?:ful|fully|class|piece)|exemplary|beautiful\w*|"
    r"top-notch|top-tier|first-class|world-class|gold standard|best[- ]in[- ]class|unbeatable|congratulations|congrats|"
    r"kudos|bravo|hats off|well done|(?:very|really|so|pretty) (?:good|strong)|you did (?:great|well)|"
    r"(?:good|nice|strong|solid|well[- ]told|well[- ]written) (?:job|work|answer|story|example)|nailed|aced|"
    r"kill(?:ed|ing) it|i love|love (?:this|your|how)|proud of you|so proud|"
    r"the best (?:answer|story|candidate)|exceeds? (?:all )?expectations|wow)\b",
    re.IGNORECASE,
)
_COUNTED = r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|full|max\w*|top|high\w*|best)\b"
_VERDICT = re.compile(
    r"\b(?:score[sd]?|scoring|ratings?|rated|rate (?:it|this|you|your)|grade[sd]?|points?|stars?|marks?|percentile)\b"
    rf"(?=[^.!?\n]{{0,40}}(?:{_COUNTED}))|"
    r"\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)(?:\.\d)?\s?"
    r"(?:(?:/|out of)\s?(?:\d{1,3}|five|ten|a hundred)|of\s?(?:5|10|100|five|ten))\b|"
    r"\b(?:strong|definite|clear|firm|lean|no|not)[ -]hire\b|\bhire (?:this|them|him|her|you)\b|"
    r"\b(?:should|would|will|must|to) (?:be )?(?:hire|hired|promoted)\b|\bpass(?:es|ed)? the interview\b|"
    r"\b(?:full|top|maximum|highest|five|5)[ -](?:score|marks?|points?|rating|grade|stars?)\b|"
    r"\brules? (?:score|engine|report)\b|\bA\+",
    re.IGNORECASE,
)
_ABOUT_ITSELF = re.compile(
    r"\b(?:system (?:prompt|message|override)|my (?:instructions|prompt|guidelines|rules)|"
    r"as an? (?:ai|language model|llm|assistant)|language model|"
    r"i (?:was|am|have been) (?:instructed|told|programmed|asked to)|ignor(?:e|ing) (?:all|any|the|my|previous|your)|"
    r"previous instructions|(?:new|following|these) instructions|developer mode|jailbreak\w*|dan mode|openai|anthropic|"
    r"claude|chatgpt|gpt-?\d|tool[_ ]call\w*|function[_ ]call\w*|data block|untrusted|prompt injection|"
    r"as (?:you )?requested|as instructed)\b",
    re.IGNORECASE,
)
SPEAKS = _ABOUT_ITSELF
"""Words that are said to or about a language model rather than told of one's work."""
_BECKONING = re.compile(
    r"\b(?:(?:enter|share|send|give|type|confirm|paste|tell)(?: (?:me|us))? (?:your|the|an?) (?:password|passcode|"
    r"credit card|api key|access token|token|secret|account)|click (?:here|below|on|this|the)|log ?in (?:at|here|now)|"
    r"sign (?:in|up) (?:at|here|now)|download (?:this|our|the app|now)|visit (?:our|this|my|the (?:site|page|link))|"
    r"send (?:me|us|money)|e-?mail (?:me|us)|(?:call|contact|message|dm|pay) (?:me|us)|subscribe|buy now|gift cards?|"
    r"wire transfer|bitcoin|reply with)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|‘[^’\n]{1,200}’|(?<!\w)'[^'\n]{1,200}'(?!\w)")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]e|[Mm]y|[Ww]e|[Oo]ur|[Uu]s)\b")
_SPACED = re.compile(r"(?:(?<!\w)\w[ .\-_]{1,3}){4}")
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def _hides_something(text: str) -> bool:
    return any(unicodedata.category(char) in _HIDDEN for char in text if char != "\n")


def _is_encoded(text: str) -> bool:
    return any(len(word.strip("[]().,;:!?\"'")) > LONGEST_WORD for word in text.split()) or bool(_SPACED.search(text))


def _is_foreign(text: str) -> bool:
    """Not in Latin letters: the coach is asked for English, and what cannot be checked is not shown."""
    letters = [char for char in text if char.isalpha()]
    return sum(char > "\u024f" for char in letters) > 0.05 * len(letters)


CHECKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("hidden characters", _hides_something),
    ("foreign script", _is_foreign),
    ("encoded text", _is_encoded),
    ("link", _LINK.search),
    ("mention", _MENTION.search),
    ("markup", _MARKUP.search),
    ("praise", _PRAISE.search),
    ("verdict", _VERDICT.search),
    ("about itself", _ABOUT_ITSELF.search),
    ("beckoning", _BECKONING.search),
)


def problem_of(text: str) -> str | None:
    """What is wrong with a sentence, by the first check that finds something; None where nothing is."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return next((name for name, finds in CHECKS if finds(text) or finds(plain)), None)


def speaks_of_itself(text: str) -> bool:
    """Whether it says "I" or "we" outside of quotation marks: the coach tells what others said, never what it did."""
    return _FIRST_PERSON.search(_QUOTED.sub(" ", text)) is not None


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every six words in a row, in lower case and without marks."""
    return runs_of(re.findall(r"[^\W_]+", text.lower()), SHINGLE)


def leaks(text: str, instructions: frozenset[tuple[str, ...]]) -> bool:
    """Whether the text repeats six words in a row of the instructions."""
    return not shingles(text).isdisjoint(instructions)
