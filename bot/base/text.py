"""Texts people read: a source sentence in English, the values that fill it, and its translation when sent.

Features build `Text`s with `t()` and `tn()`; nothing is rendered before the reader's language is known.
The catalogue is gettext's: the English sentence is the key, `pybabel extract` finds every call of `t` and
`tn`, and a language without a translation falls back to English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence of the catalogue with its values; `plural` and `count` where the number matters."""

    source: str
    values: Mapping[str, str | int | float | Text] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None

    def __hash__(self) -> int:
        return hash((self.source, tuple(sorted((k, str(v)) for k, v in self.values.items())), self.plural))


def t(source: str, /, **values: str | int | float | Text) -> Text:
    """A sentence of the catalogue: `t("{words} words", words=120)`."""
    return Text(source, values)


def tn(singular: str, plural: str, count: int, /, **values: str | int | float | Text) -> Text:
    """A sentence whose wording depends on `count`, which fills `{count}`: `tn("{count} day", "{count} days", 3)`."""
    return Text(singular, {**values, "count": count}, plural, count)


def render(text: Text | str, language: str = "en") -> str:
    """The sentence in `language` (a code such as "en" or "ko"), English where no translation exists.

    A plain `str` is somebody's own words or a name: it is returned as it stands.
    """
    if isinstance(text, str):
        return text
    catalogue = _catalogue(language)
    if text.plural is not None and text.count is not None:
        sentence = catalogue.ngettext(text.source, text.plural, text.count)
    else:
        sentence = catalogue.gettext(text.source)
    values = {name: render(v, language) if isinstance(v, Text) else v for name, v in text.values.items()}
    return sentence.format_map(values) if values else sentence


def spoken(language: str) -> str:
    """The language that `render` gives for `language`: English where there is no translation."""
    return language if type(_catalogue(language)) is not NullTranslations else "en"


@lru_cache(maxsize=64)
def _catalogue(language: str) -> NullTranslations:
    """The catalogue of a language as platforms name it ("ko", "pt-BR"), of its region first, then without."""
    code = language.replace("-", "_")
    for candidate in (code, code.partition("_")[0]):
        file = LOCALES / candidate / "LC_MESSAGES" / "starling.po"
        if candidate.replace("_", "").isalnum() and file.is_file():
            return _read(file, candidate)
    return NullTranslations()


def _read(file: Path, language: str) -> NullTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled, domain="starling")
