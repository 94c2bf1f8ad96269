"""Settings: read once from the environment and `.env`; nobody else reads either."""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.envfile import read_env_file
from bot.setting_types import (
    BotToken,
    BucketName,
    DatabaseUrl,
    Digits,
    Flag,
    Folder,
    FolderName,
    Host,
    HttpUrl,
    Passphrase,
    RedisUrl,
    SeedHex,
    SentryDsn,
    TimeOfDay,
    WebhookSecret,
)

__all__ = [
    "ArchiveSettings",
    "BackupSettings",
    "BotSettings",
    "CertificateSettings",
    "DatabaseSettings",
    "DeliverySettings",
    "LogSettings",
    "OpsSettings",
    "PublicSettings",
    "RedisSettings",
    "RegionSettings",
    "SandboxSettings",
    "Settings",
    "SettingsError",
    "TransferSettings",
    "WebhookSettings",
    "load_settings",
    "variable_names",
]


class SettingsError(Exception):
    """The settings cannot be used; `faults` holds one line per fault, none with a value in it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class _Concern(BaseSettings):
    """One group of settings: a field's alias is its variable, its description what it must be."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
        validate_by_name=True,
        validate_by_alias=True,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings passes them all
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take values from `load_settings` alone.

        It has read the environment and `.env` for all concerns at once: the sources of the
        library pass over a line they cannot read and a variable nobody knows without a word.
        """
        return (init_settings,)


class BotSettings(_Concern):
    """The bot's account at Telegram and its first admin."""

    token: BotToken | None = Field(
        default=None,
        alias="BOT_TOKEN",
        description="the token BotFather gave: digits, a colon, at least 30 letters and digits",
    )
    first_admin_id: Annotated[Digits, Field(gt=0, lt=2**52)] | None = Field(
        default=None,
        alias="FIRST_ADMIN_ID",
        description="a person's Telegram id: a positive number",
    )
    api_url: HttpUrl | None = Field(
        default=None,
        alias="TELEGRAM_API_URL",
        description="the address of a local Bot API server: http://host:port",
    )


class DeliverySettings(_Concern):
    """How fast the bot may speak, and how long it remembers what it has said."""

    overall_per_s: Annotated[Digits, Field(ge=1, le=1000)] = Field(
        default=30,
        alias="TELEGRAM_PER_SECOND",
        description="messages and edits a second, from 1 to 1000",
    )
    chat_per_s: Annotated[Digits, Field(ge=1, le=100)] = Field(
        default=1,
        alias="TELEGRAM_CHAT_PER_SECOND",
        description="messages and edits a second in one chat, from 1 to 100",
    )
    group_per_min: Annotated[Digits, Field(ge=1, le=1000)] = Field(
        default=20,
        alias="TELEGRAM_GROUP_PER_MINUTE",
        description="messages and edits a minute in one group, from 1 to 1000",
    )
    kept_days: Annotated[Digits, Field(ge=2, le=3650)] = Field(
        default=30,
        alias="OUTBOX_KEPT_DAYS",
        description="days, from 2 to 3650",
    )


class DatabaseSettings(_Concern):
    """Where the facts are kept."""

    url: DatabaseUrl = Field(
        default=SecretStr("sqlite+aiosqlite:///data/komekshi.db"),
        alias="DATABASE_URL",
        description=(
            "sqlite+aiosqlite:///path/to/file.db or postgresql+psycopg://user:password@host/name"
        ),
    )


class TransferSettings(_Concern):
    """From where to where `transfer` moves everything; nothing else reads them."""

    source: DatabaseUrl | None = Field(
        default=None,
        alias="TRANSFER_FROM_URL",
        description="an address of a database, as DATABASE_URL",
    )
    target: DatabaseUrl | None = Field(
        default=None,
        alias="TRANSFER_TO_URL",
        description="an address of an empty database, as DATABASE_URL",
    )


class RedisSettings(_Concern):
    """Where several processes share dialogue state and pace; one process keeps them itself."""

    url: RedisUrl | None = Field(
        default=None,
        alias="REDIS_URL",
        description="redis://host:6379/0, or rediss:// for TLS",
    )


class RegionSettings(_Concern):
    """The region's content pack and the texts."""

    content_dir: Folder = Field(
        default=Path("content"),
        alias="CONTENT_DIR",
        description="an existing folder that holds one folder per region",
        validate_default=True,
    )
    locales_dir: Folder = Field(
        default=Path("locales"),
        alias="LOCALES_DIR",
        description="an existing folder that holds one folder per language",
        validate_default=True,
    )
    region: FolderName = Field(
        default="kostanay",
        alias="REGION",
        description="the name of a folder in CONTENT_DIR: small letters, digits, - and _",
        validate_default=True,
    )

    @field_validator("region")
    @classmethod
    def _region_has_a_pack(cls, region: str, others: ValidationInfo) -> str:
        content_dir = others.data.get("content_dir")
        if content_dir is not None and not (content_dir / region).is_dir():
            raise ValueError
        return region


