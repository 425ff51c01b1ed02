"""What visitators do with preventive home visits: bring in the register, see who is due, write up the talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import ValidationError

from visitator_tui.domain.case import DecisionMaker
from visitator_tui.domain.law_rules import LawRegister
from visitator_tui.domain.preventive import KIND, PreventiveCitizen, PreventiveVisit, case_of, lacks
from visitator_tui.domain.preventive_due import DueVisit, VisitRules, due_visits, visit_rules
from visitator_tui.domain.standard_process import TalkGuide

from .documents import DocumentStore, KeptDocument
from .ports import Actor, CaseStore, Catalogues, Clock, NoStandardError, StoreError
from .preventive_file import read_register


class VisitError(Exception):
    """This cannot be done with the visit as it stands; the message is Danish."""


@dataclass(frozen=True)
class Entry:
    """A citizen of the register as she is kept."""

    kept: KeptDocument
    citizen: PreventiveCitizen


@dataclass(frozen=True)
class Imported:
    """What an import did, as numbers of citizens."""

    new: int
    changed: int
    left: int

    def text(self) -> str:
        """What to tell the visitator."""
        return f"Hentet: {self.new} nye, {self.changed} ændrede, {self.left} ikke længere i filen."


@dataclass(frozen=True)
class DueEntry:
    """Somebody to be offered a visit, and where she is kept."""

    entry: Entry
    due: DueVisit


def talk_guide(catalogues: Catalogues, municipality: str, on: date) -> TalkGuide | None:
    """What the talk at a visit looks for by the standard in force; None where it says nothing, or none is."""
    try:
        return catalogues.in_force(municipality, on).process.preventive_talk
    except NoStandardError:
        return None


class PreventiveBook:
    """The register and its talks. Methods raise StoreError; call those that read or write it in a thread."""

    def __init__(
        self, documents: DocumentStore, cases: CaseStore, law: LawRegister, actor: Actor, clock: Clock
    ) -> None:
        self._documents, self._cases, self._law = documents, cases, law
        self._actor, self._clock = actor, clock

    def entries(self) -> list[Entry]:
        """Every citizen of the register."""
        return [Entry(kept, _citizen(kept)) for kept in self._documents.documents(KIND)]

    def mark(self) -> str:
        """Another text whenever the register changed: what was reckoned from it is then too old."""
        return self._documents.documents_mark(KIND)

    def rules(self, on: date) -> VisitRules:
        """The rules for offers on a day."""
        return visit_rules(self._law, on)

    def due(self, on: date) -> list[DueEntry]:
        """Those to be offered a visit on a day, what ends first at the top."""
        entries = self.entries()
        found = due_visits([one.citizen for one in entries], self.rules(on))
        return [DueEntry(entries[one.number], one) for one in found]

    def bring_in(self, data: bytes) -> Imported:
        """Take over a register file. Raises RegisterError; then nothing is changed.

        A citizen is known by name and birth date; of several, by the address too. Visits are kept. Whoever
        is not in the file any more is marked so and no longer due, and comes back with a later file.
        """
        today = self._clock().date()
        kept = self.entries()
        rest, new, changed = list(kept), [], []
        for one in read_register(data):
            known = _known(one, rest)
            if known is None:
                new.append(one)
                continue
            rest.remove(known)
            merged = one.model_copy(update={"visits": known.citizen.visits})
            if merged != known.citizen:
                changed.append(_written(known, merged))
        left = [one for one in rest if one.citizen.left_on is None]
        gone = [_written(one, one.citizen.model_copy(update={"left_on": today})) for one in left]
        now = self._clock()
        if changed or gone:
            self._documents.save_documents(KIND, [*changed, *gone], self._actor, now)
        self._documents.add_documents(
            KIND, [(one.name, one.model_dump_json()) for one in new], self._actor, now
        )
        return Imported(len(new), len(changed), len(gone))

    def write(self, entry: Entry, number: int, visit: PreventiveVisit) -> Entry:
        """Keep a visit at its place among the citizen's (their count adds it). Raises StaleError."""
        citizen = entry.citizen.with_visit(number, visit)
        (kept,) = self._documents.save_documents(KIND, [_written(entry, citizen)], self._actor, self._clock())
        return Entry(kept, citizen)

    def make_case(
        self,
        entry: Entry,
        number: int,
        municipality: str,
        decides: DecisionMaker,
        guide: TalkGuide | None = None,
    ) -> tuple[Entry, str]:
        """A case of what the citizen asks for (p. 81); the entry that names it, and its id.

        ``guide`` is what the talk looked for, by the standard (``talk_guide``).
        Raises VisitError while the visit lacks something, or has its case already.
        """
        visit = entry.citizen.visits[number]
        if visit.case_id:
            raise VisitError("Der er allerede oprettet en sag fra besøget. Find den i sagslisten.")
        if not visit.asks_for_help:
            raise VisitError("Skriv først, at borgeren søger hjælp, og hvad der søges om.")
        if found := lacks(visit):
            raise VisitError(found[0])
        case = case_of(entry.citizen, visit, municipality, decides, guide)
        record = self._cases.create(case, self._actor, self._clock())
        return self.write(entry, number, visit.model_copy(update={"case_id": record.id})), record.id


def _known(one: PreventiveCitizen, among: Sequence[Entry]) -> Entry | None:
    name = " ".join(one.name.casefold().split())
    same = [
        entry
        for entry in among
        if entry.citizen.birth_date == one.birth_date and " ".join(entry.citizen.name.casefold().split()) == name
    ]  # fmt: skip
    at_home = [entry for entry in same if entry.citizen.address == one.address]
    if at_home:
        return at_home[0]
    return same[0] if len(same) == 1 else None


def _written(entry: Entry, citizen: PreventiveCitizen) -> KeptDocument:
    return replace(entry.kept, name=citizen.name, body=citizen.model_dump_json())


def _citizen(kept: KeptDocument) -> PreventiveCitizen:
    try:
        return PreventiveCitizen.model_validate_json(kept.body)
    except ValidationError:  # its text would quote what was written
        raise StoreError(
            "En borger i registret over forebyggende besøg er gemt af en nyere udgave af programmet. "
            "Installer den nyeste udgave."
        ) from None
