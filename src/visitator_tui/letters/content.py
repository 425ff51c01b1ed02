"""The decision letter (afgørelse) as content: what is said, in which order. Pure; no layout, no PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from visitator_tui.domain.completeness import blocking, findings
from visitator_tui.domain.law_findings import law_findings
from visitator_tui.usecases.ports import LetterError

from .assessment import assessment
from .complaint import complaint
from .deciding import items, result
from .draft import Draft, day
from .frame import framed, rights, signature
from .grounds import considerations, facts, own_view, rules
from .model import Letter, Section
from .practical import duties, reliability, supplier


def decision_letter(draft: Draft) -> Letter:
    """The letter of a whole decision.

    Raises LetterError, naming everything that is missing, while the decision lacks what it must hold.
    """
    decided_on = decided(draft)
    sections = decision_sections(draft, decided_on)
    title = decision_title(draft)
    return framed(draft, "afgoerelse", decided_on, sections, title=title, writer=draft.case.decision.by)


def decided(draft: Draft) -> date:
    """The day of the decision. Raises LetterError while the decision is incomplete."""
    # Whether a date lies in the future is for those who know today's date; here every date has come.
    found = findings(draft.case, draft.standard, date.max, draft.register)
    if draft.register is not None:
        found += law_findings(draft.case, draft.standard, draft.register)
    lacking = tuple(finding.message for finding in blocking(found))
    decided_on = draft.case.decision.decided_on
    if lacking or decided_on is None:
        raise incomplete(lacking)
    return decided_on


def incomplete(lacking: tuple[str, ...]) -> LetterError:
    """The refusal to write an unfinished decision, with what it lacks."""
    return LetterError("Brevet kan ikke skrives endnu, for afgørelsen er ikke færdig. Det mangler:", lacking)


def decision_title(draft: Draft) -> str:
    """The title, which tells the result; a decision that takes another's place is a new one."""
    which = "new" if draft.case.decision.corrects.named else "first"
    return draft.say(f"title.{draft.outcome}", decision=draft.say(f"title.{which}"))


def decision_sections(draft: Draft, decided_on: date) -> Iterator[Section]:
    """The parts of the letter in the order in which the citizen reads them."""
    decision = draft.case.decision
    yield result(draft)
    yield from items(draft)
    yield own_view(draft)
    yield facts(draft)
    for section in (considerations(draft), rules(draft), reliability(draft), supplier(draft), duties(draft)):
        if section is not None:
            yield section
    yield complaint(draft)
    yield rights(draft, draft.say("rights.help", unit=draft.unit))
    told = draft.say("signature.decided", date=day(decided_on))
    if draft.encloses:
        told = f"{told}\n{draft.say('signature.enclosure')}"
    yield signature(draft, decision.by, told)
    if draft.encloses:
        yield assessment(draft)
