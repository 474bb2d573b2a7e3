"""Signs of the flags that no single phrase decides: figures from 0 to 1 that an interviewer's ear adds up.

Each figure is the share of what would be plenty, so that a further phrase of the same class says less and less. What
speaks against a flag is a sign too; its weight is negative (`content/scoring/flag_weights.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.scoring.doc import Doc, Sentence
from bot.scoring.facts import Facts
from bot.scoring.tone import boasts, failings, first_talk, first_turn, own_faults, people_trouble, real, verdicts

Signs = dict[str, float]
CLOSE = 0.6
"""Share of the answer after which its end begins."""
OUTCOMES = ("result_phrase", "change_verb", "adoption", "reaction", "durable", "zero_result")


def _full(amount: float, plenty: float) -> float:
    return max(0.0, min(1.0, amount / plenty))


def _spread(doc: Doc, *names: str) -> int:
    """Phrases of these lists in what happened, those that share words counted once."""
    return sum(_apart(s, *names) for s in doc.sentences if not s.hypothetical and s.has(*names))


def _apart(sentence: Sentence, *names: str) -> int:
    lists = [sentence.hits[name] for name in names if name in sentence.hits]
    if len(lists) < 2:
        return sum(map(len, lists))  # within a list no phrases share words
    taken: set[int] = set()
    count = 0
    for hit in sorted((hit for hits in lists for hit in hits), key=lambda h: (h.first, -h.last)):
        if taken.isdisjoint(range(hit.first, hit.last)):
            count += 1
            taken |= set(range(hit.first, hit.last))
    return count


def _imagined_share(doc: Doc) -> float:
    return sum(s.hypothetical > 0 for s in doc.sentences) / max(1, sum(s.substance for s in doc.sentences))


def hero(doc: Doc, facts: Facts) -> Signs:
    """The speaker alone saves the day: praise told, others missing or at a loss, nobody credited."""
    acted = facts.own + facts.team + facts.bare + facts.agentless
    boast = sum(boasts(s) for s in real(doc))
    return {
        "boast": _full(boast, 4),
        "uncredited": _full(boast + 0.5 * _spread(doc, "contempt") - facts.credit, 3),
        "praised": _full(_spread(doc, "praised"), 2),
        "indispensable": _full(_spread(doc, "indispensable"), 3),
        "solo": _full(_spread(doc, "solo"), 3),
        "others_gave_up": _full(_spread(doc, "others_gave_up"), 2),
        "scorn": _full(_spread(doc, "contempt", "scorned", "silenced"), 3),
        "credit": _full(facts.credit + facts.empathy + _spread(doc, "concession"), 4),
        "own_fault": _full(facts.self_fault, 2),
        "team": facts.team / acted if acted else 0.0,
        "lesson": float(facts.learning >= 2),
    }


def self_righteous(doc: Doc, facts: Facts) -> Signs:
    """A disagreement told as being right: scorn, a rule read out, the others silenced, and no look at their side."""
    right = _spread(doc, "right_claim", "vindication", "vindicated")
    heard = facts.empathy + facts.self_fault
    return {
        "right": _full(right, 3),
        "unheard": 0.0 if heard else _full(right + _spread(doc, "contempt"), 2),
        "scorn": _full(_spread(doc, "contempt", "scorned"), 3),
        "silenced": _full(_spread(doc, "silenced"), 2),
        "unbending": _full(_spread(doc, "unbending"), 2),
        "trouble": _full(people_trouble(doc), 3),
        "asked": float("conflict_asked" in doc.asked),
        "turned_up": float(first_turn(doc) is not None),
        "other_side": _full(facts.empathy + _spread(doc, "concession"), 3),
        "own_fault": _full(facts.self_fault, 2),
        "lesson": float(facts.learning >= 2),
    }


def blames_others(doc: Doc, facts: Facts) -> Signs:
    """Others' failings pile up, one's own part is said to be fine, and no own fault is looked at."""
    judged = sum(verdicts(s) for s in real(doc)) + _spread(doc, "counterfactual_blame")
    relief = own_faults(doc) + facts.empathy + 0.25 * facts.credit
    return {
        "unrelieved": _full(judged + 0.5 * _spread(doc, "blame_mild") - relief, 2),
        "verdicts": _full(sum(verdicts(s) for s in real(doc)), 3),
        "mild": _full(_spread(doc, "blame_mild"), 4),
        "had_they": _full(_spread(doc, "counterfactual_blame"), 2),
        "lapses": _full(_spread(doc, "lapses"), 4),
        "failings": _full(failings(doc), 5),
        "alibi": _full(_spread(doc, "alibi"), 2),
        "bad_end": _full(_spread(doc, "bad_end"), 2),
        "scorn": _full(_spread(doc, "contempt", "scorned"), 3),
        "own_fault": _full(own_faults(doc), 2),
        "other_side": _full(facts.empathy + facts.credit + _spread(doc, "concession"), 4),
        "lesson": float(facts.learning >= 2),
        "measured": float(facts.outcome_numbers > 0),
    }


def escalates_first(doc: Doc, facts: Facts) -> Signs:
    """Somebody above is turned to before a word with the person, in trouble with people."""
    turn, talk = first_turn(doc), first_talk(doc)
    trouble = people_trouble(doc)
    turned = turn is not None and (trouble > 0 or "conflict_asked" in doc.asked)
    first = turned and (talk is None or (turn or 0) < talk)
    before = sum(s.label == "A" and s.acts("own") > 0 for s in doc.sentences[:turn])
    return {
        "turned": float(turned),
        "early": 1 - _full(before, 4) if turned else 0.0,
        "before_talk": float(first),
        "unspoken": float(first and trouble > 0),
        "talked_first": float(talk is not None and (turn is None or talk <= turn)),
        "decree": _full(_spread(doc, "by_decree"), 2),
        "trouble": _full(trouble, 3),
        "trouble_before": _full(people_trouble(doc, turn), 2),
        "lesson": float(facts.learning >= 2),
        "measured": float(facts.outcome_numbers > 0),
        "asked": float("conflict_asked" in doc.asked),
        "authority_asked": float("authority_asked" in doc.asked),
        "other_side": _full(facts.empathy + _spread(doc, "concession"), 3),
    }


def no_tension(doc: Doc, facts: Facts) -> Signs:
    """Hardly any sign of trouble, and things said to have gone smoothly."""
    hundreds = max(0.6, facts.words / 100)
    return {
        "smooth": _full(_spread(doc, "smooth", "smooth_claim", "smooth_sailing"), 3),
        "very_smooth": _full(_spread(doc, "smooth", "smooth_claim", "smooth_sailing") - 2, 3),
        "hardness": _full(facts.hardness / hundreds, 2.5),
        "trouble": _full(facts.trouble / hundreds, 5),
        "under_way": _full(facts.trouble_under_way / hundreds, 2.5),
        "any_hardness": float(facts.hardness > 0.5),
        "passive": facts.agentless / max(1, facts.own + facts.team + facts.bare + facts.agentless),
        "people": _full(people_trouble(doc) + _spread(doc, "lapses"), 3),
        "asked": float("hard_asked" in doc.asked or "conflict_asked" in doc.asked),
        "acts": _full(facts.action_sentences, 4),
        "own_fault": _full(facts.self_fault, 2),
        "scorn": _full(_spread(doc, "contempt", "scorned", "silenced", "blame", "alibi"), 3),
    }


def vague(doc: Doc, facts: Facts) -> Signs:
    """General and everyday words where things, names and figures would stand."""
    hundreds = max(1.0, facts.words / 100)
    uncovered = 0.0 if facts.points_covered is None else 1 - facts.points_covered
    return {
        "abstract": _full(facts.abstract_share, 0.35),
        "hollow": _full(_spread(doc, "hollow_talk") / hundreds, 6),
        "mush": _full(doc.total("vague") / hundreds, 4),
        "shrugs": _full(doc.total("shrug"), 3),
        "everyday": _full(facts.everyday_share - 0.3, 0.5),
        "things": _full(facts.things_named / max(0.5, facts.words / 100), 25),
        "acts": _full(facts.own + facts.team + facts.bare, 6),
        "numbers": _full(facts.number_rate, 2),
        "uncovered": uncovered,
        "situational": float(facts.points_covered is not None),
        "measured": float(facts.outcome_numbers > 0),
        "reasons": _full(facts.rationale / hundreds, 2),
    }


def apologetic(doc: Doc, facts: Facts) -> Signs:
    """A plea for patience beside words that make one's background or standing small."""
    pleas = sum(_apart(s, "sorry", "plea") for s in doc.sentences)
    early = doc.sentences[:2]
    return {
        "apology": _full(sum(_apart(s, "apology") for s in doc.sentences), 2),
        "diminished": _full(sum(_apart(s, "diminished") for s in doc.sentences), 2),
        "plea": _full(pleas, 2),
        "plea_beside": float(any(s.has("sorry", "plea") and s.has("diminished", "apology") for s in doc.sentences)),
        "opens": float(
            any(s.has("sorry", "plea") for s in early) and any(s.has("diminished", "apology") for s in early)
        ),
    }


