"""Many small numbers as bytes: a tuple of them takes eight times the memory."""

from __future__ import annotations

import struct
from collections.abc import Sequence

WIDTH = 4
"""Bytes of a number."""


def packed(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def unpacked(data: bytes) -> tuple[int, ...]:
    """What ``packed`` packed."""
    return struct.unpack(f"<{len(data) // WIDTH}I", data)
