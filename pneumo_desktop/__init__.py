"""Pneumo Desktop: a second reader for chest X-rays that runs offline on an ordinary PC."""

__version__ = "0.1.0"
