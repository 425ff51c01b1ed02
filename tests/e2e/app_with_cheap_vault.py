"""The real app on a database whose passphrase is quick to try: for tests that start it many times."""

from __future__ import annotations

from visitator_tui.composition import _run, own_services, reckoning
from visitator_tui.settings import data_folder, read_settings
from visitator_tui.store import SqlCipherVault, keyfile

CHEAP = keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)


def main() -> int:
    """``visitator-tui`` itself, but for what a new passphrase costs to try."""
    return _run(
        own_services(
            read_settings(),
            vault=lambda: SqlCipherVault(data_folder(), "pc-1", cost=CHEAP, reckoning=reckoning),
        )
    )


if __name__ == "__main__":
    raise SystemExit(main())
