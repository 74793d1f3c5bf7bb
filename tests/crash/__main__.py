"""kill -9 under load, and power loss: `python -m tests.crash --kills N --target client|server`."""

import sys

from tests.crash import disk

_ON_THE_LAYER = {"--power-loss", "--mutants"}


def main() -> int:
    """Runs the command where it can run."""
    if sys.platform != "linux":
        sys.stderr.write("Needs Linux: only there can it stop processes and ask for their locks.\n")
        return 2
    if _ON_THE_LAYER & set(sys.argv) and not disk.is_loaded():
        return disk.run_with_layer(["-m", "tests.crash", *sys.argv[1:]])
    from tests.crash import command  # noqa: PLC0415 it takes long, and needs what only POSIX has

    return command.main()


if __name__ == "__main__":
    sys.exit(main())
