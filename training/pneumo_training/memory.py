"""The most memory that this process and its children have held so far."""

import ctypes
import sys

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
        """Return the peak of this process; children are not counted on Windows."""
        counters = _Counters(cb=ctypes.sizeof(_Counters))
        process = ctypes.windll.kernel32.GetCurrentProcess()
        ctypes.windll.kernel32.K32GetProcessMemoryInfo(
            wintypes.HANDLE(process), ctypes.byref(counters), counters.cb
        )
        return int(counters.PeakWorkingSetSize)

else:
    import resource

    def peak_bytes() -> int:
        """Return the peak of this process, and of the largest child that has ended."""
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
        who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return unit * sum(resource.getrusage(each).ru_maxrss for each in who)
