"""Every reminder of Min dag: a case in which it is due, the day and rule it names, and what ends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from visitator_tui.domain.case import Case, Decision
from visitator_tui.domain.edit import change, parse_path
from visitator_tui.domain.made_decision import with_made

Patch = dict[str, Any]

ASKED: Patch = {
    "enquiry.received_on": "2017-03-01",
    "enquiry.acute": False,
    "enquiry.applied_for": ["rengoering_3"],
}


def asked(*applied: str, acute: bool = False) -> Patch:
    """An enquiry of Wednesday 1 March 2017."""
    return {**ASKED, "enquiry.applied_for": list(applied), "enquiry.acute": acute}


def granted(*items: str, **more: Any) -> Patch:
    """Help granted on Wednesday 15 March 2017, as applied for two weeks before; ``more`` is for each item."""
    return {
        **asked(*items),
        "decision.decided_on": "2017-03-15",
        "decision.items": [{"delydelse": one, "outcome": "granted", **more} for one in items],
    }


def ordered(*items: str, supplier: str = "Ahorn", **more: Any) -> Patch:
    """An order on the day of the decision, with the written information."""
    return {
        "items": list(items), "supplier": supplier, "information_on": "2017-03-15", "ordered_on": "2017-03-15",
        **more,
    }  # fmt: skip


def case_of(municipality: str, patch: Patch) -> Case:
    """A case with what a patch says at its paths; a decision with items and a date is made."""
    case = Case(municipality=municipality)
    for where, value in patch.items():
        case, _ = change(case, parse_path(where), value)
    done = case.decision.items and case.decision.decided_on
    return with_made(case, "brev-1", datetime(2017, 3, 15, tzinfo=UTC)) if done else case


def then(case: Case, decided_on: str, *items: Patch) -> Case:
    """The case after one more decision, which follows the last."""
    day = date.fromisoformat(decided_on)
    new = {"decided_on": day, "items": items, "follows": case.made[-1].letter_id}
    after = case.model_copy(update={"decision": Decision.model_validate(new)})
    return with_made(after, f"brev-{len(case.made) + 1}", datetime.combine(day, time(9), UTC))


@dataclass(frozen=True)
class Row:
    """A reminder: ``due`` and ``where`` as the task gives them; ``mended`` is what makes it go away."""

    rule: str
    kind: str
    case: Patch
    due: str | None
    page: str
    where: str
    mended: Patch
    municipality: str = "helsingor"
    says: str = ""
    shows: str = ""

    @property
    def name(self) -> str:
        """What the row is called: the rule it shows (the task may name a neighbour on the page)."""
        return f"{self.shows or self.rule or 'law'}-{self.kind}"


def _evaluated(**more: Any) -> Patch:
    return {"course.evaluations.0": {"held_on": "2017-05-01", **more}}


REHAB = granted("b_rehab_hjemmeplejeindsats", start_on="2017-03-20")
COMPLAINT = {**granted("rengoering_3"), "course.complaints.0": {"received_on": "2017-03-31", "how": "orally"}}
NOT_UPHELD = {**COMPLAINT, "course.complaints.0.outcome": "not_upheld"}
STAY = {"from": "2017-04-03", "to": "2017-04-20", "why": "temporary_stay", "supplier_told_on": "2017-04-03"}
PLAN = {"course.ways_in.0": {"kind": "rehabilitation_plan", "received_on": "2017-03-06"}}
LAW = "retssikkerhedsloven § 66"


def _change(*items: str) -> Patch:
    return {
        **granted(*items),
        "course.supplier_changes.0": {"items": list(items), "requested_on": "2017-04-07", "reason": "skift"},
    }


def _report(about: str) -> Patch:
    return {**granted("rengoering_3"), "course.reports.0": {"reported_on": "2017-04-03", "about": about}}


def _no_shows(kind: str, reasonable: bool | None = False) -> Patch:
    days = ("2017-04-03", "2017-04-10")
    return {
        **granted("t12_hoftenaer_fraktur"),
        "course.no_shows": [{"on": day, "kind": kind, "reasonable": reasonable} for day in days],
    }


HANDLED = {"course.reports.0.handled_on": "2017-04-04"}
DONE = {"course.supplier_changes.0.done_on": "2017-04-21"}

ROWS = (
    # -- before the decision
    Row("H-02", "hospital", {**ASKED, "course.ways_in.0": {"kind": "discharge", "discharged_on": "2017-03-02"}},
        None, "s. 15", "course.ways_in.0.agreement_followed_on",
        {"course.ways_in.0.agreement_followed_on": "2017-03-02"}),
    Row("H-05", "triage", {**ASKED, "enquiry.acute": None}, "2017-03-01", "s. 15", "enquiry.acute",
        {"enquiry.acute": False}),
    Row("H-04", "appointment", ASKED, "2017-03-08", "s. 15", "course.appointments",
        {"course.appointments.0.agreed_on": "2017-03-02"}),
    Row("H-04", "visit", {**ASKED, "course.appointments.0": {"on": "2017-03-06", "at": "10:30"}}, "2017-03-06",
        "s. 15", "course.appointments.0.held", {"course.appointments.0.held": True}, says="Samtale kl. 10.30"),
    Row("H-08", "decision", ASKED, "2017-03-29", "s. 15", "decision.items", granted("rengoering_3")),
    Row("H-06", "decision", asked("madservice", acute=True), "2017-03-02", "s. 15", "decision.items",
        granted("madservice")),
    Row("H-07", "decision", asked("bad_3", acute=True), "2017-03-01", "s. 15", "decision.items",
        granted("bad_3")),
    Row("H-89", "decision", {**asked("t12_hoftenaer_fraktur"), **PLAN}, "2017-03-13", "s. 85", "decision.items",
        granted("t12_hoftenaer_fraktur")),
    Row("N-02", "decision", asked("rehabilitering_83a"), "2017-03-08", "linje 57", "decision.items",
        granted("rehabilitering_83a"), "herning"),
    Row("N-05", "decision", asked("vedligeholdelsestraening_dv"), "2017-03-13", "linje 114", "decision.items",
        granted("vedligeholdelsestraening_dv"), "herning"),
    Row("N-11", "decision", asked("klippekort"), "2017-03-29", "linje 254", "decision.items",
        granted("klippekort"), "herning"),
    Row("", "delay_notice", ASKED, "2017-03-29", "retssikkerhedsloven § 3, stk. 2",
        "course.delay_notices.0.expected_on", granted("rengoering_3")),
    Row("", "hearing", {**ASKED, "decision.hearing": {"needed": True, "held_on": "2017-03-08",
                                                      "answer_by": "2017-03-22"}},
        "2017-03-22", "forvaltningsloven § 19", "decision.hearing.answer", {"decision.hearing.answer": "Enig"}),
    # -- help on its way
    Row("H-33", "order", granted("rengoering_3"), "2017-03-15", "s. 25", "course.orders",
        {"course.orders.0": ordered("rengoering_3")}, says="Bestil hjælpen: Rengøring 3"),
    Row("H-29", "information",
        {**granted("rengoering_3"), "course.orders.0": ordered("rengoering_3", information_on=None)},
        "2017-03-15", "s. 25", "course.orders.0.information_on",
        {"course.orders.0.information_on": "2017-03-15"}),
    Row("H-35", "start", {**granted("rengoering_3"), "course.orders.0": ordered("rengoering_3")}, "2017-03-29",
        "s. 26", "course.orders.0.started_on", {"course.orders.0.started_note_on": "2017-03-28"}),
    Row("H-89", "start", {**granted("t12_hoftenaer_fraktur"), **PLAN}, "2017-03-20", "s. 85", "course.orders",
        {"course.orders.0": ordered("t12_hoftenaer_fraktur", started_on="2017-03-20")}),
    Row("H-98", "start", {**granted("indkoebsordning"), "course.orders.0": ordered("indkoebsordning")},
        "2017-03-20", "s. 134", "course.orders.0.started_on", {"course.orders.0.started_on": "2017-03-20"}),
    Row("H-33", "order_end",
        {**granted("rengoering_3", outcome="stopped", ends_on="2017-03-31"),
         "course.orders.0": ordered("rengoering_3", started_on="2017-03-01")},
        "2017-03-31", "s. 25", "course.orders.0.ended_on", {"course.orders.0.ended_on": "2017-03-31"},
        says="Sig hjælpen op hos Ahorn: Rengøring 3"),
    Row("H-38", "coordination",
        {**granted("bad_3", "rengoering_3"),
         "course.orders": [ordered("bad_3"), ordered("rengoering_3", supplier="Birk")]},
        "2017-03-15", "s. 27", "course.orders.0.coordinates", {"course.orders.0.coordinates": True},
        says="Ahorn samordner hjælpen: skriv det i bestillingen"),
    Row("H-38", "coordination",
        {**granted("kateterpleje", "rengoering_3"),
         "course.orders": [ordered("rengoering_3"), ordered("kateterpleje", supplier="Birk")]},
        "2017-03-15", "s. 27", "course.orders.1.coordinates", {"course.orders.1.coordinates": True},
        says="Birk samordner hjælpen", shows="H-39"),
    Row("H-88", "one_per_plan", granted("t12_hoftenaer_fraktur", "t16_apopleksi"), "2017-03-15", "s. 83",
        "course.ways_in", {"course.ways_in": [{"kind": "rehabilitation_plan"}, {"kind": "rehabilitation_plan"}]}),
    Row("H-66", "transfer_form", {**granted("forflytning_3"), "course.orders.0": ordered("forflytning_3")},
        "2017-03-15", "s. 35", "course.orders.0.transfer_form_on",
        {"course.orders.0.transfer_form_on": "2017-03-16"}),
    Row("H-67", "two_staff",
        {**granted("rengoering_3"), "course.orders.0": ordered("rengoering_3", two_staff=["rengoering_3"])},
        "2017-03-15", "s. 35", "course.orders.0.two_staff_reason", {"course.orders.0.two_staff": []}),
    Row("H-30", "change_reason", {**_change("rengoering_3"), "course.supplier_changes.0.reason": ""}, "2017-04-07",
        "s. 25", "course.supplier_changes.0.reason", {"course.supplier_changes.0.reason": "kemi"}),
    Row("H-31", "supplier_change", _change("rengoering_3"), "2017-04-21", "s. 25",
        "course.supplier_changes.0.done_on", DONE),
    Row("H-32", "supplier_change", _change("bad_3"), "2017-04-08", "s. 25", "course.supplier_changes.0.done_on",
        DONE),
    Row("H-99", "supplier_change", _change("indkoebsordning"), "2017-04-21", "s. 134",
        "course.supplier_changes.0.done_on", DONE),
    Row("H-51", "absence_told", {**granted("bad_3"), "course.absences.0": {"from": "2017-04-03", "why": "holiday"}},
        "2017-04-03", "s. 30", "course.absences.0.supplier_told_on",
        {"course.absences.0.supplier_told_on": "2017-04-03"}),
    Row("H-52", "admission", {**granted("bad_3"), "course.absences.0": {"from": "2017-04-03", "why": "admission"}},
        "2017-04-03", "s. 30", "course.absences.0.confirmed_on",
        {"course.absences.0.confirmed_on": "2017-04-03"}),
    Row("H-62", "absence_end",
        {**granted("bad_3"), "course.absences.0": {"from": "2017-04-03", "to": "2017-04-07", "why": "holiday"}},
        "2017-04-08", "s. 33", "course.absences.0.ended_on", {"course.absences.0.ended_on": "2017-04-08"}),
    Row("H-62", "absence_last_day",
        {**granted("bad_3"), "course.absences.0": {"from": "2017-04-03", "why": "holiday"}},
        None, "s. 33", "course.absences.0.to", {"course.absences.0.to": "2017-04-07"}),
    Row("H-82", "review", {**granted("lokalt_dagcenter_2"), "course.absences.0": STAY}, "2017-04-20", "s. 60",
        "course.reviews", {"course.reviews.0": {"held_on": "2017-04-21"}}),
    Row("H-44", "acute_help",
        {**granted("bad_3"), "course.acute_help.0": {"started_on": "2017-04-10", "care_granted": True}},
        "2017-04-17", "s. 29", "course.acute_help.0.assessed_on", {"course.acute_help.0.ended_on": "2017-04-15"}),
    Row("H-42", "acute_help",
        {**granted("rengoering_3"), "course.acute_help.0": {"started_on": "2017-04-10", "care_granted": False}},
        "2017-04-10", "s. 28", "course.acute_help.0.assessed_on",
        {"course.acute_help.0.assessed_on": "2017-04-10"}),
    Row("H-58", "report", _report("condition"), None, "s. 33", "course.reports.0.handled_on", HANDLED),
    Row("H-60", "report", _report("household"), None, "s. 33", "course.reports.0.handled_on", HANDLED),
    Row("H-59", "report", _report("other"), None, "s. 33", "course.reports.0.handled_on", HANDLED),
    Row("H-48", "report", _report("swaps"), None, "s. 29", "course.reports.0.handled_on", HANDLED),
    Row("H-54", "report", _report("locked_door"), "2017-04-03", "s. 31", "course.reports.0.handled_on", HANDLED),
    Row("H-90", "no_shows", _no_shows("stayed_away"), "2017-04-10", "s. 85", "course.no_shows",
        {"course.no_shows.0.reasonable": True}),
    Row("H-90", "no_shows", _no_shows("cancelled_examination"), "2017-04-10", "s. 85", "course.no_shows",
        {"course.orders.0": ordered("t12_hoftenaer_fraktur", ended_on="2017-04-11")}),
    # -- follow-up
    Row("H-81", "guarantee",
        {**granted("plejebolig"), "course.waiting_list.0": {"on": "2017-03-15", "kind": "listed", "general": True}},
        "2017-05-15", "s. 56", "course.waiting_list",
        {"course.waiting_list.1": {"on": "2017-05-01", "kind": "offer_accepted"}}),
    Row("H-124", "waiting_list",
        {**granted("aeldrebolig"), "course.waiting_list": [
            {"on": "2017-03-15", "kind": "listed"}, {"on": "2017-04-01", "kind": "offer_refused"},
            {"on": "2017-05-01", "kind": "offer_refused"}, {"on": "2017-06-01", "kind": "asked_back"}]},
        None, "s. 55", "course.waiting_list",
        {"course.waiting_list.4": {"on": "2017-06-02", "kind": "approval_kept"}}),
    Row("H-112", "evaluation", REHAB, "2017-05-08", "s. 123", "course.evaluations", _evaluated()),
    Row("H-96", "decision_after_course", {**REHAB, **_evaluated()}, "2017-05-01", "s. 132",
        "course.evaluations.0.needs_decision", {"course.evaluations.0.needs_decision": False}),
    Row("H-96", "decision_after_course", {**REHAB, **_evaluated(needs_decision=True)}, "2017-05-01", "s. 132",
        "course.evaluations.0.decided_on", {"course.evaluations.0.decided_on": "2017-05-03"},
        says="Træf en ny afgørelse efter forløbet"),
    Row("N-03", "evaluation", granted("rehabilitering_83a", review_on="2017-05-02"), "2017-05-02", "linje 60",
        "course.evaluations", _evaluated(), "herning"),
    Row("N-03", "decision_after_course", {**granted("rehabilitering_83a"), **_evaluated()}, "2017-05-01", "linje 60",
        "course.evaluations.0.needs_decision", {"course.evaluations.0.decided_on": "2017-05-03"}, "herning"),
    Row("H-107", "periodic", granted("bpa_kontant_tilskud", start_on="2017-04-01"), "2018-04-01", "s. 53",
        "course.reviews", {"course.reviews.0": {"held_on": "2018-03-01", "outcome": "ended"}}),
    Row("H-76", "periodic", granted("bpa_naar_kommunen_ikke_kan_levere", start_on="2017-04-01"), "2017-07-01",
        "s. 42", "course.reviews", {"decision.items.0.ends_on": "2017-06-01"},
        says="Se dokumentationen for brugen af tilskuddet efter § 95"),
    Row("H-117", "periodic", granted("doegnvurdering"), None, "s. 65", "course.reviews",
        {"course.reviews.0": {"held_on": "2017-04-01"}}),
    Row("N-06", "periodic", granted("vedligeholdelsestraening_dva", start_on="2017-03-20"), "2018-03-20",
        "linje 166", "course.reviews", {"course.reviews.0": {"held_on": "2018-03-01", "outcome": "ended"}},
        "herning"),
    Row("N-06", "periodic", granted("vedligeholdelsestraening_dv", start_on="2017-03-20"), "2018-03-20",
        "linje 116", "course.reviews", {"course.reviews.0": {"held_on": "2018-03-01", "outcome": "ended"}},
        "herning"),
    Row("N-06", "report", {**granted("klippekort"), "course.reports.0": {"reported_on": "2017-04-03",
                                                                      "about": "condition"}},
        None, "linje 116", "course.reports.0.handled_on", HANDLED, "herning", shows="N-11"),
    Row("H-74", "review", granted("rengoering_3", review_on="2017-09-01"), "2017-09-01", "s. 38", "course.reviews",
        {"course.reviews.0": {"held_on": "2017-08-30"}}),
    # -- complaints
    Row("", "complaint", COMPLAINT, "2017-04-28", LAW, "course.complaints.0.outcome",
        {"course.complaints.0.outcome": "withdrawn"}),
    Row("N-12", "complaint", {**granted("klippekort"), "course.complaints.0": {"received_on": "2017-03-31"}},
        "2017-04-28", "linje 119", "course.complaints.0.outcome", {"course.complaints.0.outcome": "withdrawn"},
        "herning"),
    Row("", "complaint_change", {**COMPLAINT, "course.complaints.0.outcome": "upheld"}, "2017-04-28", LAW,
        "course.complaints.0.changed_on", {"course.complaints.0.changed_on": "2017-04-20"}),
    Row("", "complaint_change",
        {**COMPLAINT, "course.complaints.0.outcome": "partly_upheld",
         "course.complaints.0.appeal_outcome": "confirmed"},
        "2017-04-28", LAW, "course.complaints.0.changed_on", {"course.complaints.0.changed_on": "2017-04-20"}),
    Row("", "complaint_forward", NOT_UPHELD, "2017-04-28", LAW, "course.complaints.0.forwarded_on",
        {"course.complaints.0.forwarded_on": "2017-04-20"}, says="Send klagen videre: Ankestyrelsen"),
    Row("", "complaint_papers", {**NOT_UPHELD, "course.complaints.0.forwarded_on": "2017-04-20"}, "2017-04-20", LAW,
        "course.complaints.0.papers", {"course.complaints.0.papers": ["afgørelsen", "klagen"]}),
    Row("", "appeal",
        {**NOT_UPHELD, "course.complaints.0.appeal_outcome": "sent_back",
         "course.complaints.0.appeal_decided_on": "2017-08-01"},
        "2017-08-01", LAW, "course.complaints.0.appeal_followed_up_on",
        {"course.complaints.0.appeal_followed_up_on": "2017-08-10"}),
)  # fmt: skip
