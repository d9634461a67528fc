"""The size in pixels of an image, from the first bytes of its file."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Callable

from vault.disk import stats
from vault.disk.digests import CHUNK, chunks, digest_of_chunks
from vault.disk.read import opened, same
from vault.patterns import lazy
from vault.records import Attachment, Found, Vault

Size = tuple[int, int]
UNKNOWN: Size = (0, 0)
_ROOT = lazy(rb"<svg\b[^>]{0,4000}", re.IGNORECASE)
_ATTRIBUTE = lazy(rb"""(?<![\w-])(width|height|viewBox)\s*=\s*["']\s*([^"']{1,100})["']""", re.IGNORECASE)


def measure(vault: Vault, found: Found) -> tuple[Attachment | None, Found | None]:
    """The file with its pixel size, without digest, and the stat they belong to (None: still changing).

    None for a file that is gone or cannot be read.
    """
    if ending(found.path) not in READERS:
        return Attachment(found.path, found.file, found.size, ""), found
    try:
        fd = opened(vault, found.file)
        try:
            before = os.fstat(fd)
            width, height = pixels(found.path, os.pread(fd, CHUNK, 0))
            after = os.fstat(fd)
        finally:
            os.close(fd)
    except OSError:
        return None, None
    now = stats.found(found.path, found.file, after) if same(before, after) else None
    return Attachment(found.path, found.file, after.st_size, "", width, height), now


def digest(vault: Vault, attachment: Attachment) -> str:
    """The digest of its bytes; nothing when they cannot be read."""
    try:
        fd = opened(vault, attachment.file)
        try:
            return digest_of_chunks(chunks(fd))[0]
        finally:
            os.close(fd)
    except OSError:
        return ""


def ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def pixels(name: str, data: bytes) -> Size:
    """Width and height in CSS pixels as a browser shows them; (0, 0) where the bytes do not say."""
    reader = READERS.get(ending(name))
    try:
        width, height = reader(data) if reader else UNKNOWN
    except (struct.error, IndexError, ValueError):
        return UNKNOWN
    return (width, height) if 0 < width < 1_000_000 and 0 < height < 1_000_000 else UNKNOWN


def _png(data: bytes) -> Size:
    """PNG 1.2, section 4.1.1: IHDR is the first chunk."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        return UNKNOWN
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> Size:
    """GIF 89a, section 18: the logical screen."""
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        return UNKNOWN
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _jpeg(data: bytes) -> Size:
    """ITU T.81, B.2.2: the first frame header (SOFn); turned as its Exif orientation says."""
    if data[:2] != b"\xff\xd8":
        return UNKNOWN
    at, turned = 2, False
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return (height, width) if turned else (width, height)
        length = struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xE1:
            turned = turned or _turned(data[at + 4 : at + 2 + length])
        at += 2 + length
    return UNKNOWN


def _turned(exif: bytes) -> bool:
    """Exif 2.3, tag 0x0112: orientations 5 to 8 swap width and height."""
    if exif[:6] != b"Exif\0\0":
        return False
    tiff = exif[6:]
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        first = struct.unpack_from(order + "I", tiff, 4)[0]
        for n in range(struct.unpack_from(order + "H", tiff, first)[0]):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * n)
            if tag == 0x0112:
                return value in (5, 6, 7, 8)
    except struct.error:
        pass
    return False


def _webp(data: bytes) -> Size:
    """RFC 9649: VP8X canvas, VP8L header, or VP8 key frame (RFC 6386, 9.1)."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return UNKNOWN
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L" and data[20] == 0x2F:
        bits = struct.unpack_from("<I", data, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return UNKNOWN


def _svg(data: bytes) -> Size:
    """SVG 2, 8.2: width and height in px or without unit, else those of the viewBox."""
    root = _ROOT.search(data[:20_000])
    given = {name.lower(): value.strip() for name, value in _ATTRIBUTE.findall(root[0])} if root else {}
    width, height = (_css_pixels(given.get(name, b"")) for name in (b"width", b"height"))
    if width and height:
        return width, height
    box = re.split(rb"[\s,]+", given.get(b"viewbox", b""))
    return (_css_pixels(box[2]), _css_pixels(box[3])) if len(box) == 4 else UNKNOWN


def _css_pixels(text: bytes) -> int:
    match = re.fullmatch(rb"(\d{1,7}(?:\.\d{1,9})?)(?:px)?", text)
    return round(float(match[1])) if match else 0


READERS: dict[str, Callable[[bytes], Size]] = {
    "png": _png,
    "gif": _gif,
    "jpg": _jpeg,
    "jpeg": _jpeg,
    "webp": _webp,
    "svg": _svg,
}