def hypothetical(doc: Doc, facts: Facts) -> Signs:
    """Would-do sentences carry the answer, hardly anything was done, and no story is said to be there."""
    return {
        "imagined": _full(_imagined_share(doc), 0.5),
        "many": _full(sum(s.hypothetical > 0 for s in doc.sentences), 4),
        "no_story": _full(doc.total("no_story"), 2),
        "done": _full(facts.past_actions, 4),
        "outcome": float(facts.result_sentences > 0),
    }


def no_rationale(doc: Doc, facts: Facts) -> Signs:
    """Steps without reason, alternative or evidence."""
    steps = max(2, facts.action_sentences)
    return {
        "reasons": _full(facts.action_reasons, 3),
        "reasons_per_step": _full(facts.action_reasons / steps, 1),
        "anywhere": _full(facts.rationale + facts.options, 4),
        "checks": _full(facts.evidence_checks, 3),
        "acts": _full(facts.own + facts.team + facts.bare + facts.agentless, 6),
        "steps": _full(facts.action_sentences, 3),
        "hollow": _full(_spread(doc, "hollow_talk", "vague"), 6),
        "words": _full(facts.words, 250),
        "other_side": _full(facts.empathy, 2),
    }


def no_result(doc: Doc, facts: Facts) -> Signs:
    """No sentence is likely to tell what came of it."""
    telling = [s for s in doc.sentences if s.substance]
    ends = [s for s in telling[round(CLOSE * len(telling)) :] if not s.hypothetical]
    return {
        "likely": _full(facts.results_likely, 1.5),
        "surest": facts.result_surest,
        "told": float(facts.result_sentences > 0),
        "late_words": _full(sum(s.has(*OUTCOMES) for s in ends), 2),
        "late_numbers": _full(sum(s.outcome_numbers() > 0 for s in ends), 2),
        "bad_end": _full(_spread(doc, "bad_end"), 1),
        "imagined": _full(_imagined_share(doc), 0.5),
        "ends_acting": telling[-1].chance("A") if telling else 0.0,
        "measured": float(facts.outcome_numbers > 0),
    }


def no_metric(doc: Doc, facts: Facts) -> Signs:
    """What came of it is told without a quantity."""
    return {
        "measured": float(facts.outcome_numbers > 0),
        "measured_likely": _full(facts.measured_likely, 1),
        "likely": _full(facts.results_likely, 1.5),
        "told": float(facts.result_sentences > 0),
        "numbers": _full(facts.number_rate, 3),
        "hollow": _full(_spread(doc, "hollow_talk", "vague"), 6),
        "imagined": _full(_imagined_share(doc), 0.5),
    }


SIGNS: Mapping[str, Callable[[Doc, Facts], Signs]] = {
    "hero": hero,
    "self_righteous": self_righteous,
    "blames_others": blames_others,
    "escalates_first": escalates_first,
    "no_tension": no_tension,
    "vague": vague,
    "apologetic": apologetic,
    "hypothetical": hypothetical,
    "no_rationale": no_rationale,
    "no_result": no_result,
    "no_metric": no_metric,
}
"""The signs of each flag that is weighed."""
