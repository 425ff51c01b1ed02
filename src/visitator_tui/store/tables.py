"""The tables of the local database. A migration for every change; a test holds the two together."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)


class Bytes(LargeBinary):
    """Bytes as the driver gives them: a tampered value of another type must reach the check that finds it."""

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """Leave the value alone."""
        return


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# One row per aggregate. The large texts stand last: SQLite then reads what the list shows without
# following a row to its end. Times are ISO 8601 in UTC, so that they sort as text.
#
# ``base`` is the document as the service has it, ``server_revision`` its revision there (0: none; without a
# base it is deleted there), ``server_at`` when it was stored there. ``changed``: something is to be sent.
# ``doubt``: the service was restored from a backup, and it is not known whether it has what we know.
# ``gone_at``: somebody else's since then. ``refused``: why the service will not have it.
documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("revision", Integer, CheckConstraint("revision > 0", name="revision_counts"), nullable=False),
    Column("changed", Boolean, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("birth_date", Text, nullable=False),
    Column("municipality", Text, nullable=False),
    Column("received_on", Text, nullable=False),
    Column("decided_on", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("deleted", Boolean, nullable=False, server_default="0"),
    Column("doubt", Boolean, nullable=False, server_default="0"),
    Column("server_revision", Integer, nullable=False, server_default="0"),
    Column("server_seq", Integer, nullable=False, server_default="0"),
    Column("server_at", Text, nullable=False, server_default=""),
    Column("assigned_to", Text, nullable=False, server_default=""),
    Column("base_assigned_to", Text, nullable=False, server_default=""),
    Column("changed_by", Text, nullable=False, server_default=""),
    Column("gone_at", Text, nullable=False, server_default=""),
    Column("refused", Text, nullable=False, server_default=""),
    Column("place", Text, nullable=False),
    Column("drafts", Text, nullable=False),
    Column("search", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("base", Text),
    Index(None, "kind", "changed_at"),  # the first screenful of the list without reading every row
    Index(None, "changed", "kind"),  # what sync has to send
)

letters = Table(
    "letters",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("case_id", Text, ForeignKey("documents.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("pdf", Bytes, nullable=False),
)

# Letters on their way to paper. A row stays when its letter is printed or taken out: it says when and where.
print_queue = Table(
    "print_queue",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("letter_id", Text, ForeignKey("letters.id"), nullable=False, index=True),
    Column("revision", Integer, CheckConstraint("revision > 0", name="revision_counts"), nullable=False),
    Column("added_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("copies", Integer, CheckConstraint("copies > 0", name="copies_count"), nullable=False),
    Column("two_sided", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("printer", Text, nullable=False),
    Column("job", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# What has to happen in a case and when (Min dag): derived from the case, so replaced whenever it is saved.
tasks = Table(
    "tasks",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("case_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("seen_from", Text, nullable=False, index=True),
    Column("due", Text, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("body", Text, nullable=False),
)

# Under what a case's tasks were reckoned. A case without a row, or with another stamp, is reckoned again.
reckoned = Table(
    "reckoned",
    metadata,
    Column("case_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("stamp", Text, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("case_id", Text, ForeignKey("documents.id")),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False, index=True),
    Column("detail", Text, nullable=False),
    Column("prev", Bytes, nullable=False),
    Column("mac", Bytes, nullable=False),
)

# remove_diacritics 0: å, æ and ø are letters of their own.
SEARCH_INDEX: Final = (
    "CREATE VIRTUAL TABLE document_search USING fts5(search, content='documents', "
    "content_rowid='number', tokenize='unicode61 remove_diacritics 0')"
)

# Not part of any migration: a batch rebuild drops triggers without a word, so all of them are taken
# down before an upgrade and put up after it. The insert guards stop INSERT OR REPLACE.
TRIGGERS: Final = {
    "documents_search_insert": (
        "AFTER INSERT ON documents BEGIN "
        "INSERT INTO document_search(rowid, search) VALUES (new.number, new.search); END"
    ),
    "documents_search_update": (
        "AFTER UPDATE OF search ON documents WHEN old.search IS NOT new.search BEGIN "
        "INSERT INTO document_search(document_search, rowid, search) "
        "VALUES ('delete', old.number, old.search); "
        "INSERT INTO document_search(rowid, search) VALUES (new.number, new.search); END"
    ),
    "documents_search_delete": (
        "AFTER DELETE ON documents BEGIN "
        "INSERT INTO document_search(document_search, rowid, search) "
        "VALUES ('delete', old.number, old.search); END"
    ),
    # However a case comes to be written, its tasks no longer count as reckoned until they are.
    "documents_tasks_stale": (
        "AFTER UPDATE OF body ON documents WHEN old.body IS NOT new.body BEGIN "
        "DELETE FROM reckoned WHERE case_id = old.id; END"
    ),
    "letters_no_update": (
        "BEFORE UPDATE ON letters BEGIN SELECT RAISE(ABORT, 'a made letter is never changed'); END"
    ),
    "letters_no_delete": (
        "BEFORE DELETE ON letters "
        "WHEN NOT EXISTS (SELECT 1 FROM sync_leaving WHERE case_id = old.case_id) "
        "BEGIN SELECT RAISE(ABORT, 'a made letter is never deleted'); END"
    ),
    "letters_no_replace": (
        "BEFORE INSERT ON letters "
        "WHEN EXISTS (SELECT 1 FROM letters WHERE id = new.id OR number = new.number) "
        "BEGIN SELECT RAISE(ABORT, 'a made letter is never replaced'); END"
    ),
    "audit_no_update": (
        "BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END"
    ),
    "audit_no_delete": ("BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never cut'); END"),
    "audit_only_append": (
        "BEFORE INSERT ON audit WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit) "
        "BEGIN SELECT RAISE(ABORT, 'the audit only grows at its end'); END"
    ),
}


def drop_triggers(connection: Connection) -> None:
    """Take the triggers down, for the length of an upgrade's transaction."""
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    for name in names:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def create_triggers(connection: Connection) -> None:
    """Put the triggers up."""
    for name, body in TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
