"""What the application sees to before there is a window."""

import platform
import subprocess
import sys

import pytest

# One film freed teaches glibc to keep later ones on the heap, below a small block that stays.
FRAGMENTS = """
import os, sys
from pneumo_desktop.ui.application import return_large_blocks

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20

if sys.argv[1] == "kept":
    return_large_blocks()
import numpy as np
np.ones(24 << 20, np.uint8)
before = resident()
films, small = [], []
for _ in range(60):
    films.append(np.ones(1 << 20, np.uint8))
    small.append(np.ones(2000, np.uint8))
del films
print(resident() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone has this heap")
def test_memory_of_films_let_go_of_goes_back_to_the_system():
    def held(way):
        done = subprocess.run([sys.executable, "-c", FRAGMENTS, way], capture_output=True,
                              text=True, check=True)  # fmt: skip
        return int(done.stdout)

    assert held("left") > 40, "the heap keeps nothing here; the test shows nothing"
    assert held("kept") < 10
