"""How much memory the training program holds, and has held at most."""

import ctypes
import mmap
import multiprocessing
import sys
from pathlib import Path

_PAGE = mmap.PAGESIZE

if sys.platform == "win32":
    from ctypes import wintypes

    _SIZES = (
        "PeakWorkingSetSize",
        "WorkingSetSize",
        "QuotaPeakPagedPoolUsage",
        "QuotaPagedPoolUsage",
        "QuotaPeakNonPagedPoolUsage",
        "QuotaNonPagedPoolUsage",
        "PagefileUsage",
        "PeakPagefileUsage",
    )

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of the Windows API (psapi.h)."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in _SIZES),
        )

    def peak_bytes() -> int:
        """Return the peak of this process."""
        counters = _Counters(cb=ctypes.sizeof(_Counters))
        process = ctypes.windll.kernel32.GetCurrentProcess()
        ctypes.windll.kernel32.K32GetProcessMemoryInfo(
            wintypes.HANDLE(process), ctypes.byref(counters), counters.cb
        )
        return int(counters.PeakWorkingSetSize)

else:
    import resource

    def peak_bytes() -> int:
        """Return the peak of this process."""
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
        return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def held_bytes() -> int:
    """Return what this process and its children hold now; 0 where the system does not tell.

    Only Linux tells. The peaks of children are of no use: each begins with its parent's.
    """
    processes = ["self", *(str(child.pid) for child in multiprocessing.active_children())]
    told = [Path("/proc", process, "statm") for process in processes]
    return _PAGE * sum(_pages(file) for file in told)


def _pages(file: Path) -> int:
    try:
        return int(file.read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):  # it has just ended, or this is no Linux
        return 0
