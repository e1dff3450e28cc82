"""The second engine: an archive in a PostgreSQL database, searched by its words and by pgvector.

Imported only where the address of such a database is given.
"""
