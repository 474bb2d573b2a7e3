"""The Messages API through its maker's own client, which is imported at the first call and not before.

The client's retries are off: whether another call is made is decided by `bot.coach.requests`, which also pays for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bot.coach.config import CoachConfig
from bot.coach.model import Answered, Failed
from bot.coach.prices import Usage
from bot.coach.reasons import Reason

if TYPE_CHECKING:
    import anthropic

LIBRARY = "anthropic"
LONGEST_WAIT = timedelta(minutes=5)


class MessagesApi:
    """One endpoint with one key."""

    def __init__(self, config: CoachConfig) -> None:
        self._config = config

    async def ask(self, body: dict[str, Any]) -> Answered | Failed:
        """One call; see `bot.coach.model.Model`."""
        library = await _library()
        try:
            async with asyncio.timeout(self._config.timeout_seconds), self._client(library) as client:
                message = await client.messages.create(**body)
        except TimeoutError:
            return Failed(Reason.TIMEOUT, "unknown")
        except library.APIStatusError as problem:
            return _refused(problem.status_code, problem.response.headers)
        except library.APIConnectionError as problem:
            return _broken_off(problem)
        except (library.AnthropicError, ValueError) as problem:
            return Failed(Reason.NOT_USABLE, "unknown", detail=type(problem).__name__)
        return _read(message)

    async def knows_model(self) -> Failed | None:
        """Ask the endpoint about the model, which costs nothing; what is wrong, or None."""
        library = await _library()
        try:
            async with asyncio.timeout(self._config.timeout_seconds), self._client(library) as client:
                await client.models.retrieve(self._config.model)
        except TimeoutError:
            return Failed(Reason.TIMEOUT)
        except library.APIStatusError as problem:
            return _refused(problem.status_code, problem.response.headers)
        except library.APIConnectionError as problem:
            return _broken_off(problem)
        except (library.AnthropicError, ValueError) as problem:
            return Failed(Reason.NOT_USABLE, detail=type(problem).__name__)
        return None

    def _client(self, library: Any) -> anthropic.AsyncAnthropic:
        """A client for one call: the key and the address are ours, whatever the environment says."""
        client: anthropic.AsyncAnthropic = library.AsyncAnthropic(
            api_key=self._config.api_key.get_secret_value(),
            base_url=self._config.base_url,
            timeout=self._config.timeout_seconds,
            max_retries=0,
        )
        return client


async def _library() -> Any:
    """The library. Its import takes seconds, in which others go on; its log would quote requests, so it is muted."""
    library = await asyncio.to_thread(import_module, LIBRARY)
    logging.getLogger(LIBRARY).setLevel(logging.WARNING)
    return library


def _read(message: Any) -> Answered | Failed:
    """The text of a message that came to its end. Replies may begin with blocks of other types."""
    usage = _usage(getattr(message, "usage", None))
    if usage is None:
        return Failed(Reason.NOT_USABLE, "unknown", detail="no usage")
    match getattr(message, "stop_reason", None):
        case "refusal":
            return Failed(Reason.REFUSED, "known", usage)
        case "max_tokens" | "model_context_window_exceeded":
            return Failed(Reason.CUT_OFF, "known", usage)
        case "end_turn" | "stop_sequence":
            texts = [block.text for block in message.content or () if block.type == "text"]
            if texts and all(isinstance(text, str) for text in texts):
                return Answered("".join(texts), usage)
    return Failed(Reason.NOT_USABLE, "known", usage, detail=f"stopped by {getattr(message, 'stop_reason', None)}")


def _usage(counted: Any) -> Usage | None:
    """The tokens as counted; None where the counts are not whole numbers from zero on."""
    names = ("input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
    numbers = [getattr(counted, name, None) for name in names]
    if numbers[0] is None or numbers[1] is None:
        return None
    filled = [0 if number is None else number for number in numbers]
    if not all(isinstance(number, int) and number >= 0 for number in filled):
        return None
    return Usage(*filled)


def _refused(status: int, headers: Mapping[str, str]) -> Failed:
    """A status that says the request was not worked on, so nothing is charged."""
    detail = f"status {status}"
    match status:
        case 401 | 403:
            return Failed(Reason.KEY_REFUSED, detail=detail)
        case 408 | 409 | 429 | 500 | 502 | 503 | 504 | 529:
            return Failed(Reason.OVERLOADED, retry_after=_retry_after(headers), detail=detail)
    return Failed(Reason.NOT_ACCEPTED, detail=detail)


def _retry_after(headers: Mapping[str, str]) -> timedelta | None:
    try:
        seconds = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return timedelta(seconds=seconds) if 0 <= seconds <= LONGEST_WAIT.total_seconds() else LONGEST_WAIT


def _broken_off(problem: BaseException) -> Failed:
    """A connection that failed: before anything was sent, or nobody knows when."""
    cause = type(problem.__cause__).__name__
    if cause in ("ConnectError", "ConnectTimeout"):
        return Failed(Reason.UNREACHABLE, detail=cause)
    if cause.endswith("Timeout"):
        return Failed(Reason.TIMEOUT, "unknown", detail=cause)
    return Failed(Reason.CUT_OFF, "unknown", detail=cause)
