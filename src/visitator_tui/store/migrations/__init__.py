"""How the database came to look as it does: one revision per change, run by Alembic in-process."""
