"""The year's quality: figures over the municipality's cases, and samples for inspections, kept as drawn."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from typing import Final

from pydantic import ValidationError

from visitator_tui.domain.case import Case
from visitator_tui.domain.course_supply import supplier_of
from visitator_tui.domain.course_waiting import standing_after
from visitator_tui.domain.quality import YearFigures, year_figures
from visitator_tui.domain.quality_sample import KIND, Inspection, InspectionSample, draw
from visitator_tui.domain.running_help import running_help
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.workdays import Calendar

from .documents import DocumentStore
from .ports import Actor, CaseStore, Catalogues, Clock, NoStandardError, StoreError

NURSING_HOME: Final = ("plejebolig", "boligtilbud_for_aegtefaelle")
"""The delydelser of those who live at a nursing home (p. 56)."""
NO_SUPPLIER: Final = "(uden leverandør)"


class QualityBook:
    """Figures and samples. Methods raise StoreError and read every case: call them in a thread."""

    def __init__(
        self,
        documents: DocumentStore,
        cases: CaseStore,
        catalogues: Catalogues,
        calendar: Calendar,
        actor: Actor,
        clock: Clock,
    ) -> None:
        self._documents, self._cases, self._catalogues = documents, cases, catalogues
        self._calendar, self._actor, self._clock = calendar, actor, clock

    def figures(self, municipality: str, year: int) -> YearFigures:
        """The municipality's figures of a year; a case that no standard covers is left out."""
        return year_figures(self._with_standard(municipality), year, self._calendar)

    def draw(self, municipality: str, inspection: Inspection, seed: int | None = None) -> InspectionSample:
        """Draw a sample among those who have help today, and keep it. Without a seed, chance gives one."""
        today = self._clock().date()
        pool: dict[str, list[str]] = {}
        for case_id, case in self._of(municipality):
            for supplier in _suppliers(case, inspection, today):
                pool.setdefault(supplier, []).append(case_id)
        number = secrets.randbelow(10**9) if seed is None else seed
        sample = draw(inspection, pool, number, today, self._actor.user)
        self._documents.add_documents(
            KIND, [(f"{inspection} {today}", sample.model_dump_json())], self._actor, self._clock()
        )
        return sample

    def samples(self) -> list[InspectionSample]:
        """The samples that were drawn, newest first."""
        try:
            found = [
                InspectionSample.model_validate_json(one.body) for one in self._documents.documents(KIND)
            ]
        except ValidationError:
            raise StoreError(
                "En stikprøve er gemt af en nyere udgave af programmet. Installer den nyeste udgave."
            ) from None
        return found[::-1]

    def name(self, case_id: str) -> str:
        """Whose case it is, for the list of those to be inspected."""
        return self._cases.load(case_id).case.citizen.name

    def _of(self, municipality: str) -> Iterator[tuple[str, Case]]:
        for row in self._cases.rows():
            if row.municipality == municipality:
                yield row.id, self._cases.load(row.id).case

    def _with_standard(self, municipality: str) -> Iterator[tuple[Case, Standard]]:
        for _, case in self._of(municipality):
            on = (
                case.made[-1].decided_on if case.made else case.matched_on
            )  # a draft's date changes no figure
            try:
                yield case, self._catalogues.in_force(municipality, on or self._clock().date())
            except NoStandardError:
                continue


def _suppliers(case: Case, inspection: Inspection, on: date) -> set[str]:
    """The suppliers whose citizen she is today, at home or at a nursing home; who waits for one is at home."""
    running = [one.item for one in running_help(case, on) if not _waits_for(one.delydelse, case)]
    at_home = not any(item.delydelse in NURSING_HOME for item in running)
    if inspection == "nursing_home":
        running = [item for item in running if item.delydelse in NURSING_HOME]
    elif not at_home:
        return set()
    return {supplier_of(item, case.course.orders, on) or NO_SUPPLIER for item in running}


def _waits_for(delydelse: str, case: Case) -> bool:
    events = tuple(one for one in case.course.waiting_list if one.delydelse in ("", delydelse))
    standing = standing_after(events, None).standing
    return delydelse in NURSING_HOME and standing in ("active", "returning")
