"""Finding a case of the municipality by search, and following it: how a case reaches a laptop besides assignment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ARRAY, ColumnElement, Text, and_, delete, func, insert, literal, select

from . import audit, handover
from .ledger import Ledger
from .listed import CASE, folded
from .principal import Principal
from .refusal import Refusal
from .tables import follows, records
from .times import Clock, utc

MOST_FOUND: Final = 100
_MOST_WORDS: Final = 10
_ESCAPED: Final = re.compile(r"[\\%_]")
_BEFORE: Final = r"\\\g<0>"


class Cases:
    """Search, follow, unfollow."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self.ledger = ledger
        self.clock = clock

    def search(self, principal: Principal, typed: str, limit: int) -> list[dict[str, Any]]:
        """The cases that have every word typed, newest change first; nothing for nothing typed."""
        words = folded(typed.replace("\0", " ")).split()[:_MOST_WORDS]
        if not words:
            return []
        shown = (
            records.c.id,
            records.c.name,
            records.c.birth_date,
            records.c.state,
            records.c.assigned_to,
            records.c.changed_at,
        )
        with_words = self._with_words(words, limit)
        query = select(*shown).where(records.c.tenant == principal.tenant, records.c.kind == CASE, with_words)
        query = query.where(records.c.deleted.is_(False)).order_by(records.c.seq.desc()).limit(limit)
        with self.ledger.database.writing(principal.tenant) as connection:  # the audit
            found = [dict(row) for row in connection.execute(query).mappings()]
            audit.note(connection, principal, "search", [row["id"] for row in found], utc(self.clock()))
        return found

    def _with_words(self, words: Sequence[str], limit: int) -> ColumnElement[bool]:
        """Whether a row has every word. PostgreSQL has a function for it that may use an index (migration 0003)."""
        if not self.ledger.database.is_postgresql:
            return and_(*(records.c.search.contains(word, autoescape=True) for word in words))
        patterns = sorted((f"%{_ESCAPED.sub(_BEFORE, word)}%" for word in words), key=len)
        found = func.found_cases(patterns[-1], literal(patterns, ARRAY(Text)), limit)
        return records.c.id.in_(select(found.column_valued("found_id")))

    def follow(self, principal: Principal, case_id: str) -> None:
        """Let her have the case: it comes with her next changes. Raises Refusal 404 if there is no such case."""
        now = utc(self.clock())
        with self.ledger.database.writing(principal.tenant) as connection:
            self.ledger.lock(connection, principal.tenant)
            case = connection.execute(
                select(records.c.id).where(
                    records.c.tenant == principal.tenant, records.c.id == case_id, records.c.kind == CASE
                )
            ).first()
            if case is None:
                raise Refusal(404, "not_found")
            where = _following(principal, case_id)
            if connection.execute(select(follows.c.at).where(*where)).first() is None:
                connection.execute(
                    insert(follows).values(
                        tenant=principal.tenant, user_id=principal.user, case_id=case_id, at=now
                    )
                )
            # Also when she follows it already: it may have left her laptop, and is asked for again.
            ids = handover.touch_case(self.ledger, connection, principal.tenant, case_id)
            handover.returned(connection, principal.tenant, principal.user, ids)
            audit.note(connection, principal, "follow", [case_id], now)

    def unfollow(self, principal: Principal, case_id: str) -> None:
        """She needs the case no more; unless it is hers otherwise, her laptop is told that it is gone."""
        with self.ledger.database.writing(principal.tenant) as connection:
            self.ledger.lock(connection, principal.tenant)
            if connection.execute(delete(follows).where(*_following(principal, case_id))).rowcount:
                left = handover.of_case(connection, principal.tenant, case_id)
                gone = [(id_, kind, principal.user) for id_, kind, owner in left if owner != principal.user]
                handover.depart(self.ledger, connection, principal.tenant, gone)
                audit.note(connection, principal, "unfollow", [case_id], utc(self.clock()))


def _following(principal: Principal, case_id: str) -> tuple[Any, ...]:
    return (
        follows.c.tenant == principal.tenant,
        follows.c.user_id == principal.user,
        follows.c.case_id == case_id,
    )
