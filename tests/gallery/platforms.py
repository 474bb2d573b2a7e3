"""The three platforms: what each can do, the payloads its adapter makes, and what it would refuse in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from adapters.discord.forms import modal
from adapters.discord.limits import capabilities_in_direct
from adapters.discord.render import rendered
from adapters.local import cards as local_cards
from adapters.local.options import Options
from adapters.slack.forms import form_view
from adapters.slack.limits import capabilities as slack_capabilities
from adapters.slack.render import body_of, home_view
from bot.chat.capabilities import Capabilities
from bot.chat.cards import Card, resolved
from bot.chat.fit import Fitted, fit, fit_form
from bot.chat.forms import Form
from bot.chat.refs import ConversationRef
from bot.feature.gather import Gathered
from bot.runtime.presenting import with_places
from tests.gallery.sample import Sample
from tests.wire.discord.refusals import Refused
from tests.wire.discord.validation import check_message, check_modal
from tests.wire.slack.blocks import complaints, modal_complaints
from tests.wire.slack.world import EVERY_SCOPE

Payload = Mapping[str, Any]
SLACK_CHANNEL = ConversationRef("slack", "T0ROWAN", "C0PRACTICE")


class Platform(Protocol):
    """One platform as the catalogue needs it."""

    name: str
    capabilities: Capabilities

    def message(self, card: Card) -> Payload:
        """The payload of a fitted card as a message."""

    def home(self, card: Card) -> Payload:
        """The payload of a fitted card as a person's home; where there is none, the message that stands for it."""

    def form(self, form: Form) -> Payload:
        """The payload of one fitted step of a form."""

    def objections(self, payload: Payload, sample: Sample) -> Sequence[str]:
        """What the platform would refuse in a payload of `sample`."""


class Slack:
    """Slack with every scope granted and replies read."""

    name = "slack"
    capabilities = slack_capabilities(SLACK_CHANNEL, EVERY_SCOPE, reads_replies=True)

    def message(self, card: Card) -> Payload:
        return body_of(card)

    def home(self, card: Card) -> Payload:
        return home_view(card)

    def form(self, form: Form) -> Payload:
        return form_view(form, SLACK_CHANNEL)

    def objections(self, payload: Payload, sample: Sample) -> Sequence[str]:
        if isinstance(sample.shows, Form):
            return modal_complaints(payload)
        return complaints(payload["blocks"], "home" if sample.home else "message")


class Discord:
    """Discord with every permission granted."""

    name = "discord"
    capabilities = capabilities_in_direct()

    def message(self, card: Card) -> Payload:
        return rendered(card).body

    def home(self, card: Card) -> Payload:
        return self.message(card)

    def form(self, form: Form) -> Payload:
        return modal(form)

    def objections(self, payload: Payload, sample: Sample) -> Sequence[str]:
        try:
            if isinstance(sample.shows, Form):
                check_modal(dict(payload))
            else:
                check_message(dict(payload), [each["filename"] for each in payload["attachments"]])
        except Refused as refused:
            return [str(refused)]
        return []


class Local:
    """The local workspace with everything switched on."""

    name = "local"
    capabilities = Options().capabilities(direct=False)

    def message(self, card: Card) -> Payload:
        return local_cards.card_payload(card)

    def home(self, card: Card) -> Payload:
        return self.message(card)

    def form(self, form: Form) -> Payload:
        return local_cards.form_payload(form)

    def objections(self, payload: Payload, sample: Sample) -> Sequence[str]:
        if isinstance(sample.shows, Form):
            return list(_local_form_objections(payload))
        problem = local_cards.objection(dict(payload))
        return [problem] if problem else []


PLATFORMS: Sequence[Platform] = (Slack(), Discord(), Local())


def fitted(sample: Sample, platform: Platform, gathered: Gathered) -> Fitted | tuple[Form, ...]:
    """The messages or the steps of a form in which `platform` shows a sample, in English."""
    if isinstance(sample.shows, Form):
        return fit_form(resolved(sample.shows, "en"), platform.capabilities)
    able = platform.capabilities.at_home if sample.home else platform.capabilities
    return fit(resolved(with_places(sample.shows, gathered), "en"), able)


def payloads(sample: Sample, platform: Platform, gathered: Gathered) -> list[Payload]:
    """What the adapter sends for a sample, in order."""
    shown = fitted(sample, platform, gathered)
    if isinstance(shown, Fitted):
        draw = platform.home if sample.home else platform.message
        return [draw(card) for card in shown.cards]
    return [platform.form(step) for step in shown]


def _local_form_objections(form: Payload) -> Iterator[str]:
    limits = local_cards.LIMITS
    if not 1 <= len(form["title"]) <= limits.form_title:
        yield "a form's title is too long, or empty"
    if not 1 <= len(form["inputs"]) <= limits.form_inputs:
        yield "a form has too many inputs, or none"
    for each in form["inputs"]:
        if len(each["label"]) > limits.input_label or len(each["hint"]) > limits.input_hint:
            yield f"the label or the hint of {each['name']} is too long"
        if len(each.get("choices", ())) > limits.choices:
            yield f"{each['name']} has too many choices"
