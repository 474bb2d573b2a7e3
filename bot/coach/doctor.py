"""What `starling doctor` says of the coach: whether it is on, its key is good, and its prices are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.base.errors import ConfigurationError
from bot.chat.setup import Finding
from bot.coach.config import PREFIX, CoachConfig, read_coach_config
from bot.coach.messages_api import MessagesApi
from bot.coach.prices import price_of
from bot.coach.reasons import Reason


async def examine_coach(settings: Mapping[str, str]) -> Sequence[Finding]:
    """Look at the settings and, where there is a key, ask the endpoint about the model, which costs nothing."""
    try:
        config = read_coach_config(settings)
    except ConfigurationError as problem:
        return [Finding(False, f"{problem}.", "Correct this setting.")]
    if not config.on:
        return [Finding(True, f"The coach is off: {PREFIX}API_KEY is not set.")]
    found = [await examine_key(config)]
    if price_of(config) is None:
        found.append(
            Finding(
                False,
                f"The price of {config.model} is not known, so only its tokens are limited.",
                f"Set {PREFIX}PRICE_INPUT and {PREFIX}PRICE_OUTPUT, in US dollars for a million tokens.",
            )
        )
    return found


async def examine_key(config: CoachConfig) -> Finding:
    """Whether the endpoint takes the key and knows the model; asking costs nothing."""
    failure = await MessagesApi(config).knows_model()
    where = f"{config.model} at {config.endpoint}"
    if failure is None:
        return Finding(True, f"The coach's key is good, and {where} is known.")
    if failure.reason is Reason.KEY_REFUSED:
        step = f"Set {PREFIX}API_KEY to a key that may use this model."
        return Finding(False, f"The coach's service {config.endpoint} refused the key.", step)
    if failure.reason is Reason.NOT_ACCEPTED:
        step = f"Check {PREFIX}MODEL and {PREFIX}BASE_URL; some services list no models, then ask the coach once."
        return Finding(False, f"The coach's service does not know {where} ({failure.detail}).", step)
    step = f"Check {PREFIX}BASE_URL and the network, or try again later."
    return Finding(False, f"The coach's service {config.endpoint} did not answer ({failure.detail}).", step)
