"""The long soak of sync: five laptops, a bad net, everything killed now and then, with 1 and 4 workers and 2 services.

    python benchmarks/sync_soak.py [words] [workers:instances …]

The default is 10,000 words for each of 1:1, 4:1 and 2:2. It needs PostgreSQL (Debian: postgresql) and ends
with 1 when a word was lost or doubled, or a laptop is unlike the service.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "servers"))

from postgres import postgres_server
from soak import Plan, run


def main() -> int:
    """Soak each configuration in turn."""
    words = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    chosen = [tuple(map(int, one.split(":"))) for one in sys.argv[2:]] or [(1, 1), (4, 1), (2, 2)]
    clean = True
    with postgres_server() as postgres:
        for workers, instances in chosen:
            plan = Plan(
                edits=words,
                workers=workers,
                instances=instances,
                kill_every=10,
                seed=int(time.time()),
                cases=30,
            )
            with tempfile.TemporaryDirectory(prefix="soak-") as folder:
                report = run(plan, postgres, Path(folder))
            print(f"{workers} workers, {instances} instances, seed {plan.seed}: {report}", flush=True)
            clean = clean and report.clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
