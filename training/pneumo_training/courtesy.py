"""Training goes behind what a reader does meanwhile on the same computer."""

import ctypes
import os
import sys

_NICE = 10  # of 19
_BELOW_NORMAL = 0x4000  # BELOW_NORMAL_PRIORITY_CLASS of the Windows API
_FEW = 2  # cores of which none is left idle: the priority has to do


def step_back() -> None:
    """Lower the priority of this process and those it starts, and leave a core of many to others.

    Call before TensorFlow is imported, which then counts its threads.
    """
    cores = os.cpu_count() or 1
    if cores > _FEW:
        os.environ.setdefault("TF_NUM_INTRAOP_THREADS", str(cores - 1))
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(max(0, _NICE - os.nice(0)))
