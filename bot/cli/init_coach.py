"""The part of `starling init` about the coach: what it is, what it may spend, and whether its key is good."""

from __future__ import annotations

import os

from bot.base.errors import ConfigurationError
from bot.cli.person import Person, report, tell, yes_or_no
from bot.coach.config import PREFIX, CoachConfig, read_coach_config
from bot.coach.doctor import examine_key

KEY, ADDRESS, MODEL = f"{PREFIX}API_KEY", f"{PREFIX}BASE_URL", f"{PREFIX}MODEL"
USUAL = CoachConfig()
ATTEMPTS = 3


async def set_coach_up(person: Person, kept: dict[str, str]) -> None:
    """Ask whether a coach is wanted, for its service and key, and check them at once; else the coach is off."""
    tell(person, "The coach, if you like", _what_it_is())
    if yes_or_no(person, "Is a language model to coach beside the rules?", "yes" if kept.get(KEY) else "no") == "no":
        kept.pop(KEY, None)
        return
    for _ in range(ATTEMPTS):
        _ask_for_service(person, kept)
        if await _is_good(person, kept):
            return
    kept.pop(KEY, None)
    person.say(f"The coach stays off. Set {KEY} in the settings file when you have a key; nothing else needs it.")


def _what_it_is() -> tuple[str, ...]:
    tokens, dollars = f"{USUAL.daily_tokens:,}", f"{USUAL.daily_usd:.2f}"
    return (
        "Feedback comes from rules and needs no key. With one, a language model adds questions, a plan and a second",
        "opinion beside it. An answer is sent only where its author asked for that and agreed to it once; names and",
        f"secrets are masked. A workspace may use {tokens} tokens and ${dollars} a day.",
        "docs/coach.md says what is sent, and how the budget is changed.",
    )


def _ask_for_service(person: Person, kept: dict[str, str]) -> None:
    """Keeps what was answered; what is as usual is not kept, so that it follows a later version."""
    asked = "The address of the service; any that speaks the Messages API will do"
    address = person.ask(asked, kept.get(ADDRESS, USUAL.base_url))
    model = kept.get(MODEL, USUAL.model)
    if address != USUAL.base_url:
        model = person.ask("The id of its model", model)
    for name, value, usual in ((ADDRESS, address, USUAL.base_url), (MODEL, model, USUAL.model)):
        kept.pop(name, None)
        if value != usual:
            kept[name] = value
    hint = "; press Enter to keep the one there is" if kept.get(KEY) else ""
    kept[KEY] = person.ask(f"The key of the service{hint}", kept.get(KEY, ""), secret=True)


async def _is_good(person: Person, kept: dict[str, str]) -> bool:
    try:
        config = read_coach_config({**os.environ, **kept})
    except ConfigurationError as problem:
        person.say(f"{problem}.")
        return False
    if not config.on:
        person.say("There was no key.")
        return False
    finding = await examine_key(config)
    report(person, [finding])
    return finding.ok or yes_or_no(person, "Keep them all the same?", "no") == "yes"
