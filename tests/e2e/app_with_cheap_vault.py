"""The real app on a database whose passphrase is quick to try: for tests that start it many times.

``VISITATOR_TEST_CLOCK`` may name a file that says what time it is; a test lets days go by in it.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from visitator_tui.composition import _run, now, own_services, reckoning
from visitator_tui.settings import data_folder, read_settings
from visitator_tui.store import SqlCipherVault, keyfile

CHEAP = keyfile.KdfCost(memory_kib=8, iterations=1, lanes=1)


def clock() -> datetime:
    """The time the test says it is, else the machine's."""
    told = os.environ.get("VISITATOR_TEST_CLOCK")
    return datetime.fromisoformat(Path(told).read_text()) if told else now()


def main() -> int:
    """``visitator-tui`` itself, but for what a new passphrase costs to try."""
    return _run(
        own_services(
            read_settings(),
            clock=clock,
            vault=lambda: SqlCipherVault(data_folder(), "pc-1", cost=CHEAP, reckoning=reckoning),
        )
    )


if __name__ == "__main__":
    raise SystemExit(main())
