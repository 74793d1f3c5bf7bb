"""The rules of the settings: one database, and nothing readable on the wire."""

from pathlib import Path

import pytest

from server.settings import DatabasePlace, Listening, SettingsFailure, SettingsFault

DATA = {"data": "/srv/berdaya"}
URL = {"database": "postgresql://berdaya@db/berdaya"}
TLS = {"certificate": "server.pem", "key": "server.key"}


def test_the_command_line_comes_before_the_environment() -> None:
    environment = {"BERDAYA_DATABASE_URL": URL["database"], "BERDAYA_HOST": "::1"}
    assert DatabasePlace.read(DATA, environment) == DatabasePlace(folder=Path(DATA["data"]))
    assert DatabasePlace.read({}, environment) == DatabasePlace(url=URL["database"])
    assert Listening.read({"port": "0"}, environment) == Listening("::1", 0)


@pytest.mark.parametrize(
    ("given", "environment", "fault"),
    [
        ({}, {}, SettingsFault.NO_DATABASE),
        (DATA | URL, {}, SettingsFault.TWO_DATABASES),
        (
            {},
            {"BERDAYA_DATA": "a", "BERDAYA_DATABASE_URL": URL["database"]},
            SettingsFault.TWO_DATABASES,
        ),
        ({"database": "mysql://db"}, {}, SettingsFault.BAD_URL),
    ],
)
def test_there_is_one_database(
    given: dict[str, str], environment: dict[str, str], fault: SettingsFault
) -> None:
    with pytest.raises(SettingsFailure) as refused:
        DatabasePlace.read(given, environment)
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"host": "localhost"},
        {"host": "127.0.0.2"},
        {"host": "::1"},
        {"host": "0.0.0.0"} | TLS,  # noqa: S104 refused or not is what is tested
        {"host": "berdaya.example"} | TLS,
        {"host": "127.0.0.1", "behind_proxy": "127.0.0.1"},
        {"host": "10.1.2.3", "behind_proxy": "10.1.2.1"},
    ],
)
def test_transport_that_nobody_else_can_read(given: dict[str, str]) -> None:
    assert Listening.read(given, {}).port == 8443


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"host": "0.0.0.0"}, SettingsFault.PLAIN_HTTP),  # noqa: S104 as above
        ({"host": "10.1.2.3"}, SettingsFault.PLAIN_HTTP),
        ({"host": "berdaya.example"}, SettingsFault.PLAIN_HTTP),
        ({"host": "0.0.0.0", "behind_proxy": "127.0.0.1"}, SettingsFault.OPEN_BEHIND_PROXY),  # noqa: S104
        ({"host": "8.8.8.8", "behind_proxy": "127.0.0.1"}, SettingsFault.OPEN_BEHIND_PROXY),
        ({"behind_proxy": "everybody"}, SettingsFault.BAD_PROXY),
        ({"certificate": "server.pem"}, SettingsFault.HALF_CERTIFICATE),
        ({"key": "server.key"}, SettingsFault.HALF_CERTIFICATE),
        ({"port": "https"}, SettingsFault.BAD_PORT),
        ({"port": "65536"}, SettingsFault.BAD_PORT),
    ],
)
def test_transport_that_is_refused(given: dict[str, str], fault: SettingsFault) -> None:
    with pytest.raises(SettingsFailure) as refused:
        Listening.read(given, {})
    assert refused.value.fault is fault
