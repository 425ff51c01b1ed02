"""Documents of other kinds than cases: one row each in the same table, so that they sync as cases do."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import func, insert, select, update

from visitator_tui.usecases.documents import KeptDocument
from visitator_tui.usecases.ports import Actor, StaleError

from .audit import utc
from .store import SqlCipherStore
from .tables import documents

_EMPTY: Final = dict.fromkeys(
    ("birth_date", "municipality", "received_on", "decided_on", "state", "search"), ""
)


class KindStore:
    """The DocumentStore of an open database. Its methods may be called from any thread."""

    def __init__(self, store: SqlCipherStore) -> None:
        self._store = store

    def documents(self, kind: str) -> list[KeptDocument]:
        """Every document of a kind, in the order they were made."""
        query = select(documents.c.id, documents.c.revision, documents.c.name, documents.c.body)
        with self._store._reading() as connection:
            found = connection.execute(query.where(documents.c.kind == kind).order_by(documents.c.number))
            return [KeptDocument(*row) for row in found]

    def documents_mark(self, kind: str) -> str:
        """Another text whenever a document of a kind was made, written or taken away; reads no body."""
        seen = (func.count(), func.sum(documents.c.revision), func.max(documents.c.changed_at))
        with self._store._reading() as connection:
            return str(tuple(connection.execute(select(*seen).where(documents.c.kind == kind)).one()))

    def add_documents(
        self, kind: str, bodies: Sequence[tuple[str, str]], actor: Actor, now: datetime
    ) -> list[KeptDocument]:
        """Keep new documents; the audit names kind and id, never the name."""
        made = [KeptDocument(str(uuid.uuid4()), 1, name, body) for name, body in bodies]
        if not made:
            return []
        with self._store.writing() as work:
            work.connection.execute(
                insert(documents),
                [
                    {
                        "id": one.id, "kind": kind, "revision": 1, "changed": True, "changed_at": utc(now),
                        "name": one.name, "body": one.body, "place": "{}", "drafts": "{}", **_EMPTY,
                    }
                    for one in made
                ],
            )  # fmt: skip
            for one in made:
                work.note(now, actor, f"{kind}.created", kind, one.id, revision=1)
        return made

    def save_documents(
        self, kind: str, changed: Sequence[KeptDocument], actor: Actor, now: datetime
    ) -> list[KeptDocument]:
        """Write documents anew, all or none; StaleError when one was saved since it was read."""
        with self._store.writing() as work:
            for one in changed:
                here = (
                    documents.c.id == one.id,
                    documents.c.kind == kind,
                    documents.c.revision == one.revision,
                )
                written = work.connection.execute(
                    update(documents)
                    .where(*here)
                    .values(
                        revision=one.revision + 1,
                        changed=True,
                        refused="",
                        changed_at=utc(now),
                        name=one.name,
                        body=one.body,
                    )
                )
                if written.rowcount != 1:
                    raise StaleError(
                        "Oplysningerne er gemt et andet sted, siden de blev åbnet her, så denne ændring er ikke "
                        "gemt. Luk skærmen, åbn den igen, og skriv ændringen ind på ny."
                    )
                work.note(now, actor, f"{kind}.saved", kind, one.id, revision=one.revision + 1)
        return [replace(one, revision=one.revision + 1) for one in changed]
