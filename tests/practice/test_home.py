"""Where a practice lies, and that nothing else is ever removed."""

from pathlib import Path

import pytest

from desktop.practice.failures import PracticeFailure, PracticeFault
from desktop.practice.home import PracticeHome


def test_it_is_filled_once_and_removed_whole(tmp_path: Path) -> None:
    home = PracticeHome.in_folder(tmp_path / "practice")
    assert not home.is_filled
    home.begin()
    assert not home.is_filled
    home.note_filled()
    assert PracticeHome.in_folder(tmp_path / "practice").is_filled
    assert tmp_path in home.paths.data.parents
    home.discard()
    assert not home.folder.exists()


def test_what_a_broken_filling_left_is_removed(tmp_path: Path) -> None:
    home = PracticeHome.in_folder(tmp_path / "practice")
    home.begin()
    (home.folder / "half").write_text("")
    home.begin()
    assert not (home.folder / "half").exists()


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("penting")
    with pytest.raises(PracticeFailure) as failure:
        PracticeHome.in_folder(tmp_path)
    assert failure.value.fault is PracticeFault.NOT_A_PRACTICE_FOLDER
    PracticeHome(tmp_path).discard()
    assert (tmp_path / "letter.txt").exists()
