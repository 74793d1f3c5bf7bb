"""How much more memory a photo takes while it is prepared: `python -m tests.models.attachments.memory FILE`."""

import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop.models.attachments.photos import prepare_photo
from tests.models.attachments.pictures import encoded, quarters

MEGA = 1 << 20


def peak() -> int:
    """The most bytes that this process ever had."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(path: Path) -> None:
    """Prepares a small picture, so that everything is loaded, and then the file; says the difference."""
    now = datetime.now(UTC)
    prepare_photo(encoded(quarters()), now)
    content = path.read_bytes()
    before = peak()
    prepare_photo(content, now)
    sys.stdout.write(str((peak() - before) // MEGA))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