class CertificateSettings(_Concern):
    """What certificates are signed with, and where anybody can check them."""

    key: SeedHex | None = Field(
        default=None,
        alias="CERTIFICATE_KEY",
        description="64 hexadecimal digits, a secret",
    )
    key_file: Path = Field(
        default=Path("data/certificate.key"),
        alias="CERTIFICATE_KEY_FILE",
        description="a file that holds 64 hexadecimal digits, or is to be made",
    )
    public_url: HttpUrl | None = Field(
        default=None,
        alias="PUBLIC_URL",
        description="the address people open: https://host",
    )


class PublicSettings(_Concern):
    """Where the public page listens; without a port there is none."""

    host: Host = Field(
        default="127.0.0.1",
        alias="PUBLIC_HOST",
        description="an address of this machine to listen on",
    )
    port: Annotated[Digits, Field(ge=1, le=65535)] | None = Field(
        default=None,
        alias="PUBLIC_PORT",
        description="a port from 1 to 65535",
    )
    proxy: Host | None = Field(
        default=None,
        alias="PUBLIC_PROXY",
        description="the address your own proxy sends requests from",
    )


_Count = Annotated[Digits, Field(ge=1, le=366)]
_Days = Annotated[Digits, Field(ge=1, le=3660)]


class BackupSettings(_Concern):
    """Where backups go, when, and how many stay."""

    dir: Path = Field(
        default=Path("data/backups"),
        alias="BACKUP_DIR",
        description="a folder for backups and the list of erasures; it is made when it is missing",
    )
    at: TimeOfDay | None = Field(
        default=None,
        alias="BACKUP_AT",
        description="a time of day in the region, such as 03:30",
    )
    daily: _Count = Field(
        default=7, alias="BACKUP_KEEP_DAILY", description="a number from 1 to 366"
    )
    weekly: _Count = Field(
        default=4, alias="BACKUP_KEEP_WEEKLY", description="a number from 1 to 366"
    )
    key: Passphrase | None = Field(
        default=None,
        alias="BACKUP_KEY",
        description="a passphrase of at least 12 characters, a secret",
    )


class ArchiveSettings(_Concern):
    """Where photos and voices are kept, and for how long; without a place only their hashes."""

    keep_days: _Days = Field(
        default=365,
        alias="FILES_KEEP_DAYS",
        description="a number of days from 1 to 3660, after which photos and voices are deleted",
    )
    dir: Path | None = Field(
        default=None,
        alias="ARCHIVE_DIR",
        description="a folder for photos and voices; it is made when it is missing",
    )
    s3_url: HttpUrl | None = Field(
        default=None,
        alias="ARCHIVE_S3_URL",
        description="the address of an S3-compatible store: https://host; then no ARCHIVE_DIR",
    )
    s3_bucket: BucketName | None = Field(
        default=None,
        alias="ARCHIVE_S3_BUCKET",
        validate_default=True,
        description="set when ARCHIVE_S3_URL is: a bucket of small letters, digits, . and -",
    )
    s3_region: Host = Field(
        default="us-east-1",
        alias="ARCHIVE_S3_REGION",
        description="the region of the store",
    )
    s3_key_id: SecretStr | None = Field(
        default=None,
        alias="ARCHIVE_S3_KEY_ID",
        validate_default=True,
        description="set when ARCHIVE_S3_URL is: the id of an access key",
    )
    s3_secret: SecretStr | None = Field(
        default=None,
        alias="ARCHIVE_S3_SECRET",
        validate_default=True,
        description="set when ARCHIVE_S3_URL is: the secret of that key",
    )

    @property
    def term(self) -> timedelta:
        """How long photos and voices are kept."""
        return timedelta(days=self.keep_days)

    @field_validator("s3_url")
    @classmethod
    def _one_place(cls, url: str | None, others: ValidationInfo) -> str | None:
        if url is not None and others.data.get("dir") is not None:
            raise ValueError
        return url

    @field_validator("s3_bucket", "s3_key_id", "s3_secret")
    @classmethod
    def _whole_place(cls, part: object, others: ValidationInfo) -> object:
        if "s3_url" in others.data and (part is None) != (others.data["s3_url"] is None):
            raise ValueError
        return part


class WebhookSettings(_Concern):
    """Where Telegram posts updates, for `web`; `run` asks for them and needs none of it."""

    url: HttpUrl | None = Field(
        default=None,
        alias="WEBHOOK_URL",
        description="the address Telegram can reach, without a path: https://host",
    )
    secret: WebhookSecret | None = Field(
        default=None,
        alias="WEBHOOK_SECRET",
        description="16 to 256 letters, digits, - and _, a secret",
    )
    host: Host = Field(
        default="127.0.0.1",
        alias="WEBHOOK_HOST",
        description="an address of this machine to listen on",
    )
    port: Annotated[Digits, Field(ge=1, le=65535)] = Field(
        default=8080,
        alias="WEBHOOK_PORT",
        description="a port from 1 to 65535",
    )


