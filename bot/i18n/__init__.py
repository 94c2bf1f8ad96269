"""Texts in Kazakh, Russian and English, with the dates, plurals and numbers of each."""

from bot.i18n.fluent import Argument, TextError
from bot.i18n.formats import LANGUAGES
from bot.i18n.markup import Markup, escape
from bot.i18n.translator import Translations, Translator

__all__ = [
    "LANGUAGES",
    "Argument",
    "Markup",
    "TextError",
    "Translations",
    "Translator",
    "escape",
]
