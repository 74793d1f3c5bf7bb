"""A photo that was said to be kept is there after a power cut at any moment."""

import json
from pathlib import Path

import pytest

from tests.crash.disk import NO_COMPILER, compiler, run_with_layer


@pytest.mark.skipif(compiler() is None, reason=NO_COMPILER)
def test_a_photo_that_was_kept_outlives_a_power_cut(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run_with_layer(["-m", "tests.crash.photos", str(tmp_path)]) == 0

    report = json.loads(capfd.readouterr().out)
    assert report["looks"] > 20
    assert report["lost"] == []
