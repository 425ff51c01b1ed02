"""A search that reads no more than it finds: an index by three letters, and the function that may use it."""

from __future__ import annotations

from alembic import op

from visitator_tui.server.migrations.security import SERVICE_ROLE, on_postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Under row level security PostgreSQL does not use an index for LIKE, which might tell what it compared with. So the
# function runs as its owner, names the municipality itself, and tells ids alone; the rows are read under the policy.
# It is planned for the words at hand each time: what is rare is found by index, what is common by newest first.
_FUNCTION = """
CREATE FUNCTION found_cases(longest text, patterns text[], most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, {schema}, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE 'SELECT id FROM records WHERE tenant = $4 AND kind = ''case'' AND NOT deleted '
        'AND search LIKE $1 AND search LIKE ALL ($2) ORDER BY seq DESC LIMIT $3'
        USING longest, patterns, most, current_setting('visitator.tenant', true);
END $$
"""

# Where the server lacks pg_trgm (Debian: in the package postgresql itself) a search reads the municipality's cases.
_INDEX = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX ix_records_search ON records USING gin (search gin_trgm_ops) WHERE kind = 'case' AND NOT deleted;
EXCEPTION WHEN feature_not_supported OR undefined_file OR insufficient_privilege OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not here: a search reads all cases of the municipality';
END $$
"""


def upgrade() -> None:
    """Make both; SQLite, for a trial, reads all."""
    if on_postgresql():
        schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
        op.execute(_FUNCTION.format(schema=schema))
        op.execute("REVOKE ALL ON FUNCTION found_cases FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION found_cases TO {SERVICE_ROLE}")
        op.execute(_INDEX)
