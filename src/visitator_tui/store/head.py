"""The audit's head kept outside the database, so that a cut tail is noticed when it is opened."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .files import write_private

_FORMAT: Final = "visitator-head/1"


class HeadError(Exception):
    """The head file is damaged, or is not of this database."""


@dataclass(frozen=True)
class Head:
    """The last audit entry: its number and its code."""

    seq: int
    mac: bytes


class HeadFile:
    """The small sealed file beside the database; written after every commit that has an audit entry."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key

    def read(self) -> Head | None:
        """The head as last written; None if there is no file. Raises HeadError or OSError."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            document = json.loads(content)
            head = Head(int(document["seq"]), bytes.fromhex(document["mac"]))
            seal = bytes.fromhex(document["seal"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise HeadError from None
        if not hmac.compare_digest(seal, self._seal(head)):
            raise HeadError
        return head

    def write(self, head: Head) -> None:
        """Replace the file. Raises OSError; the next write then catches up."""
        document = {"format": _FORMAT, "seq": head.seq, "mac": head.mac.hex(), "seal": self._seal(head).hex()}
        write_private(self.path, json.dumps(document).encode("ascii"))

    def _seal(self, head: Head) -> bytes:
        return hmac.digest(self._key, f"{_FORMAT} {head.seq} {head.mac.hex()}".encode("ascii"), "sha256")
