"""How a process of Starling is configured: settings named `STARLING_…`, from the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.base.errors import ConfigurationError
from bot.runtime.logs import LogFormat

PREFIX = "STARLING_"
LAST_PORT = 65535


class Config(BaseSettings):
    """The settings of one process. Those of an adapter are read by the adapter itself."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data_folder: Path = Field(default=Path("starling-data"), description="Where files are kept.")
    database_url: str = Field(default="", description="The database; without one, a SQLite file in the data folder.")
    questions_folder: Path | None = Field(default=None, description="A folder with questions of your own.")
    root_command: str = Field(
        default="starling", pattern=r"^[a-z][a-z0-9_-]{0,31}$", description="The one slash command, without its slash."
    )
    log_format: LogFormat = Field(default="console", description="How logs are written: json or console.")
    log_level: str = Field(default="INFO", pattern=r"^(DEBUG|INFO|WARNING|ERROR)$", description="The least to log.")
    http_host: str = Field(default="127.0.0.1", description="Where /healthz, /readyz and /metrics are served.")
    http_port: int = Field(default=8322, ge=0, le=LAST_PORT, description="Their port; 0 for any free one.")
    pages_bind: str = Field(
        default="",
        pattern=r"^$|^(\[[0-9a-fA-F:]+\]|[^\s:\[\]]+):[0-9]{1,5}$",
        description="Where pages in the browser are served, as host:port; empty for no pages.",
    )
    pages_address: str = Field(default="", description="The address under which people reach the pages.")
    stop_seconds: float = Field(
        default=20.0, gt=0, le=600, description="How long work in hand may go on when Starling is stopped."
    )

    @field_validator("pages_bind")
    @classmethod
    def _has_a_port(cls, bind: str) -> str:
        if bind and int(bind.rpartition(":")[2]) > LAST_PORT:
            raise ValueError(f"a port is at most {LAST_PORT}")
        return bind

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.data_folder / 'starling.sqlite3'}"

    @property
    def pages_at(self) -> tuple[str, int] | None:
        """The host and port where pages are served; None where they are not."""
        host, _, port = self.pages_bind.rpartition(":")
        return (host.strip("[]"), int(port)) if self.pages_bind else None


def read_config(**given: object) -> Config:
    """The configuration from the environment, `given` before it; `ConfigurationError` names what is wrong."""
    try:
        return Config(**given)  # type: ignore[arg-type]
    except ValidationError as problem:
        wrong = problem.errors()[0]
        name = PREFIX + "_".join(str(part) for part in wrong["loc"]).upper()
        raise ConfigurationError(f"{name}: {wrong['msg']}") from problem
