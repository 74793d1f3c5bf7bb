"""To whom the client speaks at all: https, verified, or this machine."""

import ssl
from pathlib import Path

import pytest

from desktop.models.store.backup import restore_backup, write_backup
from desktop.models.store.local import AUTHORITY_NAME, Store
from desktop.models.store.meta import Meta, set_meta
from desktop.sync.client import Client
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.messages import Request, Standing
from desktop.sync.session import Session
from tests.models.store.backups import PASSPHRASE, make_passphrases_cheap, store_of_five
from tests.sync import impostors
from tests.sync.impostors import impostor, json_answer, self_signed

REFUSED = [
    "http://berdaya.example",
    "http://192.168.1.10:8000",
    "http://127.0.0.1.example",
    "http://localhost.example",
    "http://127.0.0.1@berdaya.example",
    "ftp://berdaya.example",
    "berdaya.example",
    "https://",
    "https://[::1",
    "",
]
TAKEN = [
    "https://berdaya.example",
    "https://192.168.1.10:8443/",
    "http://127.0.0.1:8000",
    "http://localhost:8000",
    "http://[::1]:8000",
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_where_others_could_listen_is_refused(address: str) -> None:
    with pytest.raises(SyncFailure) as caught:
        Client(address)
    assert caught.value.fault is SyncFault.INSECURE_ADDRESS


@pytest.mark.parametrize("address", TAKEN)
def test_a_safe_address_is_taken(address: str) -> None:
    client = Client(address)
    client.close()
    assert client.server == address


def fault_at(address: str, authority: Path | None = None) -> SyncFault | None:
    """What is in the way of a request."""
    client = Client(address, "token", authority)
    try:
        client.exchange(Request("0.1.0", 1, 4096, standing=Standing()))
    except SyncFailure as failure:
        return failure.fault
    finally:
        client.close()
    return None


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    return self_signed(tmp_path / "office")


GOOD = json_answer({"i": "a1", "n": 1})


def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_said(
    office: tuple[Path, ssl.SSLContext],
) -> None:
    with impostor(GOOD, office[1]) as somebody:
        assert fault_at(somebody.address) is SyncFault.CERTIFICATE
    assert somebody.requests == []


def test_the_office_s_own_certificate_is_taken(office: tuple[Path, ssl.SSLContext]) -> None:
    with impostor(GOOD, office[1]) as somebody:
        assert fault_at(somebody.address, office[0]) is None
    assert len(somebody.requests) == 1


def test_another_office_s_certificate_is_refused(
    office: tuple[Path, ssl.SSLContext], tmp_path: Path
) -> None:
    other, _ = self_signed(tmp_path / "other")
    with impostor(GOOD, office[1]) as somebody:
        assert fault_at(somebody.address, other) is SyncFault.CERTIFICATE
    assert somebody.requests == []


def test_the_office_s_certificate_for_another_address_is_refused(tmp_path: Path) -> None:
    public, elsewhere = self_signed(tmp_path / "office", "192.0.2.1")
    with impostor(GOOD, elsewhere) as somebody:
        assert fault_at(somebody.address, public) is SyncFault.CERTIFICATE
    assert somebody.requests == []


@pytest.mark.parametrize("content", [b"", b"not a certificate", None])
def test_an_authority_that_cannot_be_read_is_said_to_be_the_certificate(
    office: tuple[Path, ssl.SSLContext], tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_bytes(content)
    with impostor(GOOD, office[1]) as somebody:
        try:
            fault = fault_at(somebody.address, path)
        except SyncFailure as failure:
            fault = failure.fault
    assert fault is SyncFault.CERTIFICATE


def test_who_breaks_off_or_speaks_no_tls_is_not_there() -> None:
    for reply in (impostors.answer("200 OK"), b""):
        with impostor(reply) as somebody:
            address = somebody.address.replace("http://", "https://")
            assert fault_at(address) is SyncFault.OFFLINE


def test_a_restored_laptop_still_knows_its_office(
    office: tuple[Path, ssl.SSLContext], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_passphrases_cheap(monkeypatch)
    public, tls = office
    with impostor(json_answer({}), tls) as somebody, store_of_five(tmp_path / "data") as store:
        (store.folder / AUTHORITY_NAME).write_bytes(public.read_bytes())
        with store.writing() as connection:
            set_meta(connection, Meta.SERVER, somebody.address)
            set_meta(connection, Meta.TOKEN, "token")
        write_backup(store, tmp_path / "a.berdaya", PASSPHRASE)
        restore_backup(tmp_path / "a.berdaya", PASSPHRASE, store.folder, store.close)
        restored = Store.open(store.folder)
        run = Session(restored, "0.1.0").sync(ask_first=True)
        restored.close()
    assert run is not None
    assert run.fault is SyncFault.NOT_THE_PROVINCE, "it was heard, so its certificate was taken"
