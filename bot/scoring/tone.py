"""How others and oneself are told: blame, contempt, boasting, and whom one turned to first.

Every sign is looked for in the whole answer, whatever part a sentence belongs to, since a verdict on others is one
wherever it stands. Sentences about what one would do count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.scoring.doc import Doc, Sentence

OWN = frozenset({"i", "we", "i've", "we've"})
NEGATED = frozenset({"no", "not", "never", "without"})
IF_ME = (("if", "i"), ("if", "i'd"), ("if", "i'm"), ("had", "i"), ("without", "me"), ("if", "not", "for", "me"))
LOST = frozenset({"no", "nothing", "nobody", "dead", "gone", "wouldn't", "never", "still", "bankrupt", "lost"})
FAILED = frozenset({"late", "wrong", "nobody", "missing", "useless", "failed", "promised", "refused", "nothing",
                    "left"})  # fmt: skip
WISHED = frozenset({"given", "asked", "told", "allowed", "known", "listened", "waited", "checked", "could"})
"""Words after which “if I had” is a wish or a regret."""
WISH_REACH = 6
REACH = 7
"""Words between the verb of turning to somebody and that somebody, at most."""


def real(doc: Doc) -> Iterator[Sentence]:
    """The sentences about what happened."""
    return (s for s in doc.sentences if not s.hypothetical)


def verdicts(sentence: Sentence) -> int:
    """Phrases of blame that are neither about the speaker nor denied."""
    return sum(
        not hit.first or sentence.words[hit.first - 1] not in OWN | NEGATED for hit in sentence.hits.get("blame", ())
    )


def own_faults(doc: Doc) -> int:
    """Faults of their own that the speaker names in earnest; “of course that was my fault, apparently” is none."""
    earnest = sum(s.count("self_fault") for s in real(doc) if not s.has("ironic_fault"))
    return earnest + sum(s.has("retrospective") for s in doc.of("L") if not s.has("counterfactual_blame"))


def lost_without_me(sentence: Sentence) -> bool:
    """Whether the speaker says that without them all would have been lost."""
    words = sentence.words
    for k in (k for k, word in enumerate(words) if word in ("if", "had", "without")):
        if any(words[k : k + len(frame)] == frame for frame in IF_ME):
            return bool(LOST & set(words[k:])) and WISHED.isdisjoint(words[k : k + WISH_REACH])
    return False


def boasts(sentence: Sentence) -> float:
    """How much boasting a sentence holds: phrases that share no words, and twice for “without me all was lost”."""
    taken: set[int] = set()
    strength = 0.0
    for hit in (*sentence.hits.get("hero_boast", ()), *sentence.hits.get("boast", ())):
        if taken.isdisjoint(range(hit.first, hit.last)):
            strength += 1
        taken |= set(range(hit.first, hit.last))
    return strength + 2 * lost_without_me(sentence)


def took_to_authority(sentence: Sentence) -> tuple[int, int, str] | None:
    """The words in which the speaker turned to somebody above, as first and last place, and who that was."""
    verbs = {hit.first for hit in sentence.hits.get("took_to", ())}
    starts = [c.first for c in sentence.clauses if c.actor in ("own", "none") and c.last - 1 in verbs]
    for start in starts:
        for hit in sentence.hits.get("authority", ()):
            if start < hit.first <= start + REACH:
                return start, hit.last, sentence.words[hit.last - 1]
    return None


def talked_with_them(sentence: Sentence) -> bool:
    """Whether the speaker spoke with the other person before turning to somebody above, if they did at all."""
    turned = took_to_authority(sentence)
    talks = [hit.first for name in ("direct_talk", "talked_with") for hit in sentence.hits.get(name, ())]
    return bool(talks) and (turned is None or min(talks) < turned[0])


def first_turn(doc: Doc) -> int | None:
    """The number of the sentence in which the speaker first turns to somebody above, told by them or in the passive."""
    return next((s.index for s in real(doc) if took_to_authority(s) is not None or _addressed_upward(s)), None)


def _addressed_upward(sentence: Sentence) -> bool:
    """Whether a turn to somebody above stands near a verb of the speaker's, or of nobody (“was addressed to”)."""
    verbs = [hit.first for hit in sentence.hits.get("turned_up", ())]
    doers = {c.last - 1 for c in sentence.clauses if c.actor in ("own", "team", "none")}
    doers |= {p.last - 1 for p in sentence.passives if p.agentless}
    above = [hit.first for hit in sentence.hits.get("upward", ())]
    return any(verb in doers and verb < place <= verb + REACH for verb in verbs for place in above)


def first_talk(doc: Doc) -> int | None:
    """The number of the sentence in which the speaker first speaks with the other person."""
    return next((s.index for s in real(doc) if talked_with_them(s)), None)


def people_trouble(doc: Doc, until: int | None = None) -> int:
    """Sentences that tell of trouble with people, up to the one of that number where it is given."""
    told = (s for s in real(doc) if until is None or s.index <= until)
    return sum(s.has("conflict", "blame", "blame_mild", "complaint_of_people") for s in told)


def failings(doc: Doc) -> int:
    """Sentences in which others, and not the speaker, are the ones who did not, could not or were late."""
    return sum(_fails(s) for s in real(doc))


def _fails(sentence: Sentence) -> bool:
    if sentence.acts("own") or "i" in sentence.words:
        return False
    denied = any(word in NEGATED or word.endswith("n't") or word in FAILED for word in sentence.words)
    return denied and sentence.has("people_named")
