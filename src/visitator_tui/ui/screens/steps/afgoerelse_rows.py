"""The list of the step Afgørelse: the decision itself, considerations, items, unanswered applications."""

from __future__ import annotations

from visitator_tui.domain.completeness import application_name, blocking, item_name, unanswered
from visitator_tui.usecases.session import CaseSession

from ...widgets.line_list import Row

ABOUT = "_about"
OUTCOMES = {"granted": "B", "partly": "D", "refused": "A", "changed": "Æ", "stopped": "O", None: "?"}


def decision_rows(session: CaseSession) -> list[Row]:
    """The rows as the case stands: ``!`` where something is missing, √ where nothing is."""
    standard, case = session.standard, session.case
    wanting = {finding.where for finding in blocking(session.findings())}

    def mark(prefix: str) -> str:
        return "!" if any(where == prefix or where.startswith(prefix + ".") for where in wanting) else "√"

    def weighed(consideration_id: str) -> str:
        # Due from the moment an item is there, also before its outcome is chosen.
        answer = case.considerations.get(consideration_id)
        return mark(f"considerations.{consideration_id}") if answer and answer.outcome else "!"

    about = "!" if any(where.startswith(_ABOUT_FIELDS) for where in wanting) else "√"
    rows = [Row(ABOUT, f"{about} {'Afgørelsen er truffet' if case.decision_is_made else 'Afgørelsen'}")]
    due = {one.id: one for item in case.decision.items for one in session.considerations(item)}
    if due:
        rows.append(Row(None, "Overvejes først"))
    rows += [Row(f"_c:{one.id}", f"{weighed(one.id)} {one.name}") for one in due.values()]
    if case.decision.items:
        rows.append(Row(None, "Punkter"))
    for number, item in enumerate(case.decision.items):
        outcome, name = OUTCOMES[item.outcome], item_name(item, standard)
        rows.append(Row(item.delydelse, f"{mark(f'decision.items.{number}')} {outcome} {name}"))
    if asked := unanswered(case, standard):
        rows.append(Row(None, "Ansøgt, ikke besvaret"))
        rows += [Row(f"_a:{one}", f"! {application_name(one, standard)}", "bad") for one in asked]
    return rows


_ABOUT_FIELDS = ("decision.decided_on", "decision.by.name", "decision.corrects.")
