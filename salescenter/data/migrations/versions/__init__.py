"""One file for each version of the tables; Alembic finds them here."""
