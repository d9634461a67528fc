"""Are two sites the same, byte for byte?"""

from __future__ import annotations

import os

from vault.disk.digests import file_digest
from vault.disk.manifest import owned


def differences(out: str, other: str) -> tuple[str, ...]:
    """Paths of files that only one of two output folders owns, or that are not equal in both."""
    manifests = owned(out), owned(other)
    paths = {path for manifest in manifests if manifest for path in manifest.files}
    return tuple(p for p in sorted(paths) if _bytes(out, p) != _bytes(other, p))


def _bytes(folder: str, path: str) -> str:
    return file_digest(os.path.join(folder, path))
