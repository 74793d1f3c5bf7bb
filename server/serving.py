"""Running the server: its socket, its port file, and the ways it ends."""

import gc
import os
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from server.settings import Listening, SettingsFailure, SettingsFault

PATIENCE = 10
"""Seconds that requests under way may take when the server is told to stop."""

_YOUNG = 50_000
"""Objects made between two looks for cycles."""


class _Server(uvicorn.Server):
    """Tells when it accepts connections."""

    def __init__(self, config: uvicorn.Config, on_listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_listening()


def serve(
    app: FastAPI,
    listening: Listening,
    on_listening: Callable[[int], None],
    until_stdin_closes: bool = False,
) -> None:
    """Serves until SIGTERM, SIGINT or, if asked for, the end of standard input.

    Standard input is a pipe from the process that started us; the system closes it when that
    process dies, however it dies. Requests under way are finished first.

    Args:
        app: the application.
        listening: where and how.
        on_listening: called with the port once connections are accepted.
        until_stdin_closes: whether to watch standard input.

    Raises:
        SettingsFailure: the address cannot be had or the certificate cannot be used.
    """
    refuse_unusable_certificate(listening)
    bound = bind(listening)
    port = int(bound.getsockname()[1])
    until = _until_stdin_closes if until_stdin_closes else None
    run(app, listening, bound, on_listening=lambda: on_listening(port), until=until)


def run(
    app: FastAPI,
    listening: Listening,
    bound: socket.socket,
    on_listening: Callable[[], None],
    until: Callable[[], None] | None = None,
) -> None:
    """Serves on a socket until a signal, or until `until` returns, which runs in a thread."""
    server = _Server(_configuration(app, listening), on_listening)

    def stop(_signal: int = 0, _frame: FrameType | None = None) -> None:
        server.should_exit = True

    def watch(wait: Callable[[], None]) -> None:
        wait()
        stop()

    # uvicorn stops gracefully on these and then raises them again, for these handlers
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    if until is not None:
        threading.Thread(target=watch, args=(until,), daemon=True).start()
    _look_for_cycles_rarely()
    server.run(sockets=[bound])


def _look_for_cycles_rarely() -> None:
    """A batch makes a hundred thousand objects that all go with it: an eighth of the time was for them.

    What is loaded by now stays for good, and need not be looked through.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


def write_port(path: Path, port: int) -> None:
    """Writes a port file, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(f"{port}\n", encoding="ascii")
    draft.replace(path)


def _configuration(app: FastAPI, listening: Listening) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=listening.proxy is not None,
        forwarded_allow_ips=listening.proxy,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.key,
        timeout_graceful_shutdown=PATIENCE,
    )


def refuse_unusable_certificate(listening: Listening) -> None:
    """Looks at the certificate before anything is begun.

    Raises:
        SettingsFailure: it or its key cannot be used.
    """
    if listening.certificate is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
            listening.certificate, listening.key
        )
    except (OSError, ssl.SSLError) as error:
        raise SettingsFailure(SettingsFault.CERTIFICATE_UNUSABLE, listening.certificate) from error


def bind(listening: Listening) -> socket.socket:
    """A socket with the address, which nobody else has.

    Raises:
        SettingsFailure: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    # Said by its number, the protocol is known to asyncio, which then sends at once what it has: the
    # body of an answer would wait else until its head was heard of, a whole round trip.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there it would let a second server take the same port
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((listening.host, listening.port))
    except OSError as error:
        bound.close()
        address = f"{listening.host}:{listening.port}"
        raise SettingsFailure(SettingsFault.ADDRESS_UNUSABLE, address) from error
    return bound


def watch_stdin(stop: Callable[[], None]) -> None:
    """Calls `stop` when standard input ends."""
    _until_stdin_closes()
    stop()


def _until_stdin_closes() -> None:
    """Reads the descriptor itself: a buffered reader's lock would hinder the interpreter's end."""
    try:
        while os.read(0, 1024):
            pass
    except OSError:
        pass  # closed before we began, which means the same
