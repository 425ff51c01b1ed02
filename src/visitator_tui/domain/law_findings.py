"""What the law register has to say about a case: wrong rules, replaced ones, missing ages, doubts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .case import Case, DecisionItem
from .completeness import Finding, findings, item_name
from .finding import in_order
from .law import LawRef
from .law_case import birth_date, facts_of, item_names, named_law
from .law_register import Applicability, ItemLaw, lapsing, law_for_item
from .law_rules import LawRegister
from .standard import Standard
from .standard_age import age_warning
from .steps import Step
from .wording import joined, long_date


class _Judged(NamedTuple):
    number: int
    item: DecisionItem
    name: str
    law: ItemLaw

    @property
    def refused(self) -> bool:
        return self.item.outcome == "refused"

    @property
    def where(self) -> str:
        return f"decision.items.{self.number}"


def all_findings(case: Case, standard: Standard, today: date, register: LawRegister) -> tuple[Finding, ...]:
    """What stands between the case and a letter, the law included, in the order of the visit."""
    found = (*findings(case, standard, today, register), *law_findings(case, standard, register, today))
    return tuple(sorted(found, key=in_order))


def law_findings(
    case: Case, standard: Standard, register: LawRegister, today: date | None = None
) -> tuple[Finding, ...]:
    """What the register says about the case on its date; ``today`` adds help that has lapsed since."""
    on = case.matched_on
    if on is None:
        return ()
    judged = _judged(case, standard, register, on)
    return (
        *_standard_age(standard, on),
        *(finding for one in judged for finding in _wrong(one, standard)),
        *_birth_date(judged),
        *_replaced(judged, standard),
        *_presumed(judged),
        *_uncertain(judged, register, on),
        *_lapsing(case, standard, register, on, today or on),
    )


def _judged(case: Case, standard: Standard, register: LawRegister, on: date) -> tuple[_Judged, ...]:
    facts, birth = facts_of(case, standard, register), birth_date(case)
    return tuple(
        _Judged(
            number, item, item_name(item, standard),
            law_for_item(register, named_law(item, standard), on, birth, facts, item_names(item, standard)),
        )
        for number, item in enumerate(case.decision.items)
    )  # fmt: skip


def _standard_age(standard: Standard, on: date) -> Iterator[Finding]:
    if warning := age_warning(standard, on):
        yield _warn("standard_age", "municipality", warning, "", step="henvendelse")


def _wrong(one: _Judged, standard: Standard) -> Iterator[Finding]:
    """Rules that must not be cited and for which the letter cannot cite another by itself."""
    written = one.item.delydelse not in standard.delydelse_by_id
    cited = one.law.cited(one.refused)
    for judged in one.law.must_not:
        if one.refused and judged.unmet:
            continue
        if judged.status == "undetermined":
            yield _stop("law_age", "citizen.birth_date", f"{one.name}: {judged.why}", judged, "henvendelse")
        elif written:
            message = f"{one.name}: det lovgrundlag, der er skrevet, kan ikke bruges. {judged.explanation}"
            yield _stop("law_written", f"{one.where}.law", message, judged)
        elif not cited:
            message = f"{one.name}: {judged.why} Programmet kender ingen regel, der gælder i stedet."
            if judged.unmet:
                message = f"{one.name}: hjælpen kan ikke bevilges efter standardens regel. {judged.why}"
            yield _stop("law_not_applicable", f"{one.where}.outcome", message, judged)
        elif not judged.instead:
            message = f"{one.name}: brevet nævner ikke {judged.ref}. {judged.why}"
            yield _warn("law_left_out", one.where, message, judged.source)


def _birth_date(judged: tuple[_Judged, ...]) -> Iterator[Finding]:
    found = next((law for one in judged for law in one.law.judged if law.status == "age_missing"), None)
    if found:
        yield _warn("law_age_unknown", "citizen.birth_date", found.why, found.source, step="henvendelse")


def _replaced(judged: tuple[_Judged, ...], standard: Standard) -> Iterator[Finding]:
    """One finding for each rule the letter replaces, with the help it is about."""
    pairs: dict[tuple[LawRef, LawRef], list[tuple[_Judged, Applicability]]] = {}
    for one in judged:
        if one.item.delydelse not in standard.delydelse_by_id:
            continue
        for law in one.law.must_not:
            if law.instead and not (one.refused and law.unmet):
                pairs.setdefault((law.ref, law.instead), []).append((one, law))
    for (ref, instead), found in pairs.items():
        names = joined(list(dict.fromkeys(one.name for one, _ in found)))
        first, law = found[0]
        note = f" {law.rule.note}" if law.rule and law.rule.note else ""
        message = f"{names}: brevet henviser til {instead} i stedet for {ref}. {law.why}{note}"
        yield _warn("law_replaced", first.where, message, law.source)


def _presumed(judged: tuple[_Judged, ...]) -> Iterator[Finding]:
    groups = {law.presumed.id: law.presumed for one in judged for law in one.law.judged if law.presumed}
    for group in groups.values():
        yield _warn("law_presumed", f"answers.{group.decided_by}", group.presumed, group.source)


def _uncertain(judged: tuple[_Judged, ...], register: LawRegister, on: date) -> Iterator[Finding]:
    """Where the register does not know, is not sure, or has been overtaken."""
    said: set[str] = set()
    for one in judged:
        for law in one.law.judged:
            for message, source in _doubts(law, on):
                if message not in said:
                    said.add(message)
                    yield _warn("law_unverified", one.where, message, source)
    limit = register.checked_on
    if judged and on.toordinal() > limit.toordinal() + 365:
        message = f"Programmets love er sidst gennemgået den {long_date(limit)}. Undersøg, om loven er ændret siden."
        yield _warn("law_register_age", "decision.decided_on", message, "")


def _doubts(law: Applicability, on: date) -> Iterator[tuple[str, str]]:
    if law.status == "unknown":
        yield f"{law.why} Slå den op i loven, før brevet sendes.", ""
    for doubt in law.doubts:
        yield f"Slå op i loven, om {law.ref} er den rigtige regel her, før brevet sendes. {doubt}", law.source
    rule = law.rule if law.cited_in_refusal else None
    if rule and rule.verification == "not_verified":
        # What is unchecked (``doubt``) is for whoever keeps the register; she can only look the rule up.
        text = f"Slå {rule.ref} op i loven, før brevet sendes: programmet kan ikke stå inde for reglen."
        yield text, rule.source
    for change in rule.changes if rule else ():
        if change.on <= on and change.verification != "verified":
            yield change.what, change.source


def _lapsing(
    case: Case, standard: Standard, register: LawRegister, on: date, today: date
) -> Iterator[Finding]:
    facts, birth = facts_of(case, standard, register), birth_date(case)
    names: dict[tuple[str, str, date], list[str]] = {}
    for item in case.decision.items:
        if not item.gives_help:
            continue
        for _, lapse in lapsing(register, named_law(item, standard), on, today, birth, facts):
            key = (lapse.what, str(lapse.law), lapse.lapses_on)
            names.setdefault(key, []).append(item_name(item, standard))
    for (what, law, day), items in names.items():
        helped = joined(list(dict.fromkeys(items)))
        message = f"{helped}: {what}"
        if today >= day:
            message = f"{helped}: løb bevillingen endnu, faldt den bort den {long_date(day)} ({law})."
        yield _warn("law_lapses", "decision.items", message, law[:1].upper() + law[1:])


def _stop(code: str, where: str, message: str, law: Applicability, step: Step = "afgoerelse") -> Finding:
    return Finding(code=code, severity="stop", message=message, step=step, where=where, source=law.source)


def _warn(code: str, where: str, message: str, source: str, step: Step = "afgoerelse") -> Finding:
    return Finding(code=code, severity="warn", message=message, step=step, where=where, source=source)
