"""The most memory that this process and its children have held so far."""

import ctypes
import sys
from pathlib import Path

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
        """Return the most held by this process, or by it as it is now and its largest child."""
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
        own, child = (
            unit * resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        return max(own, _held(own) + child)

    def _held(peak: int) -> int:
        """Return what this process holds now; its peak where the system does not tell (macOS)."""
        told = Path("/proc/self/statm")
        if not told.is_file():
            return peak
        return int(told.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
