"""Which version of a questionnaire is asked: a visit that was begun goes on with its own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.queries.questionnaires import HOUSEHOLD_VISIT, FormNotHereError, Forms
from desktop.models.store.local import Store
from resources.questionnaires.build import FOLDER, keep_earlier
from tests.models.queries.families import opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path / "store")
    yield made
    made.close()


def test_a_release_with_a_new_version_keeps_the_one_before(store: Store, tmp_path: Path) -> None:
    shipped = tmp_path / f"{HOUSEHOLD_VISIT}.json"
    form = json.loads((FOLDER / shipped.name).read_text(encoding="utf-8"))
    for version in (1, 2, 2, 3):
        keep_earlier(shipped, version)
        shipped.write_text(json.dumps(form | {"version": version}), encoding="utf-8")

    forms = Forms(tmp_path)
    with store.reading() as connection:
        assert forms.current(connection).version == 3
        for version in (1, 2, 3):
            assert forms.begun(connection, HOUSEHOLD_VISIT, version).version == version
        assert [form.version for form in forms.offered(connection)] == [3]
        with pytest.raises(FormNotHereError):
            forms.begun(connection, HOUSEHOLD_VISIT, 4)
