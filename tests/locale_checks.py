"""What is wrong with the texts of a directory: each check returns its complaints."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from bot.i18n import LANGUAGES
from tests.locale_texts import LocaleTexts
from tests.locale_words import FORBIDDEN, STRANGERS
from tests.text_uses import TextUses

Texts = Mapping[str, LocaleTexts]

MESSAGE_UNITS: Final = 4096  # Telegram's limit, in UTF-16 units
TOAST_UNITS: Final = 200  # Telegram's limit for the answer to a press
COMMAND_UNITS: Final = 256  # Telegram's limit for the description of a command
ABOUT_UNITS: Final = {"bot-description": 512, "bot-about": 120}  # Telegram's limits
BUTTON_UNITS: Final = 64  # a small phone shows no more, even in a row of its own
ROW_UNITS: Final = 96  # a row of a list begins with what tells it apart; the phone cuts its end
SCREEN_LINES: Final = 12  # what a small phone shows at once

_TAGS: Final = frozenset({"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"})
_ENTITY: Final = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]+);")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile(r"[A-Za-z]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04FF]")
_PLURALS: Final = {"zero", "one", "two", "few", "many", "other"}
_FORMS: Final = {"kk": {"one", "other"}, "ru": {"one", "few", "many"}, "en": {"one", "other"}}

_NUMBERS: Final = re.compile(
    r"(count|number|uses|left|total|tries|score|days|hours|minutes|limit|page|police|emergency)s?\Z"
)


def read_texts(directory: Path) -> Texts:
    """Read all languages of a directory."""
    return {language: LocaleTexts.read(directory / language) for language in LANGUAGES}


def sample(argument: str) -> str:
    """The longest plausible value of an argument: three digits, or thirty signs."""
    return "999" if _NUMBERS.search(argument) else "Ә" * 29 + "&amp;"


def units(text: str) -> int:
    """Length as Telegram counts it, entities of HTML as the one sign they are."""
    return len(_ENTITY.sub("&", text).encode("utf-16-le")) // 2


def missing_keys(texts: Texts) -> list[str]:
    """Keys that one language has and another lacks."""
    every = set().union(*(locale.messages for locale in texts.values()))
    return [
        f"{language} lacks {key}"
        for language, locale in texts.items()
        for key in sorted(every - locale.messages.keys())
    ]


def differing_arguments(texts: Texts) -> list[str]:
    """Keys whose languages do not take the same arguments."""
    first, *others = texts.values()
    return [
        f"{key}: {first.language} takes {sorted(first.arguments(key))}, "
        f"{other.language} {sorted(other.arguments(key))}"
        for other in others
        for key in first.messages.keys() & other.messages.keys()
        if first.arguments(key) != other.arguments(key)
    ]


def unused_keys(texts: Texts, uses: TextUses) -> list[str]:
    """Keys that neither code nor another text asks for."""
    references = set().union(*(locale.references() for locale in texts.values()))
    every = set().union(*(locale.messages for locale in texts.values()))
    return [
        key
        for key in sorted(every - references)
        if not any(pattern.fullmatch(key) for pattern in uses.mentioned)
    ]


def absent_keys(texts: Texts, uses: TextUses) -> list[str]:
    """Keys the code asks for and no language has."""
    every = set().union(*(locale.messages for locale in texts.values()))
    return [
        f"{asked.place} asks for {asked.key.pattern}"
        for asked in uses.asked
        if not any(map(asked.key.fullmatch, every))
    ]


def starved_texts(texts: Texts, uses: TextUses) -> list[str]:
    """Places in code that do not give a text all its arguments."""
    return [
        f"{language}: {asked.place} does not give {key} {sorted(hungry)}"
        for language, locale in texts.items()
        for asked in uses.asked
        if asked.arguments is not None
        for key in filter(asked.key.fullmatch, locale.messages)
        if (hungry := locale.arguments(key) - asked.arguments)
    ]


def oversized(texts: Texts, uses: TextUses) -> list[str]:
    """Texts that Telegram would refuse or a small phone would not show."""
    return [
        f"{language}: {key} has {units(text)} units, at most {limit} are allowed"
        for language, key, text in _rendered(texts)
        for limit in [_limit(key, plain=_is_plain(key, uses))]
        if units(text) > limit
    ]


def _limit(key: str, *, plain: bool) -> int:
    first, *_, last = key.split("-") if "-" in key else (key, key)
    if last in {"toast", "alert"}:
        return TOAST_UNITS
    if first == "command":
        return COMMAND_UNITS
    if last == "row":
        return ROW_UNITS
    return ABOUT_UNITS.get(key, BUTTON_UNITS if plain else MESSAGE_UNITS)


def _is_plain(key: str, uses: TextUses) -> bool:
    """Whether a text is shown as it is: by its name, or by how the code asks for it."""
    by_name = key.endswith(("-toast", "-alert", "-row")) or key.startswith(
        ("button-", "key-", "command-")
    )
    return by_name or any(asked.plain and asked.key.fullmatch(key) for asked in uses.asked)


def tall_screens(texts: Texts) -> list[str]:
    """Texts of more lines than a small phone shows."""
    return [
        f"{language}: {key} has {text.count(chr(10)) + 1} lines"
        for language, key, text in _rendered(texts)
        if text.count("\n") >= SCREEN_LINES
    ]


def broken_markup(texts: Texts, uses: TextUses) -> list[str]:
    """Texts Telegram could not parse, and plain ones that would show their tags."""
    complaints = []
    for language, key, text in _rendered(texts):
        if _is_plain(key, uses):
            written = text.replace(sample("name"), "")
            if re.search(r"</?[a-z]", written) or _ENTITY.search(written):
                complaints.append(f"{language}: {key} is plain but has markup")
        elif fault := html_fault(text):
            complaints.append(f"{language}: {key}: {fault}")
    return complaints


def html_fault(text: str) -> str:
    """Say why Telegram would refuse a text as HTML; nothing when it would not."""
    if "&" in _ENTITY.sub("", text):
        return "a bare & must be written &amp;"
    parser = _TelegramHtml()
    parser.feed(text)
    parser.close()
    if parser.rawdata or parser.open:
        parser.faults.append(f"not closed: {' '.join(parser.open) or parser.rawdata}")
    return "; ".join(parser.faults)


class _TelegramHtml(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.faults.append(f"<{tag}> is not a tag of Telegram")
        if tag == "a" and not dict(attrs).get("href"):
            self.faults.append("<a> leads nowhere")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self.faults.append("a bare < must be written &lt;")


def wrong_plurals(texts: Texts) -> list[str]:
    """Choices by number that lack a form of the language or have one it never uses."""
    complaints = []
    for language, locale in texts.items():
        for key in locale.messages:
            for selection in locale.selections(key):
                forms = {
                    getattr(variant.key, "name", "") for variant in selection.variants
                } & _PLURALS
                named = forms - {"other"}
                if named and not _FORMS[language] - {"other"} <= named <= _FORMS[language]:
                    complaints.append(f"{language}: {key} has the forms {sorted(forms)}")
    return complaints


def foreign_words(texts: Texts) -> list[str]:
    """Words of another language, and words that mix Latin and Cyrillic letters."""
    return [
        f"{language}: {key}: {word}"
        for language, key, text in _rendered(texts)
        for word in sorted(set(_WORD.findall(re.sub(r"<[^>]+>|&\w+;", " ", text))))
        if word.lower() in STRANGERS[language] or (_LATIN.search(word) and _CYRILLIC.search(word))
    ]


def forbidden_terms(texts: Texts) -> list[str]:
    """Words for which the glossary has another one."""
    return [
        f"{language}: {key}: {term!r} is {right!r}"
        for language, key, text in _rendered(texts)
        for term, right in FORBIDDEN[language].items()
        if term in f"{text.lower()} "
    ]


def misquoted_buttons(texts: Texts) -> list[str]:
    """Quoted buttons, known by their sign, that no button of the language is called."""
    complaints = []
    for language, locale in texts.items():
        rendered = list(_rendered({language: locale}))
        named = {text for _, _, text in rendered}
        for _, key, text in rendered:
            quoted = re.findall(r"[«“]([^\w\s«»“”][^«»“”]*)[»”]", text)
            complaints += [f"{language}: {key}: {name}" for name in quoted if name not in named]
    return complaints


def cyrillic_lines(root: Path, *, skipped: frozenset[str]) -> list[str]:
    """Lines of Python code with a Cyrillic letter, outside the skipped folders."""
    return [
        f"{path.relative_to(root)}:{number}"
        for path in sorted(root.rglob("*.py"))
        if not skipped & set(path.relative_to(root).parts)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if _CYRILLIC.search(line)
    ]


def _rendered(texts: Texts) -> Iterator[tuple[str, str, str]]:
    for language, locale in texts.items():
        for key in locale.messages:
            for text in dict.fromkeys(locale.renderings(key, sample)):
                yield language, key, text
