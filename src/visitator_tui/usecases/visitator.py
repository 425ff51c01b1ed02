"""Who sits at this laptop, as letters and records name her."""

from __future__ import annotations

import json

from .ports import VISITATOR_NAME, CaseStore


def visitator_name(store: CaseStore, otherwise: str) -> str:
    """The name given when the database was made; else ``otherwise``. Raises StoreError."""
    stored = store.setting(VISITATOR_NAME)
    return str(json.loads(stored)) if stored else otherwise
