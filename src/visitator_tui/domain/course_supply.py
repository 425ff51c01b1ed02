"""Help on its way: orders, changes of supplier, absence, acute help, and what suppliers report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from .base import Model, Text
from .deadlines import Due, due
from .decision import DecisionItem
from .standard import Standard
from .standard_process import ReportKind, StepFor, covers
from .workdays import Calendar

if TYPE_CHECKING:
    from .course import Course

SupplierKind = Literal["municipal", "private", "own_helper_94", "own_choice_95"]


class Order(Model):
    """An order of granted help with the supplier the citizen has chosen (pp. 25-27, 35)."""

    items: tuple[Text, ...] = Field(default=(), description="delydelser, as the decision names them")
    supplier: Text = ""
    supplier_kind: SupplierKind | None = None
    information_on: date | None = Field(default=None, description="written information was handed over")
    channel: Literal["advis", "letter"] | None = None
    ordered_on: date | None = None
    coordinates: bool | None = Field(default=None, description="this supplier coordinates the help")
    two_staff: tuple[Text, ...] = Field(default=(), description="delydelser that need two staff")
    two_staff_reason: Text = ""
    transfer_form_on: date | None = Field(default=None, description="the forflytningsskema is made")
    started_on: date | None = None
    started_note_on: date | None = Field(default=None, description="the supplier's note of the start")
    ended_on: date | None = None
    note: Text = ""

    @property
    def started(self) -> bool:
        """Whether the help has begun, as far as is known."""
        return self.started_on is not None or self.started_note_on is not None


class SupplierChange(Model):
    """The citizen wants another supplier (p. 25, p. 134)."""

    items: tuple[Text, ...] = ()
    requested_on: date | None = None
    reason: Text = ""
    from_supplier: Text = ""
    to_supplier: Text = ""
    effective_on: date | None = Field(default=None, description="agreed day; else the notice is reckoned")
    done_on: date | None = Field(default=None, description="ordered of the new supplier, ended with the old")
    note: Text = ""


class Absence(Model):
    """Help that is not given for a time: admission, holiday (pp. 30, 33). No modules: all of them."""

    from_: date | None = Field(default=None, alias="from")
    to: date | None = Field(default=None, description="the last day away, when it is known")
    why: Literal["admission", "holiday", "temporary_stay", "other"] = "other"
    delydelse: Text = Field(
        default="", description="the stay that is given, where a year has only so much of it"
    )
    modules: tuple[Text, ...] = ()
    confirmed_on: date | None = Field(default=None, description="the hospital confirmed the admission")
    supplier_told_on: date | None = None
    ended_on: date | None = Field(default=None, description="the absence was ended in the journal")
    note: Text = ""

    def pauses(self, day: date, module: str | None = None) -> bool:
        """Whether the help of a module is paused on a day.

        A doctor's word of an admission does not pause it; the hospital's confirmation does (p. 30), and then
        in all modules (p. 33). Help whose module is not known is paused with any.
        """
        admitted = self.why == "admission"
        if self.from_ is None or day < self.from_ or (admitted and self.confirmed_on is None):
            return False
        if self.modules and not admitted and module is not None and module not in self.modules:
            return False
        last = self.ended_on or self.to
        return last is None or day < last or (day == last and self.ended_on is None)


class AcuteHelp(Model):
    """Extra help given because of sudden illness (pp. 28-29)."""

    started_on: date | None = None
    ended_on: date | None = None
    care_granted: bool | None = Field(default=None, description="personal care was granted before")
    assessed_on: date | None = None
    note: Text = ""


class Report(Model):
    """Something that was reported about a citizen who has help, and what came of it (pp. 28-33)."""

    reported_on: date | None = None
    by: Text = ""
    about: ReportKind = "other"
    text: Text = ""
    handled_on: date | None = None
    outcome: Text = ""


class NoShow(Model):
    """Training that the citizen did not come to, or an examination she cancelled (p. 85)."""

    on: date | None = None
    kind: Literal["stayed_away", "cancelled_examination"] = "stayed_away"
    reasonable: bool | None = Field(default=None, description="there was a reasonable ground")
    note: Text = ""


def supplier_of(item: DecisionItem, orders: tuple[Order, ...], on: date) -> str:
    """Who gives help on a day: the supplier of its latest order that is not ended, else the one of the decision."""
    named = [
        one.supplier.strip()
        for one in orders
        if item.delydelse in one.items and (one.ended_on is None or one.ended_on >= on)
    ]
    return next((one for one in reversed(named) if one), item.supplier.strip())


def ydelse_id(delydelse: str, standard: Standard) -> str | None:
    """The ydelse of a delydelse; None for help that the standard does not know."""
    known = standard.ydelse_of.get(delydelse)
    return known.id if known else None


def change_rules(items: tuple[str, ...], standard: Standard) -> tuple[StepFor, ...]:
    """The notices that hold for changing the supplier of this help, each once.

    For each delydelse the first entry of the standard that is for it; an entry without help is for the rest.
    """
    found: list[StepFor] = []
    for item in items or ("",):
        ydelse = ydelse_id(item, standard)
        for one in standard.process.supplier_change:
            if covers(one, item, ydelse):
                found += [] if one in found else [one]
                break
    return tuple(found)


def change_effective(change: SupplierChange, standard: Standard, calendar: Calendar) -> Due | None:
    """When a change of supplier takes effect: the agreed day, else the longest notice from the request.

    None when neither is known.
    """
    notices = [one.within for one in change_rules(change.items, standard) if one.within]
    reckoned = [due(one, change.requested_on, calendar) for one in notices if change.requested_on]
    latest = max(reckoned, key=lambda one: one.day or date.max, default=None)
    if change.effective_on is None:
        return latest
    why = f"aftalt dag; varslet er {latest.why}" if latest else "aftalt dag"
    return Due(counted_from=change.requested_on or change.effective_on, day=change.effective_on, why=why)


def taken_over(
    delydelse: str, order: Order, course: Course, standard: Standard, calendar: Calendar
) -> Due | None:
    """When an order's supplier takes over help that another has begun: after the other's last day, else by the notice.

    None where nobody gave the help before, or where no day is known: then the standard's deadline for the start holds.
    """
    before = [one for one in _before(order, course.orders) if delydelse in one.items and one.started]
    if not before or _same(before[-1].supplier, order.supplier):
        return None
    if last := before[-1].ended_on:
        return Due(
            counted_from=last,
            day=last + timedelta(days=1),
            why=f"dagen efter sidste dag hos {before[-1].supplier}",
        )
    changes = [one for one in course.supplier_changes if delydelse in (one.items or (delydelse,))]
    return change_effective(changes[-1], standard, calendar) if changes else None


def ordered_of_nobody(delydelse: str, order: Order, course: Course) -> bool:
    """Whether help was ended with its supplier for the sake of another, of whom it is not ordered yet."""
    return order.ended_on is not None and any(
        delydelse in (one.items or (delydelse,))
        and (one.requested_on or date.max) <= order.ended_on
        and not _same(one.to_supplier, order.supplier)
        and (one.to_supplier.strip() or _same(one.from_supplier, order.supplier))
        for one in course.supplier_changes
    )


def _before(order: Order, orders: tuple[Order, ...]) -> tuple[Order, ...]:
    number = next((n for n, one in enumerate(orders) if one is order), len(orders))
    return orders[:number]


def _same(supplier: str, other: str) -> bool:
    return supplier.strip().casefold() == other.strip().casefold()


def coordinator(
    orders: tuple[Order, ...], standard: Standard, not_by_day: frozenset[str] = frozenset()
) -> Order | None:
    """The order whose supplier coordinates all help, when several suppliers come to the home (p. 27).

    Personal care by day goes first, then other personal care, then nursing; None with one supplier, or where neither
    is given. ``not_by_day`` is the help that is only given in the evening or at night.
    """
    rule = standard.process.coordination
    running = [one for one in orders if one.ended_on is None and one.supplier.strip()]
    if rule is None or len({one.supplier.strip().casefold() for one in running}) < 2:
        return None
    for wanted in rule.ydelser:
        giving = [
            (set(items) <= not_by_day, number)
            for number, one in enumerate(running)
            if (items := [item for item in one.items if ydelse_id(item, standard) == wanted])
        ]
        if giving:
            return running[min(giving)[1]]
    return None


def two_staff_refused(order: Order, standard: Standard) -> tuple[str, ...]:
    """The delydelser of an order for which two staff are not given as a rule, unless a reason says why (p. 35)."""
    rule, form = standard.process.two_staff, standard.process.transfer_form
    if rule is None or order.two_staff_reason.strip():
        return ()
    allowed = rule.delydelser + (form.delydelser if form else ())
    return tuple(item for item in order.two_staff if item not in allowed)


def lacks_transfer_form(order: Order, standard: Standard) -> tuple[str, ...]:
    """The delydelser of an order that need a forflytningsskema which is not made (p. 35)."""
    rule = standard.process.transfer_form
    if rule is None or order.transfer_form_on is not None:
        return ()
    return tuple(item for item in order.items if item in rule.delydelser)
