"""Signing in: this laptop becomes known to the province, with a key of its own."""

import base64
import platform
from uuid import UUID

from sqlalchemy import Connection

from desktop.models.store.local import Store, begin_device, is_blank
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.sync.client import Client, SignedIn
from desktop.sync.faults import SyncFailure, SyncFault


def enrol(store: Store, client: Client, login: str, password: str) -> SignedIn:
    """Signs in, and notes who records on this laptop from now on.

    Raises:
        SyncFailure: see `SyncFault`; `DEVICE_UNKNOWN` also when this laptop holds the work of
            another user, which must not be mixed.
    """
    with store.writing() as connection:
        device = _device(connection)
        before = get_meta(connection, Meta.USER_ID)
    user = client.sign_in(login, password, device)
    if before is not None and before != user.user_id:
        raise SyncFailure(SyncFault.DEVICE_UNKNOWN, "another user")
    with store.writing() as connection:
        set_meta(connection, Meta.SERVER, client.server)
        set_meta(connection, Meta.TOKEN, user.token)
        set_meta(connection, Meta.USER_ID, str(UUID(user.user_id)))
        set_meta(connection, Meta.USER_NAME, user.name)
        set_meta(connection, Meta.USER_ROLE, user.role)
    return user


def _device(connection: Connection) -> dict[str, str]:
    """How this laptop introduces itself.

    Until somebody has signed in, its id and its signing key are drawn anew each time: the program may
    have been opened, or a sign-in tried, before the disk was copied to many laptops.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 only here
        Ed25519PrivateKey,
    )

    is_new = is_blank(connection)
    if is_new:
        begin_device(connection)
    kept = get_meta(connection, Meta.DEVICE_KEY)
    if is_new or kept is None:
        secret = Ed25519PrivateKey.generate()
        kept = base64.b64encode(secret.private_bytes_raw()).decode()
        set_meta(connection, Meta.DEVICE_KEY, kept)
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept))
    return {
        "id": get_meta(connection, Meta.DEVICE_ID),
        "name": platform.node() or "laptop",
        "public_key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
    }
