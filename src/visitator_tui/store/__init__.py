"""The encrypted database on this laptop."""

from .vault import SqlCipherVault, open_throwaway, preload

__all__ = ["SqlCipherVault", "open_throwaway", "preload"]
