"""An order as advis: a file for the supplier's own system, with what was granted and nothing of the assessment.

The file holds no CPR number, in its name or in its content: name, birth date and address tell who it is.
Format ``visitator-advis/1``; ``advis_schema`` describes it.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal

from visitator_tui.domain.base import Extent, Model, Text
from visitator_tui.domain.case import Address, Case, DecisionItem
from visitator_tui.domain.completeness import item_name
from visitator_tui.domain.course_supply import Order
from visitator_tui.domain.law_case import birth_date
from visitator_tui.domain.running_help import running_help
from visitator_tui.domain.standard import Standard

from .files import FileError, write_whole

FORMAT: Final = "visitator-advis/1"


class AdvisError(Exception):
    """The order cannot be sent as advis; the message is Danish."""


class AdvisItem(Model):
    """Help to be given, as it was granted."""

    id: Text
    name: Text
    purpose: Text = ""
    aim: Text = ""
    goal: Text = ""
    extent: Extent | None = None
    variant: Text = ""
    two_staff: bool = False
    start_on: date | None = None
    ends_on: date | None = None
    decided_on: date
    letter: Text


class AdvisCitizen(Model):
    """Who the help is for."""

    name: Text
    birth_date: date | None = None
    address: Address = Address()
    phone: Text = ""


class Advis(Model):
    """One order of one supplier."""

    format: Literal["visitator-advis/1"] = FORMAT
    made_at: datetime
    case_number: Text
    order: int
    municipality: Text
    unit: Text
    supplier: Text
    coordinates: bool | None = None
    ordered_on: date | None = None
    citizen: AdvisCitizen
    items: tuple[AdvisItem, ...]


def advis_schema() -> dict[str, Any]:
    """The file's JSON Schema."""
    return Advis.model_json_schema(by_alias=True) | {"title": FORMAT}


def advis_of(case: Case, number: int, standard: Standard, at: datetime) -> Advis:
    """The advis of the case's order with this number (from 0). Raises AdvisError saying what it lacks."""
    order = case.course.orders[number]
    if not order.supplier.strip():
        raise AdvisError("Skriv først, hvilken leverandør der bestilles hos.")
    if order.channel == "letter":
        raise AdvisError(
            "Bestillingen er sat til brev. Vælg advis under »Bestilles ved«, eller skriv brevet."
        )
    if not order.items:
        raise AdvisError("Vælg først, hvilken hjælp der bestilles.")
    items = tuple(_item(case, order, delydelse, standard) for delydelse in order.items)
    citizen = case.citizen
    return Advis(
        made_at=at, case_number=case.case_number, order=number + 1, municipality=standard.municipality_name,
        unit=standard.unit, supplier=order.supplier.strip(), coordinates=order.coordinates,
        ordered_on=order.ordered_on,
        citizen=AdvisCitizen(
            name=citizen.name, birth_date=birth_date(case), address=citizen.address, phone=citizen.phone
        ),
        items=items,
    )  # fmt: skip


def _item(case: Case, order: Order, delydelse: str, standard: Standard) -> AdvisItem:
    """The help as the last made decision gives it. Raises AdvisError when none does."""
    starts = {one.start_on or made.decided_on for made in case.made for one in made.decision.items}
    days = sorted((day for day in starts if day), reverse=True)
    found = next((one for day in days for one in running_help(case, day) if one.delydelse == delydelse), None)
    if found is None:
        name = item_name(DecisionItem(delydelse=delydelse), standard)
        raise AdvisError(
            f"{name} er ikke bevilget i en afgørelse, der er truffet. Skriv brevet om den først."
        )
    item = found.item
    goal = standard.goal_by_id.get(item.goal or case.summary.goal or "")
    return AdvisItem(
        id=delydelse, name=item_name(item, standard), purpose=item.purpose, aim=item.aim,
        goal=goal.name if goal else "", extent=item.extent, variant=item.variant or "",
        two_staff=delydelse in order.two_staff, start_on=item.start_on, ends_on=found.ends_on,
        decided_on=found.decided_on, letter=found.letter_id,
    )  # fmt: skip


def write_advis(folder: Path, case_id: str, advis: Advis) -> Path:
    """Write the advis under a name that tells nothing of the citizen. Raises AdvisError."""
    file = folder / f"advis-{advis.made_at:%Y-%m-%d}-{case_id[:8]}-{advis.order}.json"
    try:
        write_whole(file, (advis.model_dump_json(by_alias=True, indent=2) + "\n").encode())
    except FileError as problem:
        raise AdvisError(str(problem)) from None
    return file
