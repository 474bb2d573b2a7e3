"""A content text: one English string, or the same text in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import ConfigDict, RootModel, StringConstraints, model_serializer, model_validator

FALLBACK_LANGUAGE = "en"

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)?$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class ContentText(RootModel[Mapping[LanguageCode, Words]]):
    """Written in YAML as a string (English) or as a map by language; English must be among them."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _a_string_is_english(cls, value: Any) -> Any:
        return {FALLBACK_LANGUAGE: value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _english_is_there(self) -> ContentText:
        if FALLBACK_LANGUAGE not in self.root:
            raise ValueError("a text by language needs English ('en'), which others fall back to")
        return self

    @model_serializer
    def _as_written(self) -> str | dict[str, str]:
        return self.root[FALLBACK_LANGUAGE] if len(self.root) == 1 else dict(self.root)

    def in_language(self, language: str = FALLBACK_LANGUAGE) -> str:
        """The text in `language`, else in its base language ("ko" for "ko-KR"), else in English."""
        for code in (language, language.split("-")[0]):
            if code in self.root:
                return self.root[code]
        return self.root[FALLBACK_LANGUAGE]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages this text is written in."""
        return tuple(self.root)

    def __str__(self) -> str:
        return self.root[FALLBACK_LANGUAGE]

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.root.items())))
