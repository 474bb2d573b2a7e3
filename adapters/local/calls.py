"""The calls a bot makes to the workspace, as data: the same whether it is in this process or reached over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from adapters.local.options import Options
from adapters.local.registration import Registration


class Call(BaseModel):
    """Base of all calls."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Hello(Call):
    """What kind of workspace is this?"""

    operation: Literal["hello"] = "hello"


class Welcome(BaseModel):
    """The answer to `Hello`."""

    installation: str
    options: Options
    languages: list[str]


class Register(Call):
    """Offer these commands to people from now on."""

    operation: Literal["register"] = "register"
    registration: Registration


class Next(Call):
    """The oldest event that is not acknowledged, waiting for one up to `seconds` (for ever without)."""

    operation: Literal["next"] = "next"
    seconds: float | None = None


class Acknowledge(Call):
    """The event is received. `form` opens that form for its actor; `problems` keep the submitted one open."""

    operation: Literal["acknowledge"] = "acknowledge"
    delivery_id: str
    form: dict[str, Any] | None = None
    problems: dict[str, str] | None = None


class NextQuestion(Call):
    """The next question of a person who waits, such as completions, waiting for one up to `seconds`."""

    operation: Literal["next_question"] = "next_question"
    seconds: float | None = None


class Answer(Call):
    """The choices that answer a question."""

    operation: Literal["answer"] = "answer"
    number: int
    choices: list[dict[str, str]]


class Send(Call):
    """Post a card in `channel` (and `thread`), for `only_for` alone where that is given."""

    operation: Literal["send"] = "send"
    key: str
    channel: str
    thread: str | None = None
    only_for: str | None = None
    card: dict[str, Any]


class FindOwnPost(Call):
    """The bot's own post with this key in this channel (and thread)."""

    operation: Literal["find_own_post"] = "find_own_post"
    key: str
    channel: str
    thread: str | None = None


class Edit(Call):
    """Replace the card of a post of the bot."""

    operation: Literal["edit"] = "edit"
    message: str
    card: dict[str, Any]


class Delete(Call):
    """Remove a post of the bot; one that is gone already is no error."""

    operation: Literal["delete"] = "delete"
    message: str


class React(Call):
    """Put the bot's reaction on a message."""

    operation: Literal["react"] = "react"
    message: str
    reaction: Literal["seen", "done", "waiting"]


class ShowHome(Call):
    """Draw a person's home anew."""

    operation: Literal["show_home"] = "show_home"
    person: str
    card: dict[str, Any]


class LookUp(Call):
    """What is known of this person now?"""

    operation: Literal["profile"] = "profile"
    person: str


AnyCall = Annotated[
    Hello
    | Register
    | Next
    | Acknowledge
    | NextQuestion
    | Answer
    | Send
    | FindOwnPost
    | Edit
    | Delete
    | React
    | ShowHome
    | LookUp,
    Field(discriminator="operation"),
]
