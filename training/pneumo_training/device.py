"""What TensorFlow computes on: a GPU where it finds one, else all cores of the CPU."""

import os

import tensorflow as tf


def device() -> str:
    """Return the device in words, for example "the CPU (2 cores)"."""
    found = tf.config.list_physical_devices("GPU")
    if not found:
        cores = _cores()
        return f"the CPU ({cores} core{'s' if cores > 1 else ''})"
    details = tf.config.experimental.get_device_details(found[0])
    name = f"GPU {details.get('device_name', found[0].name)}"
    return name if len(found) == 1 else f"{name}, the first of {len(found)}"


def _cores() -> int:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on Windows and macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
