"""Pages wait until their scope is whole: up to the head that the province named last."""

from pathlib import Path

from desktop.models.store.local import Store
from desktop.sync.messages import Page
from desktop.sync.pull import stage, whole_scopes

VILLAGE = "36.01.01.2001"


def test_a_scope_that_grew_meanwhile_is_whole_at_its_new_end(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.writing() as connection:
        for first, last, head in ((0, 8, 10), (8, 10, 12)):
            stage(connection, [Page(VILLAGE, first, last, head, [])], "life")
        assert whole_scopes(connection) == [], "other scopes may know already what came after 10"
        stage(connection, [Page(VILLAGE, 10, 12, 12, [])], "life")
        assert whole_scopes(connection) == [VILLAGE]
    store.close()
