"""Backups, terms and the archive as the settings ask for them."""

from bot.archive.folder import FolderArchive
from bot.archive.s3 import Account, S3Archive
from bot.config import ArchiveSettings, Settings
from bot.services.attachment_files import Archive
from bot.services.catalogue import Keeping
from bot.services.clock import Clock
from bot.services.scheduled_backups import BackupPlan


def keeping_of(settings: Settings) -> Keeping:
    """Return where backups go and how long files are kept."""
    backup = settings.backup
    plan = BackupPlan(
        backup.dir,
        backup.at,
        daily=backup.daily,
        weekly=backup.weekly,
        passphrase=None if backup.key is None else backup.key.get_secret_value(),
    )
    return Keeping(plan, settings.archive.term)


def archive_of(settings: ArchiveSettings, clock: Clock) -> Archive | None:
    """Return where photos and voices are kept; None where only their hashes are."""
    if settings.dir is not None:
        return FolderArchive(settings.dir)
    if (
        settings.s3_url is None
        or settings.s3_bucket is None
        or settings.s3_key_id is None
        or settings.s3_secret is None
    ):
        return None
    account = Account(
        settings.s3_key_id.get_secret_value(),
        settings.s3_secret.get_secret_value(),
        settings.s3_region,
    )
    return S3Archive(settings.s3_url, settings.s3_bucket, account, clock)
