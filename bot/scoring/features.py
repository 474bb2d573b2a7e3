"""What a sentence shows about its part of the story: the features whose weights the label model adds up.

Only signs that hold in general English: who acts, tense, numbers, phrases of the lists, stems of common words, place
among the sentences and the name that the answer gives the part. Letter case and markup are invisible here, and so are
names: only stems that the weights know count, and they know no names.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.scoring.clauses import is_past
from bot.scoring.doc import Sentence
from bot.scoring.lexer import lex
from bot.scoring.lexicon import Lexicon

LIST_FEATURES = (
    "time_intro", "place_intro", "role_intro", "background", "problem", "task", "change_verb", "comparison",
    "result_measure", "result_phrase", "adoption", "reaction", "durable", "learning", "now_practice", "platitude",
    "retrospective", "contrast", "tension", "options", "rationale", "evidence_check", "credit", "greeting", "opinion",
    "action_process", "obstacle", "apology", "vague", "hedge", "habitual",
)  # fmt: skip
PLACES = ((0.06, "p0"), (0.15, "p1"), (0.25, "p2"), (0.4, "p3"), (0.55, "p4"), (0.7, "p5"), (0.8, "p6"), (0.9, "p7"))
OPENERS = frozenset({"so", "and", "then", "but", "first", "after", "when", "now", "today", "since", "it", "the", "my",
                     "our", "we", "i", "he", "she", "they", "one", "that", "this", "in", "by", "for",
                     "there"})  # fmt: skip
DOERS = ("own", "team", "none", "own_now", "team_now", "other", "other_now")
PRESENT_BE = frozenset({"is", "are", "am", "i'm", "it's", "that's", "we're", "they're", "there's"})
PAST_BE = frozenset({"was", "were", "wasn't", "weren't"})
FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'd", "my", "me", "myself"})
PLURAL_PERSON = frozenset({"we", "we're", "we've", "our", "us", "we'd"})


def feature_rows(sentences: Sequence[Sentence], fault_asked: bool, lexicon: Lexicon) -> list[list[str]]:
    """The names of the features that hold for each of the sentences of substance, in order.

    `fault_asked` says that the question asks for a mistake of the speaker, whose story starts with that mistake.
    """
    rows = []
    begun = False
    for order, sentence in enumerate(sentences):
        begun = begun or bool(sentence.acts("own", "team", "none")) or bool(sentence.passives)
        names = _features(sentence, order, len(sentences), fault_asked, lexicon)
        rows.append(names if begun else [*names, "not_begun"])
    return rows


def _features(sentence: Sentence, order: int, count: int, fault_asked: bool, lexicon: Lexicon) -> list[str]:
    names = ["bias"]
    names += _place(order, count)
    names += [f"list:{name}" for name in LIST_FEATURES if name in sentence.hits]
    names += _verbs(sentence, lexicon)
    names += _numbers(sentence)
    names += _shape(sentence)
    names += _joint(sentence, order, count, fault_asked)
    names += sorted({f"word:{lexicon.stems.stem(word)}" for word in sentence.words if word[0].isalpha()})
    if sentence.named:
        names.append(f"named:{sentence.named}")
    return names


def asks_for_fault(question: str, lexicon: Lexicon) -> bool:
    """Whether a question asks for something that the speaker did wrong."""
    words = [t.word for t in lex(question, lexicon.spelling)]
    return any(hit.name == "fault_question" for hit in lexicon.find(words))


def _joint(sentence: Sentence, order: int, count: int, fault_asked: bool) -> list[str]:
    """Place and doer together: an own step late in the story is no situation, a measured state early no result."""
    place = (order + 0.5) / count
    part = "early" if place < 0.25 else "late" if place > 0.75 else "middle"
    doers = {c.actor if c.past else f"{c.actor}_now" for c in sentence.clauses if c.action}
    doer = next((d for d in DOERS if d in doers), "nobody")
    names = [f"{part}+{doer}"]
    if order == 0 and doer in {"own", "team", "none"} and sentence.outcome_numbers() and sentence.has("change_verb"):
        names.append("opens_with_result")
    if fault_asked and place < 0.35:
        names.append("fault_early")
        if doer in {"own", "none"}:
            names.append("fault_early_own")
    return names


def _place(order: int, count: int) -> list[str]:
    place = (order + 0.5) / count
    names = [next((name for bound, name in PLACES if place < bound), "p8")]
    if order == 0:
        names.append("first")
    if order == count - 1:
        names.append("last")
    return names


def _verbs(sentence: Sentence, lexicon: Lexicon) -> list[str]:
    names = []
    own_past = sum(c.action and c.past and c.actor == "own" for c in sentence.clauses)
    own_now = sum(c.action and not c.past and c.actor == "own" for c in sentence.clauses)
    checks = {
        "own_past": own_past >= 1,
        "own_past_2": own_past >= 2,
        "own_now": own_now >= 1,
        "own_state": any(not c.action and c.actor == "own" for c in sentence.clauses),
        "team_past": any(c.action and c.past and c.actor == "team" for c in sentence.clauses),
        "other_past": any(c.action and c.past and c.actor == "other" for c in sentence.clauses),
        "bare_past": any(c.actor == "none" and c.first <= 1 for c in sentence.clauses),
        "passive": any(p.agentless for p in sentence.passives),
        "passives": sum(p.agentless for p in sentence.passives) >= 2,
        "past_be": any(w in PAST_BE for w in sentence.words),
        "present_be": any(w in PRESENT_BE for w in sentence.words),
        "no_verb": not sentence.clauses and not any(w in PAST_BE | PRESENT_BE for w in sentence.words),
        "no_past": not any(is_past(w, lexicon) for w in sentence.words),
        "hypothetical": sentence.hypothetical > 0,
        "would": "would" in sentence.words or "i'd" in sentence.words,
        "had": "had" in sentence.words,
        "first_person": any(w in FIRST_PERSON for w in sentence.words),
        "plural_person": any(w in PLURAL_PERSON for w in sentence.words),
        "no_person": not any(w in FIRST_PERSON | PLURAL_PERSON for w in sentence.words),
    }
    names += [name for name, holds in checks.items() if holds]
    return names


def _numbers(sentence: Sentence) -> list[str]:
    names = []
    if sentence.quantities:
        names.append("number")
    if sentence.outcome_numbers():
        names.append("outcome_number")
    if sentence.outcome_numbers() >= 2:
        names.append("outcome_numbers")
    kinds = {q.kind for q in sentence.quantities}
    names += [f"kind:{kind}" for kind in ("share", "money", "date", "clock", "duration") if kind in kinds]
    if sentence.outcome_numbers() and sentence.has("change_verb", "comparison", "result_measure"):
        names.append("measured_change")
    return names


def _shape(sentence: Sentence) -> list[str]:
    names = []
    length = len(sentence.words)
    names.append("len:4" if length <= 4 else "len:9" if length <= 9 else "len:30" if length <= 30 else "len:99")
    if sentence.question:
        names.append("question")
    if sentence.words and sentence.words[0] in OPENERS:
        names.append(f"open:{sentence.words[0]}")
    return names
