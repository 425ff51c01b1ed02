"""Tasks of help on its way, and of its end: orders, starts, plans, changes of supplier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from visitator_tui.domain.course_supply import (
    Order,
    change_effective,
    change_rules,
    coordinator,
    lacks_transfer_form,
    ordered_of_nobody,
    taken_over,
    two_staff_refused,
    ydelse_id,
)
from visitator_tui.domain.running_help import stops_on
from visitator_tui.domain.service_deadlines import Reckoned, start_due
from visitator_tui.domain.standard_process import ProcessStep, covers

from .my_day_task import Desk, Task, on_day, undated


def supply_tasks(desk: Desk) -> Iterator[Task]:
    """Every task until granted help has begun with its supplier, or with another, and when it is stopped."""
    decided = desk.decided_on
    if decided is not None and desk.helped_with:
        yield from _orders(desk, decided)
        yield from _starts(desk, decided)
        yield from _plans(desk, decided)
    yield from _changes(desk)
    yield from _endings(desk)


def _is_home(desk: Desk, delydelse: str) -> bool:
    """Whether it is a home, which is offered from a list and not ordered of a supplier (pp. 54-56)."""
    homes = (desk.standard.process.guarantee, desk.standard.process.waiting_list)
    return any(one and covers(one, delydelse, ydelse_id(delydelse, desk.standard)) for one in homes)


def _waits_no_more(desk: Desk, delydelse: str) -> bool:
    """Whether she has got a home, or is no longer on the list for it."""
    state = desk.waiting_state(delydelse)
    return (
        state.since is not None
        and state.standing in ("housed", "deleted", "none")
        and _is_home(desk, delydelse)
    )


def _in_order_of(desk: Desk, items: tuple[str, ...], field: str) -> str:
    """The path of a field in the order of this help; the list of orders while some of it has none."""
    found = [desk.order_of(item) for item in items]
    number = next((n for n, one in enumerate(desk.case.course.orders) if one is found[0]), None)
    return "course.orders" if None in found else f"course.orders.{number}.{field}"


def _orders(desk: Desk, decided: date) -> Iterator[Task]:
    process, orders = desk.standard.process, desk.case.course.orders
    ordered = [item.delydelse for item in desk.helped_with if not _is_home(desk, item.delydelse)]
    found = {item: desk.order_of(item) for item in ordered}
    ended = {
        item: one for item, one in found.items() if one and ordered_of_nobody(item, one, desk.case.course)
    }
    if process.order and ended:
        last = min(one.ended_on for one in ended.values() if one.ended_on)
        yield desk.task(
            "order", f"Bestil hjælpen hos den nye leverandør: {desk.names(tuple(ended))}", process.order,
            on_day(last, "den gamle leverandørs sidste dag"), "course.orders", key="changed",
        )  # fmt: skip
    waiting = tuple(item for item, order in found.items() if order is None or order.ordered_on is None)
    if process.order and waiting:
        why = "leverandøren vælges og hjælpen bestilles i tilknytning til afgørelsen"
        day = on_day(desk.granted_on(*waiting) or decided, why)
        yield desk.task(
            "order",
            f"Bestil hjælpen: {desk.names(waiting)}",
            process.order,
            day,
            _in_order_of(desk, waiting, "ordered_on"),
        )
    leading = coordinator(orders, desk.standard, desk.not_by_day)
    for number, order in enumerate(orders):
        if order.ended_on is not None:
            continue
        where = f"course.orders.{number}"
        if process.information and order.information_on is None:
            day = on_day(_since(desk, order, decided), "udleveres, når leverandøren vælges")
            yield desk.task(
                "information", "Udlever skriftlig information om valg af leverandør", process.information,
                day, f"{where}.information_on", key=str(number),
            )  # fmt: skip
        if process.coordination and order is leading and not order.coordinates:
            day = on_day(_since(desk, order, decided), "der er flere leverandører i hjemmet")
            yield desk.task(
                "coordination", f"{order.supplier} samordner hjælpen: skriv det i bestillingen",
                process.coordination, day, f"{where}.coordinates",
            )  # fmt: skip
        yield from _staff(desk, order, where, decided)


def _since(desk: Desk, order: Order, decided: date) -> date:
    """The day of an order; until it has one, of the decision that grants its help."""
    return order.ordered_on or desk.granted_on(*order.items) or decided


def _staff(desk: Desk, order: Order, where: str, decided: date) -> Iterator[Task]:
    process, day = desk.standard.process, on_day(_since(desk, order, decided), "fra bestillingen")
    if process.transfer_form and (formless := lacks_transfer_form(order, desk.standard)):
        yield desk.task(
            "transfer_form", f"Forflytningsskema mangler: {desk.names(formless)}", process.transfer_form,
            day, f"{where}.transfer_form_on", key=where,
        )  # fmt: skip
    if process.two_staff and (refused := two_staff_refused(order, desk.standard)):
        yield desk.task(
            "two_staff", f"To medarbejdere gives som udgangspunkt ikke til {desk.names(refused)}",
            process.two_staff, day, f"{where}.two_staff_reason", key=where,
        )  # fmt: skip


def _starts(desk: Desk, decided: date) -> Iterator[Task]:
    """A task per deadline of the standard, for the help under it that has not begun."""
    process = desk.standard.process
    waiting: dict[str, tuple[Reckoned, list[str]]] = {}
    for item in desk.helped_with:
        guaranteed = process.guarantee and covers(
            process.guarantee, item.delydelse, ydelse_id(item.delydelse, desk.standard)
        )
        order = desk.order_of(item.delydelse)
        if guaranteed or (order and order.started) or _waits_no_more(desk, item.delydelse):
            continue
        ordered = order.ordered_on if order else None
        if found := start_due(item.delydelse, desk.case, desk.standard, desk.calendar, ordered):
            later = (
                taken_over(item.delydelse, order, desk.case.course, desk.standard, desk.calendar)
                if order
                else None
            )
            found = found.model_copy(update={"due": later}) if later else found
            waiting.setdefault(f"{found.deadline.id}:{found.day}", (found, []))[1].append(item.delydelse)
    for key, (found, items) in waiting.items():
        yield _start(desk, key.split(":")[0], found, tuple(items), decided)


def _start(desk: Desk, key: str, found: Reckoned, items: tuple[str, ...], decided: date) -> Task:
    deadline, length = found.deadline, found.deadline.start
    step = ProcessStep(rule=deadline.start_rule)
    later = any(way.medical_reason.strip() for way in desk.case.course.ways_in)
    reckoned = found.due or undated(decided, found.missing)
    if later and deadline.start_counts_from == "plan_received":
        reckoned = undated(reckoned.counted_from, "begynder senere af en lægefaglig grund")
    at_once = length is not None and length.unit == "immediately"
    task = desk.task(
        "start", f"Hjælpen skal være begyndt: {desk.names(items)}", step, reckoned,
        _in_order_of(desk, items, "started_on"), key=key, acute=bool(deadline.acute) or at_once,
    )  # fmt: skip
    return task.model_copy(
        update={"place": desk.place_of_deadline(deadline, length.page if length else None)}
    )


def _plans(desk: Desk, decided: date) -> Iterator[Task]:
    """No more courses than plans (p. 83); plans that are not recorded yet count as one."""
    step = desk.standard.process.one_per_plan
    given = desk.given_under(step) if step else ()
    plans = sum(one.kind == "rehabilitation_plan" for one in desk.case.course.ways_in)
    if step and len(given) > max(1, plans):
        yield desk.task(
            "one_per_plan", f"Kun ét forløb for hver genoptræningsplan: {desk.names(given)}", step,
            on_day(decided, "der er bevilget flere forløb, end der er planer"), "course.ways_in",
        )  # fmt: skip


def _changes(desk: Desk) -> Iterator[Task]:
    process = desk.standard.process
    for number, one in enumerate(desk.case.course.supplier_changes):
        where = f"course.supplier_changes.{number}"
        if one.done_on is not None or one.requested_on is None:
            continue
        if process.change_reason and not one.reason.strip():
            yield desk.task(
                "change_reason", "Undersøg, hvorfor borgeren vil skifte leverandør", process.change_reason,
                on_day(one.requested_on, "når borgeren beder om at skifte"), f"{where}.reason", key=str(number),
            )  # fmt: skip
        day = change_effective(one, desk.standard, desk.calendar)
        rules = change_rules(one.items, desk.standard)
        if day and rules:
            to = f" til {one.to_supplier}" if one.to_supplier.strip() else ""
            yield desk.task(
                "supplier_change", f"Skift leverandør{to}", rules[0], day, f"{where}.done_on", key=str(number)
            )


def _endings(desk: Desk) -> Iterator[Task]:
    """Orders of which a decision stops all the help: until they are ended, the supplier knows nothing of it.

    Also where the standard asks for no order: what somebody has ordered has to be ended.
    """
    step = desk.standard.process.order or ProcessStep()
    for number, order in enumerate(desk.case.course.orders):
        if order.ended_on is None and (last := stops_on(desk.case, order.items)):
            whose = order.supplier.strip() or "leverandøren"
            yield desk.task(
                "order_end", f"Sig hjælpen op hos {whose}: {desk.names(order.items)}", step,
                on_day(last, "sidste dag med hjælpen efter den afgørelse, der stopper den"),
                f"course.orders.{number}.ended_on", key=str(number),
            )  # fmt: skip
