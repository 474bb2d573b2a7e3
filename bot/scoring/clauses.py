"""Who acted: verbs with their subjects, passives, and what is only imagined.

No parser: a past form (regular ending or table) is joined to the pronoun before it over adverbs; coordination hands
the subject on; a form of be or get before a participle is a passive. Recipes and their measured limits are told in
`docs/scoring.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.scoring.doc import Actor, Clause, Passive
from bot.scoring.lexicon import Hit, Lexicon

OWN = frozenset({"i", "i've", "i'd", "i'm", "myself", "me"})
TEAM = frozenset({"we", "we've", "we'd", "we're", "team"})
OURS = frozenset({"our", "my", "the", "whole", "entire", "this"})
"""What stands before one's own team; in “the monitoring team” stands another word, and another team."""
PHRASAL = frozenset({("looked", "into"), ("look", "into"), ("looked", "through"), ("worked", "out"),
                     ("worked", "through"), ("worked", "together"), ("worked", "closely")})  # fmt: skip
"""Verbs that are a state alone and an act with the word after them."""
OTHERS = frozenset({"he", "she", "they", "it", "who", "you", "which", "that", "this", "nobody", "everyone", "somebody",
                    "everybody", "someone", "one", "people", "he'd", "she'd", "they'd", "they've", "it's",
                    "there"})  # fmt: skip
HAVE = frozenset({"have", "has", "had", "having", "haven't", "hadn't", "hasn't", "i've", "we've", "they've", "i'd",
                  "we'd", "he'd", "she'd", "they'd"})  # fmt: skip
BE = frozenset({"was", "were", "is", "are", "be", "been", "being", "am", "got", "get", "gets", "wasn't", "weren't",
                "isn't", "aren't", "i'm", "we're", "they're", "it's", "that's"})  # fmt: skip
ADVERBS = frozenset({"also", "then", "just", "only", "never", "always", "still", "even", "first", "finally", "later",
                     "already", "both", "all", "ourselves", "soon", "once", "simply", "not", "often", "again",
                     "instead",
                     "therefore", "now", "so", "too", "mostly", "myself", "kind", "sort", "of", "sometimes",
                     "literally", "maybe", "each", "together", "further", "well"})  # fmt: skip
SINCE = frozenset({"now", "nowadays"})
NO_HABIT = frozenset({"am", "have", "had", "can", "could", "will", "would", "should", "may", "might", "must", "did",
                      "does", "know", "see", "feel", "believe", "understand", "realise", "realize", "guess", "hope",
                      "wish", "think", "want", "need", "look", "regret", "remember", "get", "got"})  # fmt: skip
"""What after “now I” is no practice."""
LEADS = frozenset({"and", "then", "so", "also", "first", "next", "finally", "but", "or", "later", "instead", "second",
                   "third", "ok", "okay", "yeah", "afterwards", "basically", "eventually", "lastly",
                   "plus"})  # fmt: skip
PERSONAL = frozenset({"i", "we", "he", "she", "they", "who", "customers", "users", "people", "everyone", "everybody",
                      "nobody", "you", "clients", "patients", "i'm", "we're"})  # fmt: skip
MADE = frozenset({"written", "built", "set", "cut", "put", "run", "done", "drawn"})
"""Participles that name a state alone (“it was built in C”) and an act beside another one."""
MODALS = frozenset({"would", "might", "should", "could", "will", "'d", "i'd", "we'd", "i'll", "we'll", "wouldn't"})
NOT_PAST_BEFORE = frozenset({"a", "an", "the", "to", "my", "our", "their", "his", "her", "its", "of", "in", "for",
                             "with", "by", "these", "those", "some", "any", "no", "on", "at", "from", "as", "very",
                             "more", "most", "less"})  # fmt: skip


def clauses(words: Sequence[str], after_comma: frozenset[int], lexicon: Lexicon) -> tuple[Clause, ...]:
    """The verbs of a sentence with their actors, in order."""
    found: list[Clause] = []
    for i, word in enumerate(words):
        past = is_past(word, lexicon)
        if not past and word not in lexicon.base_verbs:
            continue
        j = _before(words, i)
        actor = _actor(words, i, j, past, found, after_comma, lexicon)
        if actor is None:
            continue
        action = word not in lexicon.words_of("stative") or (word, *words[i + 1 : i + 2]) in PHRASAL
        found.append(Clause(actor, word, max(j, 0), i + 1, action, past))
    return tuple(found)


def is_past(word: str, lexicon: Lexicon) -> bool:
    """Whether a word looks like a past form."""
    if word in lexicon.past:
        return True
    return len(word) > 4 and word.endswith("ed") and word not in lexicon.not_past


def is_participle(word: str, lexicon: Lexicon) -> bool:
    """Whether a word looks like a past participle."""
    return word in lexicon.participles or (len(word) > 4 and word.endswith("ed") and word not in lexicon.not_past)


