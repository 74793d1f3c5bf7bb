"""A copy that is needed for a moment leaves nothing behind, and nothing of a killed program stays."""

import os
from pathlib import Path

import pytest

from desktop.models.store.spare import spare_folder

LONG_AGO = 1_000_000_000


def test_it_is_gone_afterwards_whatever_happens(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), spare_folder(tmp_path, "backup") as spare:  # noqa: PT012 the end comes last
        (spare / "whole").write_bytes(b"x")
        raise RuntimeError("the power is cut")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_goes_and_what_is_at_work_stays(tmp_path: Path) -> None:
    names = (".berdaya-backup-a", ".berdaya-backup-b", "backup-2025")
    left, at_work, other = (tmp_path / name for name in names)
    for folder in (left, at_work, other):
        folder.mkdir()
        (folder / "whole").write_bytes(b"x")
    for folder in (left, other):  # the last is somebody's own
        os.utime(folder, (LONG_AGO, LONG_AGO))
    with spare_folder(tmp_path, "backup"):
        assert not left.exists()
        assert at_work.exists()
        assert other.exists()
