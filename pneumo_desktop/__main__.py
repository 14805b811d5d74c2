"""Start the command line or the window: `python -m pneumo_desktop`, and both entry points."""

import multiprocessing
import sys


def main() -> int:
    """Run what the command line asks for and return the exit status."""
    multiprocessing.freeze_support()  # first: a frozen child of the sandbox ends here
    try:
        from pneumo_desktop.cli import run  # noqa: PLC0415 - children need none of it

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while still loading
        return 130


if __name__ == "__main__":
    sys.exit(main())
