"""The server as a process: where it listens, what it refuses, and how it ends."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desktop.models.records.base import utc_now
from server.sentences import SENTENCES
from server.serving import bind
from server.settings import Listening, SettingsFault
from tests.servers import Place

_COMMAND = (sys.executable, "-m", "server", "serve")


@contextmanager
def serving(*arguments: str, port_file: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process that listens, and its `host:port`."""
    with subprocess.Popen(  # noqa: S603 our own program
        [*_COMMAND, "--port", "0", "--port-file", str(port_file), *arguments],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            assert said.startswith("Listening on "), said + process.stderr.read()
            yield process, f"127.0.0.1:{int(port_file.read_text())}"
        finally:
            process.kill()


def ended(process: subprocess.Popen[str]) -> int:
    """The exit code of a server that was told to stop."""
    return process.wait(timeout=20)


def test_it_listens_and_stops_when_told(database_place: Place, tmp_path: Path) -> None:
    port_file = tmp_path / "port"
    with serving(*database_place.arguments, port_file=port_file) as (process, address):
        assert requests.get(f"http://{address}/healthz", timeout=10).json()["berdaya"] == 1
        process.terminate()
        assert ended(process) == (0 if sys.platform != "win32" else 1)
        assert process.stderr is not None
        log = process.stderr.read()
    assert log.endswith(" INFO GET /healthz 200\n")
    assert "127.0.0.1" not in log


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to a process")
def test_it_stops_at_an_interrupt(tmp_path: Path) -> None:
    with serving("--data", str(tmp_path / "data"), port_file=tmp_path / "port") as (process, _):
        process.send_signal(signal.SIGINT)
        assert ended(process) == 0


def test_it_ends_when_the_process_that_started_it_is_gone(tmp_path: Path) -> None:
    with serving(
        "--data", str(tmp_path / "data"), "--until-stdin-closes", port_file=tmp_path / "port"
    ) as (process, address):
        assert requests.get(f"http://{address}/healthz", timeout=10).ok
        assert process.stdin is not None
        process.stdin.close()
        assert ended(process) == 0


def test_it_sends_what_it_has_at_once() -> None:
    """Only of a socket that says so asyncio knows that it is TCP, and lets it not wait for more.

    Else the body of an answer waits until its head was heard of: a round trip of a slow line.
    """
    with bind(Listening("127.0.0.1", 0)) as bound:
        assert bound.proto == socket.IPPROTO_TCP


def test_it_speaks_tls_with_a_certificate(tmp_path: Path) -> None:
    certificate, key = _certificate(tmp_path)
    tls = ("--certificate", str(certificate), "--key", str(key))
    data = ("--data", str(tmp_path / "data"))
    with serving(*data, *tls, port_file=tmp_path / "port") as (_, address):
        answer = requests.get(f"https://{address}/healthz", timeout=10, verify=str(certificate))
    assert answer.json()["ok"] is True


@pytest.mark.parametrize(
    ("arguments", "fault", "subject"),
    [
        (("--host", "0.0.0.0"), SettingsFault.PLAIN_HTTP, "0.0.0.0"),  # noqa: S104 refused
        (("--host", "192.0.2.1", "--behind-proxy"), SettingsFault.ADDRESS_UNUSABLE, ""),
        (
            ("--certificate", "none.pem", "--key", "none.key"),
            SettingsFault.CERTIFICATE_UNUSABLE,
            "none.pem",
        ),
    ],
)
def test_what_it_refuses_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], fault: SettingsFault, subject: str
) -> None:
    refused = subprocess.run(  # noqa: S603 our own program
        [*_COMMAND, "--data", str(tmp_path / "data"), "--port", "0", *arguments],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    subject = subject or "192.0.2.1:0"
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.strip() == SENTENCES[fault].format(subject)


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = utc_now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "server.pem", folder / "server.key"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate_file, key_file