class LogSettings(_Concern):
    """How the log is written."""

    format: Literal["console", "json"] = Field(
        default="console",
        alias="LOG_FORMAT",
        description="console (for people) or json (one object per line)",
    )
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO",
        alias="LOG_LEVEL",
        description="DEBUG, INFO, WARNING or ERROR",
    )


class OpsSettings(_Concern):
    """Where machines that watch the bot may look, and who is told of errors."""

    host: Host = Field(
        default="127.0.0.1",
        alias="OPS_HOST",
        description="an address of this machine to listen on",
    )
    port: Annotated[Digits, Field(ge=1, le=65535)] | None = Field(
        default=None,
        alias="OPS_PORT",
        description="a port from 1 to 65535",
    )
    outbox_late_s: Annotated[Digits, Field(ge=10, le=86400)] = Field(
        default=120,
        alias="OPS_OUTBOX_LATE_SECONDS",
        description="seconds, from 10 to 86400",
    )
    sentry_dsn: SentryDsn | None = Field(
        default=None,
        alias="SENTRY_DSN",
        description="the DSN of a project, a secret: https://key@host/number",
    )


class SandboxSettings(_Concern):
    """Where the local Telegram of `make run` listens."""

    host: Host = Field(
        default="127.0.0.1",
        alias="SANDBOX_HOST",
        description="an address of this machine to listen on",
    )
    port: Annotated[Digits, Field(ge=0, le=65535)] = Field(
        default=8081,
        alias="SANDBOX_PORT",
        description="a port from 1 to 65535, or 0 for any free one",
    )
    any_host: Flag = Field(
        default=False,
        alias="SANDBOX_ANY_HOST",
        description="true or false: whether the page answers requests naming any host",
    )


class Settings(BaseModel):
    """Everything the operator decides, by concern."""

    model_config = ConfigDict(frozen=True)

    bot: BotSettings
    delivery: DeliverySettings
    database: DatabaseSettings
    transfer: TransferSettings
    redis: RedisSettings
    region: RegionSettings
    certificates: CertificateSettings
    public: PublicSettings
    backup: BackupSettings
    archive: ArchiveSettings
    webhook: WebhookSettings
    log: LogSettings
    ops: OpsSettings
    sandbox: SandboxSettings


_CONCERNS: dict[str, type[_Concern]] = {
    "bot": BotSettings,
    "delivery": DeliverySettings,
    "database": DatabaseSettings,
    "transfer": TransferSettings,
    "redis": RedisSettings,
    "region": RegionSettings,
    "certificates": CertificateSettings,
    "public": PublicSettings,
    "backup": BackupSettings,
    "archive": ArchiveSettings,
    "webhook": WebhookSettings,
    "log": LogSettings,
    "ops": OpsSettings,
    "sandbox": SandboxSettings,
}


def variable_names() -> tuple[str, ...]:
    """Return every variable the settings know, in the order of the classes."""
    return tuple(_descriptions())


def load_settings(
    env_file: Path = Path(".env"), environ: Mapping[str, str] = os.environ
) -> Settings:
    """Read the settings; a variable of the environment goes before the same one in the file.

    A variable without a value counts as not set, in the environment too: `BOT_TOKEN= make run`
    opens the sandbox whatever the file says.

    Raises:
        SettingsError: with all faults at once, in the file and in the values.
    """
    descriptions = _descriptions()
    values, faults = read_env_file(env_file, descriptions)
    values.update({name: environ[name] for name in descriptions if name in environ})
    given: dict[str, Any] = {name: value for name, value in values.items() if value}
    read: dict[str, _Concern] = {}
    for concern, settings_class in _CONCERNS.items():
        try:
            read[concern] = settings_class(**given)
        except ValidationError as error:
            # A fault in a default is told under the field's name, any other under its variable's.
            variables = {name: field.alias for name, field in settings_class.model_fields.items()}
            told = {str(fault["loc"][0]) for fault in error.errors(include_input=False)}
            wrong = {variables.get(name, name) for name in told}
            faults += [
                f"{name}: must be {text}" for name, text in descriptions.items() if name in wrong
            ]
    if faults:
        raise SettingsError(tuple(faults))
    return Settings.model_validate(read)


def _descriptions() -> dict[str, str]:
    """Return what each variable must look like."""
    fields: list[Any] = [
        field
        for settings_class in _CONCERNS.values()
        for field in settings_class.model_fields.values()
    ]
    return {field.alias: field.description for field in fields}
