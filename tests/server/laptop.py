"""What a laptop says to the server, for tests that speak plain HTTP."""

import base64
from typing import Any
from uuid import UUID

import requests

from tests.servers import PASSWORD

DEVICE_ID = UUID("019376f0-0000-7000-8000-0000000000d1")
KEY = bytes(range(32))


def sign_in(
    address: str,
    login: str = "siti",
    password: str = PASSWORD,
    device_id: UUID = DEVICE_ID,
    key: bytes = KEY,
) -> requests.Response:
    """Asks for a session."""
    return requests.post(
        f"{address}/session", json=sign_in_body(login, password, device_id, key), timeout=10
    )


def sign_in_body(
    login: str = "siti",
    password: str = PASSWORD,
    device_id: UUID = DEVICE_ID,
    key: bytes = KEY,
) -> dict[str, Any]:
    """The body of a sign-in."""
    return {
        "login": login,
        "password": password,
        "device": {
            "id": str(device_id),
            "name": "Laptop Siti",
            "public_key": base64.b64encode(key).decode(),
        },
    }


def sign_out(address: str, authorization: str | None) -> requests.Response:
    """Ends a session."""
    headers = {} if authorization is None else {"Authorization": authorization}
    return requests.delete(f"{address}/session", headers=headers, timeout=10)


def problem(response: requests.Response) -> tuple[int, str]:
    """Status and slug of an answer that must be a problem."""
    assert response.headers["Content-Type"] == "application/problem+json", response.text
    body = response.json()
    assert body["status"] == response.status_code
    assert body["title"]
    return response.status_code, body["type"].removeprefix("/problems/")
