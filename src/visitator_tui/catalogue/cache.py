"""The parsed form of catalogue files, kept because reading YAML is slow.

A cache file holds the catalogue's content as JSON: a key made of the program's version and the
file's bytes, the checksum of the content, the content. Whatever is wrong with it, it counts as absent.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from visitator_tui import __version__
from visitator_tui.usecases.files import FileError, write_whole

_FORM = b"1"


class CatalogueCache:
    """Cache files in a folder; with no folder, or one that cannot be written, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, source: Path, data: bytes) -> str | None:
        """The content of ``source``, whose bytes are ``data``, as JSON; None if it is not at hand."""
        if self._folder is None:
            return None
        try:
            key, checksum, content = self._file(source).read_text("utf-8").split("\n", 2)
        except (OSError, ValueError):
            return None
        return content if (key, checksum) == (_key(data), _checksum(content)) else None

    def put(self, source: Path, data: bytes, content: str) -> None:
        """Keep the content; what cannot be written is not kept."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError, FileError):
            self._folder.mkdir(parents=True, exist_ok=True)
            whole = f"{_key(data)}\n{_checksum(content)}\n{content}"
            write_whole(self._file(source), whole.encode())

    def _file(self, source: Path) -> Path:
        place = hashlib.sha256(str(source.absolute()).encode(errors="surrogateescape")).hexdigest()[:16]
        return (self._folder or Path()) / f"catalogue-{place}.json"


def _key(data: bytes) -> str:
    return hashlib.sha256(b"\0".join((_FORM, __version__.encode(), data))).hexdigest()


def _checksum(content: str) -> str:
    return hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()
