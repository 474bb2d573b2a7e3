"""How the coach is switched on, and what it may spend: settings named `STARLING_COACH_…`."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from bot.base.errors import ConfigurationError

PREFIX = "STARLING_COACH_"
LONGEST_CALL = 40.0
"""Seconds; below the share of a lease that work outside of transactions has."""


class CoachConfig(BaseModel):
    """The settings of the coach. Without a key it is off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    api_key: SecretStr = Field(default=SecretStr(""), description="The key of the endpoint; without one it is off.")
    model: str = Field(default="claude-haiku-5-5", min_length=1, description="The model's id, pinned.")
    base_url: str = Field(default="https://api.anthropic.com", description="Any endpoint that speaks the Messages API.")
    timeout_seconds: float = Field(default=30.0, gt=0, le=LONGEST_CALL, description="How long one call may take.")
    deadline_seconds: float = Field(
        default=120.0, gt=0, le=3600, description="How long after asking a further call may begin."
    )
    tries: int = Field(default=3, ge=1, le=5, description="Calls for one request at most.")
    max_tokens: int = Field(default=6000, ge=1000, le=32000, description="The longest reply, thinking included.")
    daily_tokens: int = Field(default=300_000, ge=0, description="Tokens a workspace may use in a day (UTC).")
    daily_usd: float = Field(default=1.0, ge=0, description="US dollars a workspace may use in a day (UTC).")
    price_input: float | None = Field(default=None, ge=0, description="US dollars for a million tokens sent.")
    price_output: float | None = Field(default=None, ge=0, description="US dollars for a million tokens received.")

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        local = parts.hostname in ("127.0.0.1", "localhost", "::1")
        if parts.scheme != "https" and not (parts.scheme == "http" and local):
            raise ValueError("write an address that begins with https:// (http:// for this computer alone)")
        if not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("write an address with a host, and no user, query or fragment")
        return value.rstrip("/")

    @property
    def on(self) -> bool:
        """Whether there is a key."""
        return bool(self.api_key.get_secret_value())

    @property
    def endpoint(self) -> str:
        """The host that is called, as people are told it."""
        return urlsplit(self.base_url).netloc


def read_coach_config(settings: Mapping[str, str]) -> CoachConfig:
    """The coach's settings among `settings` (`STARLING_…` to value); `ConfigurationError` names what is wrong."""
    given = {
        name: settings[PREFIX + name.upper()]
        for name in CoachConfig.model_fields
        if settings.get(PREFIX + name.upper(), "")
    }
    try:
        return CoachConfig.model_validate(given)
    except ValidationError as problem:
        wrong = problem.errors(include_input=False)[0]
        raise ConfigurationError(f"{PREFIX}{str(wrong['loc'][0]).upper()}: {wrong['msg']}") from problem
