"""The frozen trainer's way in: what `python -m pneumo_training` is to an installed one."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # first: the child that exports a network ends here
    from pneumo_training.__main__ import start

    sys.exit(start())
