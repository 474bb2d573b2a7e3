"""What is recognised as a name or a secret. Every pattern is bounded, so that no text is slow to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.coach.names import ALSO_WORDS, COMPANIES, GIVEN_NAMES, NO_COMPANY, NO_NAME


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters to mask, and as what."""

    start: int
    end: int
    kind: str


_ENDINGS = (
    "com|org|net|edu|gov|io|dev|app|ai|co|me|info|biz|xyz|tech|cloud|link|click|site|online|shop|de|fr|es|it|nl|be|ch|at|"
    "uk|ie|se|no|dk|fi|pl|cz|pt|eu|us|ca|mx|br|ar|in|cn|jp|kr|sg|hk|tw|au|nz|za|ru|ua|tr|il|ae|ly|gl|to"
)
_WORD_CHARACTER = r"[A-Za-z0-9_]"
_SECRET_PATTERNS = (
    r"-----BEGIN [A-Z ]{3,40}-----[A-Za-z0-9+/=\s]{0,8000}(?:-----END [A-Z ]{3,40}-----)?",
    r"\bsk-[A-Za-z0-9_-]{12,200}",
    r"\bxox[abeoprs]-[A-Za-z0-9-]{8,200}",
    r"\bxapp-[A-Za-z0-9-]{8,200}",
    r"\bgh[opsru]_[A-Za-z0-9]{16,200}",
    r"\bgithub_pat_[A-Za-z0-9_]{16,200}",
    r"\bglpat-[A-Za-z0-9_-]{16,200}",
    r"\b(?:AKIA|ASIA)[0-9A-Z]{12,24}\b",
    r"\bAIza[0-9A-Za-z_-]{30,60}",
    r"\beyJ[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{1,4000}){1,2}",
    r"\b[A-Za-z0-9_-]{23,30}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{25,120}",
)
_NAMED_SECRET = re.compile(
    r"\b(?:password|passwd|passphrase|pwd|passcode|secret|token|api[ _-]?key|access[ _-]?key|bearer)\b"
    r"(?:\s{1,3}(?:is|was)|\s{0,3}[:=])?\s{1,3}[\"']?(?P<value>[^\s\"',;]{4,200})"
    r"|\b(?:password|passwd|passphrase|pwd|passcode|secret|token|api[ _-]?key|access[ _-]?key)"
    r"[:=][\"']?(?P<tight>[^\s\"',;]{4,200})",
    re.IGNORECASE,
)
_LONG_RUN = re.compile(rf"(?<!{_WORD_CHARACTER})[A-Za-z0-9+/_=-]{{20,4000}}(?!{_WORD_CHARACTER})")
_NUMBER_RUN = re.compile(r"(?<![\w.,])(?:\+\s?|\()?\d(?:[ ().\-/]{0,3}\d){7,18}(?![\w%])")

