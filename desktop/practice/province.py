"""A province of its own: the server as a process on this machine, started, stopped, started again."""

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from desktop.models.records.people import Role
from desktop.practice.failures import PracticeFailure, PracticeFault
from desktop.programs import clean_environment, server_command
from desktop.sync.client import Client

START_SECONDS = 60.0
STOP_SECONDS = 20.0
_POLL_SECONDS = 0.02
_ACCOUNT_SECONDS = 60.0


class Province:
    """A provincial server with its data in one folder. It ends when this process does.

    Args:
        folder: where its database, its log and its port are kept.
    """

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self._log = folder / "server.log"
        self._port_file = folder / "port"
        self._process: subprocess.Popen[bytes] | None = None
        self._port = self._last_port()

    @property
    def address(self) -> str:
        """Where it is reached, the same after every start."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def start(self, port: int | None = None) -> str:
        """Starts it and waits until it answers; gives its address.

        Args:
            port: where to listen; by default where it did before, at first on any free port.

        Raises:
            PracticeFailure: it ended, or did not answer in time.
        """
        self._port_file.parent.mkdir(parents=True, exist_ok=True)
        self._port_file.unlink(missing_ok=True)
        place = ["--host", "127.0.0.1", "--port", str(self._port if port is None else port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 our own program
                [
                    *server_command(),
                    "serve",
                    *("--data", str(self.data)),
                    *place,
                    *("--port-file", str(self._port_file)),
                    "--until-stdin-closes",
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=clean_environment(),
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._port_file.exists():
            self._wait(deadline)
        self._port = int(self._port_file.read_text(encoding="ascii"))
        client = Client(self.address)
        try:
            while not client.is_reachable():
                self._wait(deadline)
        finally:
            client.close()
        return self.address

    def stop(self) -> None:
        """Ends it; requests under way are finished first."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def add_user(
        self, login: str, name: str, role: Role, scopes: Sequence[str], password: str
    ) -> None:
        """Makes an account, as the office does.

        Raises:
            PracticeFailure: the server refused it.
        """
        words = ["user", "add", "--data", str(self.data), login, "--name", name]
        words += ["--role", role.value, "--password-stdin", "--scope", *scopes]
        done = subprocess.run(  # noqa: S603 our own program
            [*server_command(), *words],
            input=f"{password}\n",
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_ACCOUNT_SECONDS,
            env=clean_environment(),
            check=False,
        )
        if done.returncode:
            raise PracticeFailure(PracticeFault.ACCOUNT_REFUSED, done.stderr.strip())

    def _last_port(self) -> int:
        """Where it listened the last time; 0, which means anywhere, before the first."""
        try:
            return int(self._port_file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def _wait(self, deadline: float) -> None:
        """Waits a moment, or less if the process ends."""
        assert self._process is not None  # noqa: S101 it was just started
        try:
            self._process.wait(_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            if time.monotonic() < deadline:
                return
        self.stop()
        log = self._log.read_text(encoding="utf-8", errors="replace")
        raise PracticeFailure(PracticeFault.NO_SERVER, log[-2000:].strip())
