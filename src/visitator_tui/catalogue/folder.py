"""The catalogues at hand: the shipped ones and, beside them, the municipality's own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from visitator_tui.domain.standard import Standard
from visitator_tui.domain.wording import joined, long_date
from visitator_tui.usecases.explain import nearest
from visitator_tui.usecases.ports import NoStandardError

from .cache import CatalogueCache
from .periods import in_force, overlap, period
from .problems import BrokenCatalogueError, CatalogueProblem
from .source import read_bytes

_ENDINGS = (".yaml", ".yml")


class CatalogueFolder:
    """Every usable catalogue of some folders; implements ``ports.Catalogues``.

    A later folder goes before an earlier one: a file there with the id of a shipped catalogue takes its
    place. A broken file, or one whose dates overlap with another catalogue of the same municipality, is
    left out and named by ``problems``; it never stops the program.
    """

    def __init__(self, folders: Sequence[Path], cache: Path | None) -> None:
        self._folders = tuple(folders)
        self._cache = CatalogueCache(cache)
        self._standards: tuple[Standard, ...] | None = None
        self._problems: tuple[CatalogueProblem, ...] = ()
        self._files: dict[str, Path] = {}

    def all(self) -> tuple[Standard, ...]:
        """Every usable catalogue, by municipality and then by date."""
        if self._standards is None:
            self._standards, self._problems = self._read()
        return self._standards

    def problems(self) -> tuple[CatalogueProblem, ...]:
        """What was wrong with the files that were left out."""
        self.all()
        return self._problems

    def file_of(self, catalogue_id: str) -> Path:
        """The file a catalogue was read from. Raises KeyError for an id that is not at hand."""
        self.all()
        return self._files[catalogue_id]

    def by_id(self, catalogue_id: str) -> Standard:
        """The catalogue with an id; NoStandardError, in Danish, if there is none."""
        known = {one.id: one for one in self.all()}
        if catalogue_id in known:
            return known[catalogue_id]
        near = nearest(catalogue_id, known)
        mend = f"Mente du »{near}«?" if near else f"Der findes: {joined(tuple(known)) or 'ingen'}."
        raise NoStandardError(f"Standarden »{catalogue_id}« findes ikke. {mend}")

    def in_force(self, municipality: str, on: date) -> Standard:
        """The municipality's standard on a date; NoStandardError says which there are, and when."""
        standards = self.all()
        if found := in_force(standards, municipality, on):
            return found
        own = [one for one in standards if one.municipality == municipality]
        if own:
            there = joined([f"{one.id} ({period(one)})" for one in own])
            raise NoStandardError(
                f"Der er ingen kvalitetsstandard for {own[0].municipality_name} den {long_date(on)}. "
                f"Der findes: {there}. Ret datoen, eller læg en standard for den tid i mappen med kataloger."
            )
        municipalities = tuple(dict.fromkeys(one.municipality for one in standards))
        near = nearest(municipality, municipalities)
        there = f"Mente du »{near}«?" if near else f"Der findes: {joined(municipalities) or 'ingen'}."
        raise NoStandardError(f"Der er ingen kvalitetsstandard for kommunen »{municipality}«. {there}")

    def _read(self) -> tuple[tuple[Standard, ...], tuple[CatalogueProblem, ...]]:
        taken: dict[str, Standard] = {}
        problems: list[CatalogueProblem] = []
        for folder in self._folders:
            here: dict[str, Path] = {}
            for file in _files(folder, problems):
                try:
                    self._admit(file, here, taken)
                except BrokenCatalogueError as broken:
                    problems.extend(broken.problems)
        order = sorted(taken.values(), key=lambda one: (one.municipality, one.valid_from))
        return tuple(order), tuple(problems)

    def _admit(self, file: Path, here: dict[str, Path], taken: dict[str, Standard]) -> None:
        data = read_bytes(file)
        standard = self._standard(file, data)
        if standard.id in here:
            from .reader import located

            message = f"id »{standard.id}« bruges også i {here[standard.id].name}"
            mend = "Giv den ene fil et andet id."
            raise BrokenCatalogueError([located(data, str(file), ("id",), message, mend)])
        if any(overlap(standard, other) for other in taken.values()):
            from .reader import refuse_overlap

            refuse_overlap(standard, taken.values(), data, str(file))
        here[standard.id] = self._files[standard.id] = file
        taken[standard.id] = standard

    def _standard(self, file: Path, data: bytes) -> Standard:
        if content := self._cache.get(file, data):
            with contextlib.suppress(ValidationError):  # made by a program with other rules
                return Standard.model_validate_json(content, strict=True)
        from .reader import parse_catalogue  # YAML is slow to import and rarely needed

        parsed = parse_catalogue(data, str(file))
        self._cache.put(file, data, parsed.content)
        return parsed.standard


def _files(folder: Path, problems: list[CatalogueProblem]) -> Iterator[Path]:
    try:
        found = sorted(folder.iterdir())
    except FileNotFoundError:  # no catalogues of one's own
        return
    except OSError:
        message = "mappen kan ikke læses"
        problems.append(CatalogueProblem(str(folder), None, "", message, "Se efter mappens rettigheder."))
        return
    for file in found:
        if file.suffix.lower() in _ENDINGS and not file.name.startswith("."):
            yield file