_SECRETS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("MENTION", re.compile(r"<[@#!][^<>\n]{1,120}>|(?<![\w@.])@[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}")),
    ("SECRET", re.compile("|".join(_SECRET_PATTERNS))),
    ("EMAIL", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")),
    (
        "URL",
        re.compile(
            r"\b(?:https?|ftp|sftp|ssh|file|slack|discord|mailto|git):/{0,3}[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)]|"
            r"\bwww\.[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)]"
            rf"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,6}}(?:{_ENDINGS})\b(?:[/?#][^\s<>\"']{{0,2000}}[^\s<>\"'.,;:!?)])?",
            re.IGNORECASE,
        ),
    ),
    ("ACCOUNT", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")),
    ("ADDRESS", re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?![\w.]\d)")),
)


def secrets_in(text: str) -> Iterator[Piece]:
    """Mentions, keys and tokens, e-mail and web addresses, account and phone numbers, IP addresses."""
    for kind, pattern in _SECRETS:
        for found in pattern.finditer(text):
            yield Piece(found.start(), found.end(), kind)
    for found in _NAMED_SECRET.finditer(text):
        group = "value" if found.group("value") else "tight"
        if _looks_chosen(found.group(group)):
            yield Piece(found.start(group), found.end(group), "SECRET")
    for found in _LONG_RUN.finditer(text):
        run = found.group()
        if any(c.isdigit() for c in run) and any(c.isalpha() for c in run):
            yield Piece(found.start(), found.end(), "SECRET")
    for found in _NUMBER_RUN.finditer(text):
        digits = sum(c.isdigit() for c in found.group())
        if digits >= 9:
            yield Piece(found.start(), found.end(), "ACCOUNT" if digits > 15 else "PHONE")


def _looks_chosen(value: str) -> bool:
    """Whether what stands after "password" is one, and not the next word of the sentence."""
    return any(not c.isalpha() for c in value.rstrip(".!?"))


_NAME = r"[A-Z][\w'’-]{1,30}"
_TITLES = r"(?:Mr|Mrs|Ms|Mx|Dr|Prof|Professor|Herr|Frau|Sir|Madam)\.?"
_PERSON_ROLES = (
    "manager|boss|lead|leader|colleague|coworker|co-worker|teammate|director|head|president|founder|cofounder|cto|ceo|cfo|"
    "coo|vp|engineer|developer|designer|analyst|architect|recruiter|intern|mentor|mentee|junior|senior|peer|friend|"
    "report|client|customer|named|called|name is|name was|counterpart|partner|owner|assistant|tester|scientist"
)
_SAYING = (
    "said|says|told|asked|wanted|argued|suggested|agreed|disagreed|refused|thought|complained|replied|insisted|felt|"
    "believed|proposed|explained|wrote|called|pushed|objected|resigned|quit|helped|reviewed|noticed|reported|approved"
)
_PERSON_CUES = (
    re.compile(rf"\b{_TITLES}\s{{1,3}}(?P<name>{_NAME}(?:\s{_NAME})?)"),
    re.compile(rf"\b(?i:{_PERSON_ROLES}),?\s{{1,3}}(?P<name>{_NAME}(?:\s{_NAME})?)"),
    re.compile(rf"(?P<name>{_NAME}(?:\s{_NAME})?)(?:\s{{1,3}}and I)?\s{{1,3}}(?:{_SAYING})\b"),
    re.compile(rf"(?P<name>{_NAME}(?:\s{_NAME})?),?\s{{1,3}}(?:from|in)\s(?:the\s)?[a-z]{{3,20}}\b"),
    re.compile(rf"(?P<name>{_NAME}(?:\s{_NAME})?),\s(?:the|my|our|a|an)\s(?i:{_PERSON_ROLES})\b"),
)
_LEGAL_FORMS = (
    r"(?:Inc|Ltd|LLC|LLP|GmbH|AG|Corp|Corporation|PLC|plc|SE|KG|Oy|AB|Pty|BV|NV|SAS|SRL|Limited|Company|Group|Bank)"
)
_COMPANY_CUES = (
    re.compile(rf"(?P<name>{_NAME}(?:\s(?:&\s)?{_NAME}){{0,2}}\s{_LEGAL_FORMS})\b"),
    re.compile(rf"\b(?:[Aa]t|[Jj]oined|[Ww]orked for|[Ww]orking for|[Ee]mployer,?)\s(?P<name>{_NAME}(?:\s{_NAME})?)"),
)


@dataclass(frozen=True, slots=True)
class Names:
    """The names found in the texts of a request: each is masked wherever it stands, as whole words."""

    people: re.Pattern[str] | None
    companies: re.Pattern[str] | None
    others: re.Pattern[str] | None
    """Capitalised inside a sentence and none of the words that are known: a person, a place, a product."""

    def pieces(self, text: str) -> Iterator[Piece]:
        """Where they stand."""
        for kind, pattern in (("COMPANY", self.companies), ("PERSON", self.people), ("NAME", self.others)):
            if pattern is not None:
                yield from (Piece(found.start(), found.end(), kind) for found in pattern.finditer(text))


def names_in(texts: Sequence[str], people: Iterable[str], companies: Iterable[str]) -> Names:
    """Names in `texts`: those of `people` and `companies` given, of the lists, and what a cue gives away."""
    whole = "\n".join(texts)
    # A team may have thousands of members, an answer speaks of a few.
    spoken = frozenset(re.findall(r"\w+", whole.lower()))
    found_companies = {name for name in companies if len(name) > 2 and name in whole}
    found_people: set[str] = set()
    for name in people:
        if not spoken.isdisjoint(re.findall(r"\w+", name.lower())):
            found_people |= _spellings(name)
    for text in texts:
        found_companies |= _companies(text)
        found_people |= _people(text)
    others = {word for text in texts for word in _capitalised_inside(text)} - found_people - found_companies
    return Names(_any_of(found_people - found_companies), _any_of(found_companies), _any_of(others))


def _spellings(name: str) -> set[str]:
    """A member's name whole and by its words; in lower case too where that is no word of English."""
    parts = {name.strip(), *re.findall(r"[^\W\d_][\w'’-]{1,40}", name)}
    parts = {part.capitalize() if part.capitalize() in ALSO_WORDS else part for part in parts}
    known = {part for part in parts if len(part) > 1 and part.capitalize() not in NO_NAME}
    return known | {part.lower() for part in known if part not in ALSO_WORDS and len(part) > 3}


def _capitalised_inside(text: str) -> set[str]:
    """Words that begin with a capital inside a sentence; not those in capitals, or with capitals inside them."""
    found = set()
    for match in re.finditer(r"\b[^\W\d_][^\W\d_'’]{2,30}", text):
        word = _bare(match.group())
        if word[0].isupper() and word[1:].islower() and not _begins_a_sentence(text, match.start()):
            found |= {word} if not {word, word.removesuffix("s")} & NO_NAME else set()
    return found


def _people(text: str) -> set[str]:
    found = set()
    for word in re.finditer(rf"\b{_NAME}\b", text):
        bare = _bare(word.group())
        inside = not _begins_a_sentence(text, word.start())
        if bare in GIVEN_NAMES - ALSO_WORDS or (bare in ALSO_WORDS - NO_NAME and inside):
            found |= {bare} | _surname(text, word.end())
    for cue in _PERSON_CUES:
        for match in cue.finditer(text):
            words = [_bare(each) for each in match.group("name").split()]
            found |= {each for each in words if each not in NO_NAME and not each.isupper() and len(each) > 1}
    return found


def _bare(word: str) -> str:
    """Without a possessive, or what is left of a verb."""
    return re.sub(r"['’](?:s|d|m|ve|ll|re)$", "", word)


def _surname(text: str, end: int) -> set[str]:
    following = re.match(rf"\s({_NAME})\b", text[end : end + 40])
    return {following.group(1)} if following and following.group(1) not in NO_NAME else set()


def _begins_a_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t")
    return not before or before[-1] in ".!?\n:•-*\"'“‘(;"


def _companies(text: str) -> set[str]:
    found = {name for name in COMPANIES if name not in NO_COMPANY and re.search(rf"\b{re.escape(name)}\b", text)}
    for cue in _COMPANY_CUES:
        for match in cue.finditer(text):
            words = match.group("name").split()
            if words[0] not in NO_NAME and not (words[0] in GIVEN_NAMES and len(words) == 1):
                found.add(match.group("name") if words[-1] not in NO_NAME else words[0])
    return found


def _any_of(names: set[str]) -> re.Pattern[str] | None:
    """Any of these, the longest first, as whole words."""
    if not names:
        return None
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in ordered) + r")(?!\w)")
