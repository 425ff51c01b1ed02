"""The municipality's side of the sync: a small service over PostgreSQL (extra ``server``)."""
