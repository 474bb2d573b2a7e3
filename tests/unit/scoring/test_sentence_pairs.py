"""Minimal pairs: a changed word turns what is noticed on or off."""

from __future__ import annotations

import pytest

from bot.scoring import Answer, Rules
from bot.scoring.annotate import read
from bot.scoring.doc import Sentence


def sentence(text: str, rules: Rules) -> Sentence:
    doc = read(Answer(text), rules.lexicon, 10_000)
    assert len(doc.sentences) == 1
    return doc.sentences[0]


@pytest.mark.parametrize(
    ("measures", "does_not"),
    [
        ("Errors fell by 40%.", "The errors fell in 2022."),
        ("It saved 30,000 euros.", "It took 3 weeks."),
        ("Pages dropped from 11 to 1.", "It broke at 11 on Monday."),
        ("Load times were halved.", "It was one of those days."),
        ("We had 430 letters reprinted.", "We were 4 engineers."),
        ("The p95 went from 6 s to 2 s.", "The p95 went down."),
        ("Recall is at 81 percent now.", "I was on version 3 of it."),
        ("It finished 3 days earlier.", "It finished after 3 days."),
        ("Traffic grew 10x.", "It was phase 2 of the plan."),
        ("Four other teams adopted it.", "Four of us worked on it."),
        ("The bill is 2k a month.", "It ran on 4g at the time."),
        ("A third of the machines went back.", "It was the third machine."),
    ],
)
def test_a_figure_of_an_outcome_is_told_from_other_numbers(measures: str, does_not: str, rules: Rules) -> None:
    assert sentence(measures, rules).outcome_numbers() > 0
    assert sentence(does_not, rules).outcome_numbers() == 0


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("I moved the index.", "We moved the index."),
        ("I then quickly wrote a test.", "They then quickly wrote a test."),
        ("I profiled it and found the parser.", "The vendor profiled it and found the parser."),
        ("I've rebuilt the job twice.", "She's the one who rebuilt the job."),
        ("The two of us phoned the clinics.", "Our team phoned the clinics."),
        ("I book a train and stand at the desk.", "He books a train and stands at the desk."),
    ],
)
def test_who_acted_is_told_by_the_subject(own: str, other: str, rules: Rules) -> None:
    assert sentence(own, rules).acts("own") > 0
    assert sentence(other, rules).acts("own") == 0


@pytest.mark.parametrize(
    ("agentless", "not_agentless"),
    [
        ("The data was migrated in May.", "The data was migrated by the storage team."),
        ("The pages were rewritten.", "I rewrote the pages."),
        ("A runbook was quickly produced.", "We were paged at night."),
        ("Alerts were tuned and tested.", "The customers were told."),
        ("The batch is being replaced.", "I was excited about the batch."),
    ],
)
def test_an_agentless_passive_is_told_from_other_forms(agentless: str, not_agentless: str, rules: Rules) -> None:
    assert any(p.agentless for p in sentence(agentless, rules).passives)
    assert not any(p.agentless for p in sentence(not_agentless, rules).passives)


@pytest.mark.parametrize(
    ("imagined", "real"),
    [
        ("I would ask her first.", "I asked her first."),
        ("I'd meet them and agree on goals.", "I'd met them before."),
        ("We would roll it back.", "Every Friday I would break the batch."),
        ("I would then test it.", "I thought it would work."),
        ("I might call the customer.", "Looking back, I would have called the customer."),
        ("I'd start with a coffee.", "I would say it went well."),
        ("In a situation like this I listen.", "In that meeting I listened."),
        ("I would write good docs.", "I wrote docs so that I would not be needed."),
    ],
)
def test_what_one_would_do_is_told_from_what_one_did(imagined: str, real: str, rules: Rules) -> None:
    assert sentence(imagined, rules).hypothetical > 0
    assert sentence(real, rules).hypothetical == 0


@pytest.mark.parametrize(
    ("name", "on", "off"),
    [
        ("learning", "I learned that a flag needs an owner.", "I taught a flag to blink."),
        ("learning", "Looking back, I should have asked.", "Looking up, I saw the clock."),
        ("now_practice", "I now ask for the profile first.", "I just asked for the profile."),
        ("platitude", "Communication is key.", "The communication module is slow."),
        ("task", "I was asked to cut the bill.", "I asked them to cut the bill."),
        ("adoption", "Three other teams use it.", "Three other issues came up."),
        ("vague", "We looked at various approaches.", "We looked at Kafka and Redis."),
        ("escalation", "I escalated it to my manager.", "I explained it to my colleague."),
        ("apology", "I'm pretty new to this field.", "I'm on the new payments team."),
        ("right_claim", "They had to admit I was right.", "They had to admit two more patients."),
        ("empathy", "He had a point.", "He had a dog."),
        ("tension", "The lead objected to the plan.", "The lead printed the plan."),
        ("rationale", "I chose it because it fails safely.", "I chose it on Tuesday."),
        ("hero_boast", "I saved the day.", "I saved the file."),
        ("credit", "I paired with Ana on it.", "I printed it for Ana."),
        ("smooth", "It all went smoothly.", "The road was all smooth stone."),
    ],
)
def test_a_phrase_list_holds_its_meaning(name: str, on: str, off: str, rules: Rules) -> None:
    assert sentence(on, rules).has(name)
    assert not sentence(off, rules).has(name)
