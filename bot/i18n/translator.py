"""The Translator of a language, and the Translations that hold all of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

import structlog
from fluent.syntax import ast

from bot.i18n.fluent import Argument, TextError, arguments_of, build_bundle, read_resources
from bot.i18n.formats import LANGUAGES, Formats
from bot.i18n.markup import Markup, escape, without_markup

_log = structlog.get_logger(__name__)


class Translator(Formats):
    """The texts of one language, with its plurals, dates and numbers."""

    def __init__(self, translations: "Translations", language: str) -> None:
        super().__init__(language, translations.zone)
        self._translations = translations

    def __call__(self, key: str, /, **args: Argument) -> Markup:
        """Return a text as Telegram HTML; str arguments come out literally, Markup passes.

        Raises:
            TextError: the key or an argument is missing (only when strict).
        """
        return Markup(self._translations.text(self, key, args, escape))

    def plain(self, key: str, /, **args: Argument) -> str:
        """Return a text for a button, a toast or a PDF: nothing is escaped, no tags are known.

        Raises:
            TextError: the key or an argument is missing (only when strict).
        """
        return self._translations.text(self, key, args, without_markup)


class Translations:
    """Every text of the bot, read once; indexing gives the Translator of a language.

    `faults` counts what went wrong by (language, key) when not strict.
    """

    def __init__(
        self, resources: Mapping[str, Iterable[ast.Resource]], zone: ZoneInfo, *, strict: bool
    ) -> None:
        self.zone = zone
        self.faults: Counter[tuple[str, str]] = Counter()
        self._strict = strict
        # Texts without arguments are the same each time.
        self._fixed: dict[tuple[str, str], str] = {}
        self._translators = {language: Translator(self, language) for language in LANGUAGES}
        self._bundles = {
            language: build_bundle(self._translators[language], resources[language])
            for language in LANGUAGES
        }

    @classmethod
    def load(cls, directory: Path, zone: ZoneInfo, *, strict: bool) -> Self:
        """Read `directory/{kk,ru,en}/*.ftl`; moments are shown in `zone`.

        Strict translations raise on a missing key or argument; others fall back (the asked
        language, then kk, ru, en), count the fault and log its first time.

        Raises:
            TextError: a language has no files, or a file is not Fluent or repeats a key.
        """
        resources = {language: read_resources(directory / language) for language in LANGUAGES}
        return cls(resources, zone, strict=strict)

    def __getitem__(self, language: str) -> Translator:
        return self._translators[language]

    def text(
        self,
        translator: Translator,
        key: str,
        args: Mapping[str, Argument],
        written: Callable[[str], str],
    ) -> str:
        """Return a text with its string arguments `written`; the Translator's way in.

        Raises:
            TextError: the key or an argument is missing (only when strict).
        """
        fixed = None if args else self._fixed.get((translator.language, key))
        if fixed is not None:
            return fixed
        for language in (translator.language, *LANGUAGES):
            bundle = self._bundles[language]
            pattern = bundle.get_message(key).value if bundle.has_message(key) else None
            if pattern is None:
                self._fault(language, key, "no such text")
                continue
            ready, complaints = arguments_of(args, self._translators[language], written)
            text, errors = bundle.format_pattern(pattern, ready)
            for fault in (*complaints, *map(str, errors)):
                self._fault(language, key, fault)
            if language == translator.language and not (args or errors):
                self._fixed[translator.language, key] = str(text)
            return str(text)
        return key

    def _fault(self, language: str, key: str, fault: str) -> None:
        if self._strict:
            raise TextError(f"{language}: {key}: {fault}")
        if not self.faults[language, key]:
            _log.warning("text_fault", language=language, key=key, fault=fault)
        self.faults[language, key] += 1
