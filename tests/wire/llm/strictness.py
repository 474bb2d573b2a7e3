"""What an endpoint of the Messages API refuses: headers, fields, schemas. Each refusal is one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

VERSIONS = frozenset({"2026-10-21", "2023-06-01"})
FIELDS = frozenset({"model", "max_tokens", "system", "messages", "output_config", "stream", "tools", "tool_choice"})
SCHEMA_FIELDS = frozenset({"type", "properties", "required", "additionalProperties", "items", "enum", "description"})
"""What a schema of structured output may hold: no sizes, no patterns, no references."""
MOST_CACHE_MARKS = 4


def wrong_header(headers: Mapping[str, str], key: str) -> tuple[int, str] | None:
    """The status and sentence of a refusal for headers, or None."""
    if headers.get("authorization") != f"Bearer {key}" and headers.get("x-api-key") != key:
        return 401, "invalid x-api-key"
    if headers.get("anthropic-version") not in VERSIONS:
        return 400, "anthropic-version: unknown version"
    if not headers.get("content-type", "").startswith("application/json"):
        return 400, "content-type: expected application/json"
    return None


def wrong_body(body: Any) -> str | None:
    """Why a request is refused, or None."""
    if not isinstance(body, dict) or set(body) - FIELDS:
        return f"unexpected fields {sorted(set(body) - FIELDS)}"
    if not isinstance(body.get("model"), str) or not body["model"]:
        return "model: Field required"
    most = body.get("max_tokens")
    if not isinstance(most, int) or isinstance(most, bool) or not 1 <= most <= 128_000:
        return "max_tokens: must be a whole number from 1"
    if body.get("stream"):
        return "stream: not offered here"
    return _wrong_texts(body) or _wrong_schema(body)


def _wrong_texts(body: dict[str, Any]) -> str | None:
    messages, system = body.get("messages"), body.get("system", [])
    if not isinstance(messages, list) or not messages or messages[-1].get("role") != "user":
        return "messages: the conversation must end with a user message"
    blocks = [*system, *(block for message in messages for block in message["content"])]
    for block in blocks:
        if set(block) - {"type", "text", "cache_control"} or block.get("type") != "text" or not block.get("text"):
            return "content: text blocks must be non-empty"
        if block.get("cache_control", {"type": "ephemeral"}) != {"type": "ephemeral"}:
            return "cache_control: unknown type"
    if sum("cache_control" in block for block in blocks) > MOST_CACHE_MARKS:
        return f"A maximum of {MOST_CACHE_MARKS} blocks with cache_control may be provided"
    return None


def _wrong_schema(body: dict[str, Any]) -> str | None:
    if "tool_choice" in body or "tools" in body:
        return "tool_choice: forced tool use is not supported with this model"
    wanted = body.get("output_config", {}).get("format")
    if not isinstance(wanted, dict) or wanted.get("type") != "json_schema":
        return "output_config.format: expected a json_schema"
    return _wrong_node(wanted.get("schema"), "schema")


def _wrong_node(node: Any, path: str) -> str | None:
    if not isinstance(node, dict):
        return f"{path}: expected an object"
    if unknown := set(node) - SCHEMA_FIELDS:
        return f"{path}: {sorted(unknown)} are not supported"
    if node.get("type") == "object":
        if node.get("additionalProperties") is not False:
            return f"{path}: 'additionalProperties' must be explicitly set to false"
        properties = node.get("properties", {})
        if set(node.get("required", ())) != set(properties):
            return f"{path}: every property must be required"
        return next(filter(None, (_wrong_node(each, f"{path}.{name}") for name, each in properties.items())), None)
    return _wrong_node(node.get("items"), f"{path}[]") if node.get("type") == "array" else None
