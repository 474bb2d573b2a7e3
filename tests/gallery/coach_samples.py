"""What the room of the coach shows."""

from __future__ import annotations

from collections.abc import Iterator

from bot.base.text import t
from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.coach import cards, ledger, setup, trouble
from bot.coach.advice import Advice, Criterion, Opinion, Remark
from bot.coach.budget import Amount
from bot.coach.config import CoachConfig
from bot.coach.reasons import Reason
from tests.gallery.reports import ACTION, QUESTION, RESULT
from tests.gallery.sample import Sample, identifier

ENDPOINT, MODEL, ANSWER = "coach.example", "a-model-1", identifier("answer")
SPENT = Amount(tokens=5200, micros=18_400)
ADVICE = Advice(
    observations=(Remark(quote=RESULT, text="This shows the effect, but not what it was before."),),
    probes=(Remark(quote="I decided against a bigger machine", text="Who had wanted the bigger machine, and why?"),),
    plan=(
        Remark(quote="We looked at the queries first", text="Say which of the queries you read yourself."),
        Remark(quote="", text="End with what you do differently since."),
    ),
    example="I read the two queries that took [figure] minutes, and added an index.",
    opinion=Opinion(
        overall=3.5,
        criteria=(Criterion(name="action", quote=ACTION, reason="The steps are told, partly as ‘we’.", rating=3.5),),
    ),
    opinion_withheld=False,
    left_out=2,
)


def samples() -> Iterator[Sample]:
    """Every card and form of the room, each under its occasion."""
    shown: dict[str, Card | Form] = {**_asking(), **_settings(), **_calls()}
    yield from (Sample("coach", name, shows) for name, shows in shown.items())


def _asking() -> dict[str, Card | Form]:
    withheld = ADVICE.model_copy(update={"opinion": None, "opinion_withheld": True, "example": "", "left_out": 0})
    return {
        "before the first call": cards.consent_card(ENDPOINT, MODEL, ANSWER),
        "right after asking": cards.waiting_card(),
        "what the coach said": cards.advice_card(cards.AdviceView(QUESTION, ADVICE, 3.5, MODEL, ENDPOINT)),
        "what the coach said, its opinion withheld": cards.advice_card(
            cards.AdviceView(QUESTION, withheld, None, MODEL, ENDPOINT)
        ),
        "the rules alone, asking again may help": cards.rules_only_card(Reason.TIMEOUT, ANSWER),
        "the rules alone": cards.rules_only_card(Reason.BUDGET),
    }


def _settings() -> dict[str, Card | Form]:
    agreed = t("You agreed on {day}.", day="Mon 4 Mar")
    return {
        "not agreed yet": cards.settings_card(ENDPOINT, MODEL, None, on=True),
        "agreed": cards.settings_card(ENDPOINT, MODEL, agreed, on=True),
        "agreed to other terms": cards.settings_card(ENDPOINT, MODEL, agreed, on=True, outdated=True),
        "the coach is off": cards.settings_card(ENDPOINT, MODEL, None, on=False),
        "after agreeing": cards.agreed_card(),
        "after stopping": cards.stopped_card(was_agreed=True),
        "nothing to stop": cards.stopped_card(was_agreed=False),
        "in the home": Card(t("Your home in Starling"), cards.home_elements(agreed=False)),
        "the budget": setup.budget_form(None, 50, 300_000, 100),
        "the budget saved": setup.overview_card(
            CoachConfig(model=MODEL), Amount(300_000, 1_000_000), SPENT, ledger.Sums(12, SPENT)
        ),
    }


def _calls() -> dict[str, Card | Form]:
    outcome = t("It came to you.")
    line = ledger.Line("Mon 4 Mar, 09:30", ENDPOINT, MODEL, 640, 3, SPENT, outcome)
    return {
        "what was sent": ledger.ledger_card([line], 3),
        "nothing was sent": ledger.ledger_card([], 0),
        "told: the key was refused": trouble.trouble_card(Reason.KEY_REFUSED, ENDPOINT, MODEL, "401"),
        "told: the request was not accepted": trouble.trouble_card(Reason.NOT_ACCEPTED, ENDPOINT, MODEL, "400"),
    }
