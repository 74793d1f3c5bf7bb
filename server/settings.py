"""Settings of the server: what can be set, from the command line or the environment, and its rules.

The rule of transport: https only. Plain http is for loopback, or behind a proxy that speaks TLS.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from server.database import Database
from server.faults import Failure

_MOST_WORKERS = 64


class SettingsFault(StrEnum):
    """Why the settings cannot be used."""

    NO_DATABASE = "no_database"
    TWO_DATABASES = "two_databases"
    BAD_URL = "bad_url"
    BAD_PORT = "bad_port"
    HALF_CERTIFICATE = "half_certificate"
    CERTIFICATE_UNUSABLE = "certificate_unusable"
    PLAIN_HTTP = "plain_http"
    OPEN_BEHIND_PROXY = "open_behind_proxy"
    BAD_PROXY = "bad_proxy"
    ADDRESS_UNUSABLE = "address_unusable"
    BAD_WORKERS = "bad_workers"
    WORKERS_ON_A_FILE = "workers_on_a_file"


class SettingsFailure(Failure[SettingsFault]):
    """The settings cannot be used; `subject` is the value at fault."""


@dataclass(frozen=True)
class Option:
    """One setting: `--name` on the command line, `BERDAYA_NAME` in the environment."""

    name: str
    metavar: str
    help: str
    default: str = ""
    when_bare: str | None = None

    @property
    def variable(self) -> str:
        """Its environment variable."""
        return "BERDAYA_" + {"database": "DATABASE_URL"}.get(
            self.name, self.name.upper().replace("-", "_")
        )


DATABASE_OPTIONS = (
    Option("data", "DIR", "folder of the server's own encrypted database"),
    Option("database", "URL", "PostgreSQL database: postgresql://user:password@host/name"),
)
PASSPHRASE_OPTION = Option(
    "passphrase-file", "FILE", "file whose first line seals and opens backups; else it is asked for"
)
SERVE_OPTIONS = (
    Option("host", "ADDRESS", "address to listen on", default="127.0.0.1"),
    Option("port", "NUMBER", "port to listen on; 0 takes a free one", default="8443"),
    Option("certificate", "FILE", "TLS certificate with its chain, PEM"),
    Option("key", "FILE", "private key of the certificate, PEM"),
    Option(
        "behind-proxy",
        "ADDRESS",
        "a proxy at this address speaks TLS for us; we listen on loopback or a private address",
        when_bare="127.0.0.1",
    ),
    Option(
        "workers",
        "NUMBER",
        "processes that answer; more than one needs PostgreSQL",
        default="1",
    ),
)


@dataclass(frozen=True)
class DatabasePlace:
    """Where the records lie: a folder or a PostgreSQL database."""

    folder: Path | None = None
    url: str | None = None

    @classmethod
    def read(cls, given: Mapping[str, Any], environment: Mapping[str, str]) -> "DatabasePlace":
        """From the command line or, if that names none, from the environment.

        Raises:
            SettingsFailure: none or two are named, or the URL is not one of PostgreSQL.
        """
        named = {option.name: given.get(option.name) for option in DATABASE_OPTIONS}
        if not any(named.values()):
            named = {option.name: environment.get(option.variable) for option in DATABASE_OPTIONS}
        folder, url = named["data"], named["database"]
        if folder and url:
            raise SettingsFailure(SettingsFault.TWO_DATABASES)
        if folder:
            return cls(folder=Path(folder))
        if not url:
            raise SettingsFailure(SettingsFault.NO_DATABASE)
        if not url.startswith("postgresql://"):
            raise SettingsFailure(SettingsFault.BAD_URL)
        return cls(url=url)

    def open(self) -> Database:
        """The database itself."""
        if self.folder is not None:
            return Database.in_folder(self.folder)
        assert self.url is not None  # noqa: S101 one of both is there, see `read`
        return Database.at(self.url)


@dataclass(frozen=True)
class Listening:
    """How the server is reached.

    Attributes:
        host: address or name to listen on.
        port: 0 takes a free one.
        certificate: PEM file; with `key`, or neither.
        key: PEM file.
        proxy: address of the proxy that speaks TLS for us, whose word on client addresses counts.
        workers: how many processes answer.
    """

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    proxy: str | None = None
    workers: int = 1

    @classmethod
    def read(cls, given: Mapping[str, Any], environment: Mapping[str, str]) -> "Listening":
        """From the command line, else the environment, else the defaults.

        Raises:
            SettingsFailure: a value is wrong, or records would travel readable by others.
        """
        values = {
            option.name: given.get(option.name.replace("-", "_"))
            or environment.get(option.variable)
            or option.default
            for option in SERVE_OPTIONS
        }
        if bool(values["certificate"]) != bool(values["key"]):
            raise SettingsFailure(SettingsFault.HALF_CERTIFICATE)
        listening = cls(
            host=values["host"],
            port=_port(values["port"]),
            certificate=_file(values["certificate"]),
            key=_file(values["key"]),
            proxy=values["behind-proxy"] or None,
            workers=_workers(values["workers"]),
        )
        listening._refuse_readable_transport()
        return listening

    @property
    def scheme(self) -> str:
        """`https` or `http`."""
        return "https" if self.certificate else "http"

    def _refuse_readable_transport(self) -> None:
        if self.proxy and _address(self.proxy) is None:
            raise SettingsFailure(SettingsFault.BAD_PROXY, self.proxy)
        if self.certificate or is_loopback(self.host):
            return
        if not self.proxy:
            raise SettingsFailure(SettingsFault.PLAIN_HTTP, self.host)
        address = _address(self.host)
        if address is None or address.is_unspecified or not address.is_private:
            raise SettingsFailure(SettingsFault.OPEN_BEHIND_PROXY, self.host)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    address = _address(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > 65535:
        raise SettingsFailure(SettingsFault.BAD_PORT, text)
    return int(text)


def _workers(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= _MOST_WORKERS:
        raise SettingsFailure(SettingsFault.BAD_WORKERS, text)
    return int(text)


def _file(text: str) -> Path | None:
    return Path(text) if text else None
