"""A way out to Sentry that ends here."""

from typing import ClassVar

from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

DSN = "https://0123456789abcdef@sentry.invalid/7"


class Outbound(Transport):
    """Keeps what would leave the machine, byte by byte."""

    sent: ClassVar[list[bytes]] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        """Keep it."""
        self.sent.append(envelope.serialize())
