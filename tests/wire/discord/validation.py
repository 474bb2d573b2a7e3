"""Limits of messages, components, modals and commands, as Discord's reference states them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.wire.discord.refusals import EMPTY_MESSAGE, TOO_MANY_COMMANDS, Refused, invalid

Payload = dict[str, Any]

ROW, BUTTON, SELECT, TEXT_INPUT, USER_SELECT, SECTION, TEXT, GALLERY, FILE, LINE, FRAME, LABEL = (
    1,
    2,
    3,
    4,
    5,
    9,
    10,
    12,
    13,
    14,
    17,
    18,
)
SELECTS = (3, 5, 6, 7, 8)
TOP = (ROW, SECTION, TEXT, GALLERY, FILE, LINE, FRAME)
BY_COMPONENTS = 1 << 15
EMBEDS_ALONE = 6000


def check_message(message: Payload, filenames: Sequence[str] = ()) -> None:
    """Refuse a message that Discord would refuse."""
    components, embeds = message.get("components") or [], message.get("embeds") or []
    if not (message.get("content") or embeds or components or filenames):
        raise Refused(*EMPTY_MESSAGE)
    within("content", message.get("content") or "", 0, 2000)
    if len(message.get("nonce") or "") > 25:
        raise invalid("nonce", "Must be 25 or fewer in length.")
    if (message.get("flags") or 0) & BY_COMPONENTS:
        if message.get("content") or embeds:
            raise invalid("content", "cannot be used with the flag for components")
        _check_tree(components, filenames)
    else:
        _check_embeds(embeds)
        if any(component["type"] != ROW for component in components) or len(components) > 5:
            raise invalid("components", "Must be between 1 and 5 rows in length.")
        _check_tree(components, filenames)


def _check_embeds(embeds: list[Payload]) -> None:
    if len(embeds) > 10:
        raise invalid("embeds", "Must be 10 or fewer in length.")
    total = 0
    for number, embed in enumerate(embeds):
        for name, most in (("title", 256), ("description", 4096)):
            within(f"embeds.{number}.{name}", embed.get(name) or "", 0, most)
            total += len(embed.get(name) or "")
        for each in embed.get("fields") or []:
            within(f"embeds.{number}.fields.name", each.get("name") or "", 1, 256)
            within(f"embeds.{number}.fields.value", each.get("value") or "", 1, 1024)
            total += len(each["name"]) + len(each["value"])
    if total > EMBEDS_ALONE:
        raise invalid("embeds", "Embed size exceeds maximum size of 6000")


def everything(components: list[Payload]) -> Iterator[Payload]:
    """Every component, those inside others included, from top to bottom."""
    for component in components:
        yield component
        yield from everything(component.get("components") or [])
        if component.get("accessory"):
            yield component["accessory"]


def _check_tree(components: list[Payload], filenames: Sequence[str]) -> None:
    every = list(everything(components))
    if len(every) > 40:
        raise invalid("components", "Must have 40 or fewer components in all.")
    texts = [component["content"] for component in every if component["type"] == TEXT]
    if sum(map(len, texts)) > 4000:
        raise invalid("components", "The texts must be 4000 or fewer in length together.")
    numbers = [component["id"] for component in every if component.get("id")]
    if len(numbers) != len(set(numbers)) or not all(0 < number < 2**31 for number in numbers):
        raise invalid("components.id", "Component ids must be unique 32 bit integers.")
    _check_custom_ids(every)
    for component in components:
        if component["type"] not in TOP:
            raise invalid("components.type", "Must be a component of the top level.")
        _check_component(component, filenames)


def _check_custom_ids(every: Sequence[Payload]) -> None:
    ids = [component["custom_id"] for component in every if component.get("custom_id") is not None]
    for custom_id in ids:
        within("components.custom_id", custom_id, 1, 100)
    if len(ids) != len(set(ids)):
        raise invalid("components.custom_id", "Component custom id cannot be duplicated")


def _check_component(component: Payload, filenames: Sequence[str]) -> None:
    match component["type"]:
        case 17:
            if not component.get("components"):
                raise invalid("components.components", "This field is required")
            for inner in component["components"]:
                if inner["type"] == FRAME:
                    raise invalid("components.type", "A container holds no container.")
                _check_component(inner, filenames)
        case 10:
            within("components.content", component["content"].strip(), 1, 4000)
        case 1:
            _check_row(component["components"])
        case 12:
            _check_gallery(component["items"], filenames)
        case 13:
            _check_attached("components.file.url", component["file"]["url"], filenames)


def _check_row(inside: list[Payload]) -> None:
    if not 1 <= len(inside) <= 5:
        raise invalid("components.components", "Must be between 1 and 5 in length.")
    kinds = {component["type"] for component in inside}
    if kinds == {BUTTON}:
        for button in inside:
            _check_button(button)
    elif len(inside) == 1 and kinds <= set(SELECTS):
        check_select(inside[0])
    else:
        raise invalid("components.components", "A row holds buttons or one select.")


def _check_button(button: Payload) -> None:
    within("components.label", button.get("label") or "", 1, 80)
    if (button["style"] == 5) != ("url" in button) or (button["style"] == 5) == ("custom_id" in button):
        raise invalid("components.url", "A link has an address, another button a custom id.")
    if "url" in button and not button["url"].startswith(("https://", "http://", "discord://")):
        raise invalid("components.url", "Scheme must be one of http, https, discord.")


def check_select(select: Payload) -> None:
    """Refuse a select that Discord would refuse."""
    within("components.placeholder", select.get("placeholder") or "", 0, 150)
    if select["type"] != SELECT:
        return
    options = select.get("options") or []
    if not 1 <= len(options) <= 25:
        raise invalid("components.options", "Must be between 1 and 25 in length.")
    for option in options:
        within("components.options.label", option["label"], 1, 100)
        within("components.options.value", option["value"], 1, 100)
    if len({option["value"] for option in options}) < len(options):
        raise invalid("components.options", "The specified option value is already used")
    if not 0 <= select.get("min_values", 1) <= select.get("max_values", 1) <= len(options):
        raise invalid("components.max_values", "Must be between the least and the number of options.")


def _check_gallery(items: list[Payload], filenames: Sequence[str]) -> None:
    if not 1 <= len(items) <= 10:
        raise invalid("components.items", "Must be between 1 and 10 in length.")
    for item in items:
        within("components.items.description", item.get("description") or "", 0, 1024)
        url = item["media"]["url"]
        if url.startswith("attachment://"):
            _check_attached("components.items.media.url", url, filenames)


def _check_attached(path: str, url: str, filenames: Sequence[str]) -> None:
    if not url.startswith("attachment://") or url.removeprefix("attachment://") not in filenames:
        raise invalid(path, "The referenced attachment was not found.")


def check_modal(modal: Payload) -> None:
    """Refuse a modal that Discord would refuse; rows in modals are deprecated and refused here."""
    within("data.title", modal["title"], 1, 45)
    within("data.custom_id", modal["custom_id"], 1, 100)
    components = modal["components"]
    if not 1 <= len(components) <= 5:
        raise invalid("data.components", "Must be between 1 and 5 in length.")
    controls = [component["component"] for component in components if component["type"] == LABEL]
    _check_custom_ids(controls)
    for component in components:
        if component["type"] == TEXT:
            within("data.components.content", component["content"].strip(), 1, 4000)
        elif component["type"] == LABEL:
            within("data.components.label", component["label"], 1, 45)
            within("data.components.description", component.get("description") or "", 0, 100)
            _check_control(component["component"])
        else:
            raise invalid("data.components.type", "Must be a label or a text.")


def _check_control(control: Payload) -> None:
    if control["type"] == TEXT_INPUT:
        if "label" in control:
            raise invalid("data.components.label", "The label stands around the input.")
        most = control.get("max_length", 4000)
        if not 1 <= most <= 4000:
            raise invalid("data.components.max_length", "Must be between 1 and 4000.")
        within("data.components.value", control.get("value") or "", 0, most)
        within("data.components.placeholder", control.get("placeholder") or "", 0, 100)
    elif control["type"] in SELECTS:
        check_select(control)
    else:
        raise invalid("data.components.type", "Must be an input.")


def check_commands(commands: list[Payload], installable: Sequence[str] = ("0", "1")) -> None:
    """Refuse application commands that Discord would refuse."""
    for command in commands:
        _check_where(command, installable)
        if _characters(command) > 8000:
            raise invalid("0", "The command exceeds maximum size (8000)")
        if command.get("type", 1) == 1:
            _check_option(command)
            continue
        within("name", command["name"], 1, 32)
        if command.get("description") or command.get("options"):
            raise invalid("description", "A menu's entry has a name only.")
    for kind, most in ((1, 100), (2, 15), (3, 15)):
        if sum(command.get("type", 1) == kind for command in commands) > most:
            raise Refused(*TOO_MANY_COMMANDS)


def _check_where(command: Payload, installable: Sequence[str]) -> None:
    """Permissions stand on a whole command only; it is offered where the application can be installed."""
    if not {str(kind) for kind in command.get("integration_types", ())} <= set(installable):
        raise invalid("integration_types", "Must be one of the installation contexts of the application.")
    if not set(command.get("contexts", ())) <= {0, 1, 2}:
        raise invalid("contexts", "Must be one of (0, 1, 2).")
    if not isinstance(command.get("default_member_permissions", "0"), str | None):
        raise invalid("default_member_permissions", "Must be a string of bits.")
    if any("default_member_permissions" in each for each in _inside(command)):
        raise invalid("options.default_member_permissions", "Only a whole command has permissions.")


def _inside(thing: Payload) -> Iterator[Payload]:
    for option in thing.get("options") or ():
        yield option
        yield from _inside(option)


def _characters(thing: Payload) -> int:
    """Names, descriptions and values of a command and all that it holds."""
    own = sum(len(str(thing.get(key) or "")) for key in ("name", "description", "value"))
    return own + sum(_characters(each) for key in ("options", "choices") for each in thing.get(key) or ())


def _check_option(option: Payload) -> None:
    name = option["name"]
    if not (1 <= len(name) <= 32 and name == name.lower() and all(c.isalnum() or c in "-_" for c in name)):
        raise invalid("name", f"{name!r} is no name of a command")
    within("description", option["description"], 1, 100)
    inside = option.get("options") or []
    if len(inside) > 25 or len({each["name"] for each in inside}) < len(inside):
        raise invalid("options", "At most 25 options with names of their own.")
    required = [bool(each.get("required")) for each in inside]
    if required != sorted(required, reverse=True):
        raise invalid("options", "Required options must be placed before non-required options")
    choices = option.get("choices") or []
    if len(choices) > 25 or (choices and option.get("autocomplete")):
        raise invalid("choices", "At most 25, and none beside autocompletion.")
    for choice in choices:
        within("choices.name", choice["name"], 1, 100)
    for each in inside:
        _check_option(each)


def within(path: str, text: str, least: int, most: int) -> None:
    """Refuse a text of another length."""
    if not least <= len(text) <= most:
        raise invalid(path, f"Must be between {least} and {most} in length.")
