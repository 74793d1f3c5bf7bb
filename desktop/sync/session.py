"""What the program asks of syncing: sign in, sync now, stop.

What speaks HTTP is imported with the first word to the province, not with the first page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.models.store.local import AUTHORITY_NAME
from desktop.models.store.meta import Meta, get_meta
from desktop.sync.faults import SyncFailure
from desktop.sync.history import Run, note_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.models.changes import Changes
    from desktop.models.store.local import Store
    from desktop.sync.client import Client, SignedIn
    from desktop.sync.engine import Pace
    from desktop.sync.progress import Progress


class Session:
    """The way to the province for one store. Every method may take long; none touches the ui.

    Args:
        store: the store.
        app: this program's version.
    """

    def __init__(self, store: Store, app: str) -> None:
        self._store = store
        self._app = app
        self._cancelled = False
        self._pace: Pace | None = None

    def sign_in(self, server: str, login: str, password: str) -> SignedIn:
        """Makes this laptop known to a province.

        Raises:
            SyncFailure: it did not work, and why.
        """
        from desktop.sync.client import Client  # noqa: PLC0415 see above
        from desktop.sync.enrolment import enrol  # noqa: PLC0415

        client = Client(server, authority=self._authority())
        try:
            return enrol(self._store, client, login, password)
        finally:
            client.close()

    def sync(
        self,
        on_changes: Callable[[Changes], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        *,
        ask_first: bool = False,
    ) -> Run | None:
        """Syncs; None if this laptop knows no province yet.

        Args:
            on_changes: told after each applied stretch, on the thread that syncs.
            on_progress: told after each round trip, likewise.
            ask_first: whether to ask in a few bytes if the province is there, before what waits is
                sent; worth a round trip only after a failure.
        """
        from desktop.sync.engine import Engine, Pace  # noqa: PLC0415 see above

        client = self._client()
        if client is None:
            return None
        self._pace = self._pace or Pace()
        begun = self._store.clock()
        try:
            if ask_first:
                client.check()
            return Engine(
                self._store,
                client,
                self._app,
                self._pace,
                on_changes=on_changes,
                on_progress=on_progress,
                is_cancelled=lambda: self._cancelled,
            ).run()
        except SyncFailure as failure:  # of the check: the engine tells and notes its own
            run = Run(begun, self._store.clock(), traffic=client.traffic)
            run.fault, run.detail = failure.fault, failure.detail
            with self._store.writing() as connection:
                note_run(connection, run)
            return run
        finally:
            client.close()

    def allow(self) -> None:
        """Lets the next sync run; to be called where it is asked for, not where it begins."""
        self._cancelled = False

    def cancel(self) -> None:
        """Stops the sync under way after its next round trip, or the one that was asked for.

        Nothing is lost by it.
        """
        self._cancelled = True

    def _client(self) -> Client | None:
        from desktop.sync.client import Client  # noqa: PLC0415 see above

        with self._store.reading() as connection:
            server = get_meta(connection, Meta.SERVER)
            token = get_meta(connection, Meta.TOKEN)
        return None if server is None else Client(server, token, self._authority())

    def _authority(self) -> Path | None:
        path = self._store.folder / AUTHORITY_NAME
        return path if path.exists() else None
