"""What people read in the bot's words, in any language: keys to press, refusals, notices."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.content import Content, load_content
from bot.i18n import LANGUAGES, Translations
from bot.i18n.markup import without_markup

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
LOCALES = ROOT / "locales"
REGION = "kostanay"
_PLACE = "|"


@cache
def content() -> Content:
    """Return the content pack."""
    return load_content(CONTENT / REGION)


@cache
def texts() -> Translations:
    """Return the bot's texts."""
    return Translations.load(LOCALES, content().region.zone, strict=False)


@dataclass(frozen=True, slots=True)
class Words:
    """How messages begin that say no, that apologise, and those that are notices to everybody.

    An apology is no refusal: what it says was not done is lost.
    """

    refusals: tuple[str, ...]
    apologies: tuple[str, ...]
    notices: tuple[str, ...]

    @classmethod
    def read(cls) -> "Words":
        """Return them as the texts have them."""
        spoken = [texts()[language] for language in LANGUAGES]
        marks = [without_markup(t("refused", reason="")).strip() for t in spoken]
        # As it begins where the act was saved, too.
        broke = [t.plain("bug-alert", reference="").partition(".")[0] for t in spoken]
        notices = [without_markup(t("notice-district", district=_PLACE)) for t in spoken]
        return cls(tuple(marks), tuple(broke), tuple(each.split(_PLACE)[0] for each in notices))

    def refuse(self, text: str) -> bool:
        """Tell whether the message says that nothing was done, and why."""
        return text.startswith(self.refusals)

    def refuse_in_alert(self, text: str) -> bool:
        """Tell whether the alert does; alerts bear no mark, and there are no other ones."""
        return not text.startswith(self.apologies)

    def is_notice(self, text: str) -> bool:
        """Tell whether the message is a notice to everybody."""
        return text.startswith(self.notices)