def passives(words: Sequence[str], lexicon: Lexicon) -> tuple[Passive, ...]:
    """The passive verbs of a sentence, with those coordinated to them."""
    found: list[Passive] = []
    for i, word in enumerate(words):
        if word not in BE:
            continue
        k = i + 1
        while k < len(words) and k <= i + 3 and (_is_adverb(words[k]) or words[k] in {"being", "been"}):
            k += 1
        if k >= len(words) or not is_participle(words[k], lexicon):
            continue
        by = "by" in words[k + 1 : k + 5]
        made = words[k] in MADE and (found or "and" in words[k:] or (len(words) > k + 2 and words[k + 1] == "up"))
        if words[k] in lexicon.words_of("predicate_adjectives") and not by and not made:
            continue
        patient = words[i - 1] if i else ""
        personal = patient in PERSONAL or word in {"i'm", "we're"}
        told = word != "be"  # “had to be moved” and “could not be held” tell no act that was done
        found.append(Passive(i, k + 1, told and not by and not personal))
        if k + 2 < len(words) and words[k + 1] == "and" and is_participle(words[k + 2], lexicon):
            found.append(Passive(k + 1, k + 3, told and not by and not personal))
    return tuple(found)


def hypotheticals(words: Sequence[str], lists: frozenset[str], lexicon: Lexicon) -> int:
    """Number of clauses about what the speaker would do; habits, regrets, plans and polite forms are left out."""
    if lists & {"retrospective", "habitual"}:
        return 0
    count = 0
    for i, word in enumerate(words[:-1]):
        if word not in {"would", "might", "'d", "i'd", "we'd", "i'll", "we'll", "should", "will"}:
            continue
        j = _before(words, i)
        subject = words[j] if j >= 0 else ""
        speaker = word in {"i'd", "we'd", "i'll", "we'll"} or subject in {"i", "we"}
        k = i + 1
        while k < len(words) and _is_adverb(words[k]):
            k += 1
        verb = words[k] if k < len(words) else ""
        if not speaker or verb in {"have", "say", "like", "love", "argue", "rather", "guess", "better"}:
            continue
        if word in {"i'd", "we'd"} and is_participle(verb, lexicon) and verb not in lexicon.base_verbs:
            continue
        reported = any(w in lexicon.words_of("saying_verbs") for w in words[max(0, i - 8) : i])
        if not reported and not (word in {"should", "will"} and "if" not in words):
            count += 1
    return count + ("generic_frame" in lists and not any(is_past(w, lexicon) for w in words))


def practices(words: Sequence[str], lexicon: Lexicon) -> list[Hit]:
    """Habits told in the present, whatever their verb: “now I rehearse every migration” (S0.9, S3.7)."""
    found = []
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        since = before in SINCE or tuple(words[max(0, i - 2) : i]) == ("since", "then") or "now" in words[i + 1 : i + 2]
        if word != "i" or not since:
            continue
        at = next((k for k in range(i + 1, min(i + 5, len(words))) if not _is_adverb(words[k])), None)
        if at is None or words[at] in NO_HABIT or not words[at].isalpha() or is_past(words[at], lexicon):
            continue
        found.append(Hit("now_practice", i, at + 1))
    return found


def _is_adverb(word: str) -> bool:
    return word in ADVERBS or (len(word) > 4 and word.endswith("ly"))


def _before(words: Sequence[str], i: int) -> int:
    """The last word before `i` that is no adverb, four back at most; -1 where there is none."""
    j = i - 1
    while j >= 0 and i - j <= 4 and _is_adverb(words[j]):
        j -= 1
    return j


def _actor(words: Sequence[str], i: int, j: int, past: bool, found: list[Clause], after_comma: frozenset[int],
           lexicon: Lexicon) -> Actor | None:  # fmt: skip
    """Who does the verb at `i`; None where it is no verb with a subject here."""
    word, before = words[i], words[j] if j >= 0 else ""
    subject = _subject(words, j)
    if not past:
        bare = subject in {"own", "team"} and before not in {"me", "myself", "team", "i'd", "we'd", "i'm", "we're"}
        return subject if bare else None
    if subject in {"own", "team"} and before not in {"i'm", "we're", "me"}:
        return subject
    if before in HAVE:
        k = _before(words, j)
        return _subject(words, k) or ("other" if k >= 0 else "none")
    if before in BE or before in MODALS:
        return None
    comma = any(k in after_comma for k in range(j + 1, i + 1))
    if (before in {"and", "then", "but", "or"} or comma) and word in lexicon.past | _regular(word):
        return found[-1].actor if found else ("none" if before in LEADS or comma else "other")
    if j < 0 or all(w in LEADS or _is_adverb(w) for w in words[:i]):
        return "none"
    if subject == "other":
        return "other"
    if before in NOT_PAST_BEFORE:
        return None
    return "other" if word in lexicon.past and word not in lexicon.base_verbs else None


def _regular(word: str) -> frozenset[str]:
    return frozenset({word}) if word.endswith("ed") else frozenset()


def _subject(words: Sequence[str], j: int) -> Actor | None:
    if j < 0:
        return None
    word = words[j]
    if word == "i":
        joined = j >= 2 and words[j - 1] == "and" and words[j - 2] in {"team", "colleagues", "we"}
        return "team" if joined else "own"
    if word in OWN:
        return "own"
    if word == "us":
        return "own" if j >= 1 and words[j - 1] == "of" else None
    if word == "team" and not (j and (words[j - 1] in OURS or words[j - 2 : j - 1] in (["our"], ["my"]))):
        return "other"
    if word in TEAM:
        return "team"
    return "other" if word in OTHERS else None
