"""The memory of a worker: kept from batch to batch."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_TRIM_THRESHOLD: Final = -1  # the names of mallopt(3) are numbers
_MMAP_THRESHOLD: Final = -3
_KEPT: Final = 64 * 2**20
_LARGEST: Final = 32 * 2**20


def keep_memory() -> bool:
    """Let the C library keep up to 64 MB of freed memory; False where it has no such setting.

    glibc gives each freed block of a batch's size back to the kernel and fetches it again, page by page, for
    the next batch: a quarter of the time that a batch takes to read. Only Linux with glibc has the setting.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return bool(mallopt and mallopt(_TRIM_THRESHOLD, _KEPT) and mallopt(_MMAP_THRESHOLD, _LARGEST))
