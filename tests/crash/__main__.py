"""kill -9 under load, and power loss: `python -m tests.crash --kills N --target client|server`."""

import sys


def main() -> int:
    """Runs the command where it can run."""
    if sys.platform != "linux":
        sys.stderr.write("Needs Linux: only there can it stop processes and ask for their locks.\n")
        return 2
    from tests.crash import command  # noqa: PLC0415 it imports what only POSIX has

    return command.main()


if __name__ == "__main__":
    sys.exit(main())
