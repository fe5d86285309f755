"""Tables, queries and the change feed; SQLite and PostgreSQL behind one code path."""
