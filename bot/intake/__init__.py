"""Updates on their way in: stored before Telegram is told, handled in order of each person."""

from bot.intake.failures import HandlerTooSlowError
from bot.intake.lanes import Intake, IntakeLimits
from bot.intake.polling import Polling
from bot.intake.webhook_watch import WebhookWatch

__all__ = ["HandlerTooSlowError", "Intake", "IntakeLimits", "Polling", "WebhookWatch"]
