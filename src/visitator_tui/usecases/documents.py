"""Documents that are not cases: the register of preventive visits, the samples that were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from .ports import Actor


@dataclass(frozen=True)
class KeptDocument:
    """A document as it is kept: its id, how often it was saved, what lists show, and its JSON."""

    id: str
    revision: int
    name: str
    body: str


class DocumentStore(Protocol):
    """Documents by kind, in the same encrypted database as the cases. Every method raises StoreError."""

    def documents(self, kind: str) -> list[KeptDocument]:
        """Every document of a kind, in the order they were made."""

    def documents_mark(self, kind: str) -> str:
        """Another text whenever a document of a kind was made, written or taken away; cheap, reads no body."""

    def add_documents(
        self, kind: str, bodies: Sequence[tuple[str, str]], actor: Actor, now: datetime
    ) -> list[KeptDocument]:
        """Keep new documents, given as (name, body), in one transaction with an audit entry each."""

    def save_documents(
        self, kind: str, changed: Sequence[KeptDocument], actor: Actor, now: datetime
    ) -> list[KeptDocument]:
        """Write documents anew, all or none. Raises StaleError when one was saved since it was read."""
