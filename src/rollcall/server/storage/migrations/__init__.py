"""The revisions of the database, applied by Alembic."""
