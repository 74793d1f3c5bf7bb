"""The journey itself, with few families and without pictures."""

import json
from pathlib import Path

from desktop.practice.journey import Journey
from tests.practice.conftest import RESOURCES, VERSION


def test_two_laptops_and_the_province_agree_at_the_end(tmp_path: Path) -> None:
    said: list[str] = []
    journey = Journey(tmp_path, RESOURCES, VERSION, said.append, families=24, with_pictures=False)
    assert journey.play(), "\n".join(said)
    result = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert result["ok"]
    assert result["agreement"]["count"] == 0
    assert result["traffic"].keys() == {"siti", "budi"}
    assert {check["name"] for check in result["checks"]} >= {
        "killed_in_the_middle",
        "draft_recovered",
        "conflict_keeps_both_values",
        "decision_reaches_the_other_laptop",
        "all_three_agree",
    }
    assert not (tmp_path / "work").exists()
