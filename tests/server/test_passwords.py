"""Hashing and checking passwords."""

import pytest
from argon2 import PasswordHasher

from server.passwords import Passwords, PasswordsBusyError, Verdict
from tests.servers import FAST_PASSWORDS


def test_only_the_same_password_is_right() -> None:
    kept = FAST_PASSWORDS.hash("kata sandi")
    assert FAST_PASSWORDS.check(kept, "kata sandi") is Verdict.RIGHT
    assert FAST_PASSWORDS.check(kept, "Kata sandi") is Verdict.WRONG


def test_an_accent_is_the_same_however_it_was_typed() -> None:
    kept = FAST_PASSWORDS.hash("caf\u00e9 pagi")
    assert FAST_PASSWORDS.check(kept, "cafe\u0301 pagi") is Verdict.RIGHT


def test_a_login_that_does_not_exist_is_checked_like_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked: list[str] = []
    verify = PasswordHasher.verify

    def counting(self: PasswordHasher, kept: str, password: str) -> bool:
        checked.append(kept)
        return bool(verify(self, kept, password))

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    assert FAST_PASSWORDS.check(None, "nobody's password") is Verdict.WRONG
    assert len(checked) == 1


def test_passwords_cost_what_is_recommended_unless_told_otherwise() -> None:
    assert Passwords().hash("kata sandi").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_whoever_finds_all_seats_taken_waits_a_moment_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.passwords._PATIENCE", 0.01)
    busy = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    kept = busy.hash("kata sandi")
    taken = [busy._seats.acquire() for _ in range(4)]
    with pytest.raises(PasswordsBusyError):
        busy.check(kept, "kata sandi")
    for _ in taken:
        busy._seats.release()
    assert busy.check(kept, "kata sandi") is Verdict.RIGHT
