"""`/c/<code>`: where a certificate stands, for whoever holds the paper in hand."""

import hashlib
from base64 import b64encode
from html import escape

from aiohttp import web

from bot.content import Content
from bot.i18n import LANGUAGES, Translations
from bot.services.certificate_checks import CertificateChecks
from bot.services.certificate_rules import Verdict
from bot.verdicts import verdict_text
from bot.web.pace import Pace, asker

_STYLE = (
    "body{margin:0;background:#f6f3ec;color:#26282a;font:1.15rem/1.6 system-ui,sans-serif}"
    "main{max-width:34rem;margin:2rem auto;padding:1.5rem;background:#fff;"
    "border-top:4px solid #a37d38;white-space:pre-line;overflow-wrap:anywhere}"
)
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        f"style-src 'sha256-{b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Vary": "Accept-Language",
}
_LONGEST_BODY = 1024


class PublicPages:
    """The pages that anybody may open.

    Args:
        proxy: the address of our own reverse proxy, whose word on who asks is believed.
    """

    def __init__(
        self,
        checks: CertificateChecks,
        content: Content,
        texts: Translations,
        *,
        proxy: str | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._checks = checks
        self._content = content
        self._texts = texts
        self._proxy = proxy
        self._pace = pace or Pace()

    def app(self) -> web.Application:
        """Return what answers requests."""
        app = web.Application(client_max_size=_LONGEST_BODY)
        app.router.add_get("/c/{code}", self._certificate)
        app.on_response_prepare.append(_dress)
        return app

    async def _certificate(self, request: web.Request) -> web.Response:
        language = preferred(request.headers.get("Accept-Language", ""))
        forwarded = request.headers.get("X-Forwarded-For", "")
        if not self._pace.allows(asker(request.remote or "", forwarded, self._proxy)):
            slowly = self._texts[language]("page-slowly")
            return self._page(language, slowly, status=429)
        found = await self._checks.verify(request.match_info["code"])
        text = verdict_text(found, self._texts[language], self._content)
        return self._page(language, text, status=404 if found.verdict is Verdict.UNKNOWN else 200)

    def _page(self, language: str, text: str, *, status: int) -> web.Response:
        title = escape(self._texts[language].plain("page-title"))
        page = (
            f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{title}</title><style>{_STYLE}</style></head>"
            f"<body><main>{text}</main></body></html>\n"
        )
        return web.Response(text=page, content_type="text/html", status=status)


def preferred(accepted: str) -> str:
    """Return the language of ours a browser likes best; Kazakh when it names none."""
    best, best_weight = LANGUAGES[0], 0.0
    for part in accepted[:500].split(","):
        name, _, weight = part.strip().partition(";q=")
        language = name.partition("-")[0].lower()
        try:
            liked = float(weight or 1)
        except ValueError:
            continue
        if language in LANGUAGES and liked > best_weight:
            best, best_weight = language, liked
    return best


async def _dress(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
    # Which software in which version answers is nobody's business.
    response.headers.popall("Server", None)
