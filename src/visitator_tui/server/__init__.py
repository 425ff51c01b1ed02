"""The municipality's sync service: takes what laptops push, tells them what others changed. Extra ``server``.

An HTTP service over PostgreSQL (SQLite for a trial). Stateless between requests: any number of workers
and instances may run beside each other; what must be serial is serial in the database.
"""
