"""What reading the catalogues adds to a start, beside what one would otherwise pick.

    python benchmarks/catalogues.py [--runs 9]

``cold`` is the first start: YAML with lines, checks, models, and the cache written. ``cached`` is every
later one. Below them the same files by other means, each up to the same models: PyYAML's own loader,
ruamel.yaml (``pip install 'visitator-tui[bench]'``; left out if it is not there) and plain JSON files, which
would be the quickest and which nobody wants to write by hand. The last part is measured in interpreters of
their own, because imports count as well. The budget is 100 ms.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.catalogue.reader import parse_catalogue
from visitator_tui.domain.standard import Standard
from visitator_tui.resources import asset

FOLDER = asset("catalogues")
FILES = sorted(FOLDER.glob("*.yaml"))
BUDGET = 100.0


def median_ms(work: Callable[[], object], runs: int) -> float:
    work()
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def line(name: str, ms: float, base: float) -> None:
    print(f"  {name:52} {ms:9.1f} ms   x {ms / base:7.1f}")


def models(documents: list[Any]) -> list[Standard]:
    return [
        Standard.model_validate_json(json.dumps(one, default=lambda day: day.isoformat()), strict=True)
        for one in documents
    ]


def with_pyyaml(loader: Any) -> list[Standard]:
    return models([yaml.load(file.read_bytes(), loader) for file in FILES])


def with_ruamel(kind: str) -> list[Standard]:
    from ruamel.yaml import YAML

    return models([YAML(typ=kind).load(file.read_text("utf-8")) for file in FILES])


ADDED = """
import time
import visitator_tui.domain.edit, visitator_tui.domain.standard  # the list of cases needs these anyway
from visitator_tui import composition
began = time.process_time()
composition.catalogues().all()
print((time.process_time() - began) * 1000)
"""


def added_ms(home: Path, runs: int) -> list[float]:
    """CPU milliseconds that the catalogues take in fresh interpreters, late imports included; first is cold."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"HOME": str(home), "LOCALAPPDATA": str(home)}
    environment |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
    command = [sys.executable, "-c", ADDED]
    return [
        float(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
        for _ in range(runs + 1)
    ]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=9)
    runs: int = arguments.parse_args().runs
    size = sum(file.stat().st_size for file in FILES)
    print(f"{len(FILES)} catalogues, {size // 1000} kB of YAML; median of {runs}")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        cache = home / "cache"

        def cold() -> object:
            shutil.rmtree(cache, ignore_errors=True)
            return CatalogueFolder((FOLDER,), cache).all()

        cold_ms = median_ms(cold, max(1, runs // 3))
        cached_ms = median_ms(lambda: CatalogueFolder((FOLDER,), cache).all(), runs)
        line("visitator-tui, cached", cached_ms, cached_ms)
        line("visitator-tui, cold (and the cache is written)", cold_ms, cached_ms)

        written = [home / f"{file.stem}.json" for file in FILES]
        for file, copy in zip(FILES, written, strict=True):
            copy.write_text(parse_catalogue(file.read_bytes(), file.name).content, "utf-8")
        line("plain JSON files, pydantic reads them", median_ms(
            lambda: [Standard.model_validate_json(file.read_bytes(), strict=True) for file in written], runs
        ), cached_ms)  # fmt: skip
        line("plain JSON files, json.loads first", median_ms(
            lambda: models([json.loads(file.read_bytes()) for file in written]), runs
        ), cached_ms)  # fmt: skip
        few = max(1, runs // 3)
        if hasattr(yaml, "CSafeLoader"):
            line(
                "PyYAML, libyaml, no lines", median_ms(lambda: with_pyyaml(yaml.CSafeLoader), few), cached_ms
            )
        line("PyYAML in Python, no lines", median_ms(lambda: with_pyyaml(yaml.SafeLoader), 1), cached_ms)
        if importlib.util.find_spec("ruamel"):
            line("ruamel.yaml safe, no lines", median_ms(lambda: with_ruamel("safe"), few), cached_ms)
            line("ruamel.yaml round trip, with lines", median_ms(lambda: with_ruamel("rt"), 1), cached_ms)

        first, *later = added_ms(home, runs)
        print("\nadded to a start, fresh interpreters, CPU with late imports")
        line("the first start", first, cached_ms)
        line("every later one", statistics.median(later), cached_ms)
        verdict = "within" if statistics.median(later) < BUDGET else "OVER"
        print(f"  {verdict} the budget of {BUDGET:.0f} ms")


if __name__ == "__main__":
    main()
