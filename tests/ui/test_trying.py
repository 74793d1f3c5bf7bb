"""`berdaya try`: a questionnaire opens as a facilitator will see it, and nothing of it stays."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import App
from desktop.commands import try_questionnaire
from desktop.ui.pages.visit.page import VisitPage
from tests.ui.conftest import RESOURCES

FORM = RESOURCES / "questionnaires" / "household_visit.json"


def test_the_form_is_shown_with_a_family_that_does_not_exist(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = FORM.read_text(encoding="utf-8").replace('"household_visit"', '"percobaan"', 1)
    file = tmp_path / "percobaan.json"
    file.write_text(text, encoding="utf-8")
    seen: list[tuple[str, list[str], Path]] = []
    begin = App.start

    def start(program: App) -> None:
        def look() -> None:
            page = program.window.page
            if isinstance(page, VisitPage) and page.visit is not None:
                names = sorted(member.name for member in page.visit.basis.members)
                seen.append((page.visit.form.id, names, program.paths.data))
                timer.stop()
                program.window.close()
                app.quit()

        timer = QTimer(program.window, interval=20)
        timer.timeout.connect(look)
        timer.start()
        begin(program)

    monkeypatch.setattr(App, "start", start)
    assert try_questionnaire.run([str(file)]) == 0
    ((name, people, folder),) = seen
    assert name == "percobaan"
    assert people == ["Anak Contoh", "Bapak Contoh", "Ibu Contoh"]
    assert not folder.exists()


def test_what_is_no_form_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.json"
    file.write_text("{}", encoding="utf-8")
    assert try_questionnaire.run([str(file)]) == 1
    assert "missing" in capsys.readouterr().err
    assert try_questionnaire.run([str(tmp_path / "nothing.json")]) == 1
