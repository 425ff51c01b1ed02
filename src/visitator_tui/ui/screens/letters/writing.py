"""Writing a letter: the PDF, its place in the case, and the file beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from visitator_tui.domain.case import Case
from visitator_tui.domain.letter_needs import GIVES_RIGHT, complaint_of
from visitator_tui.usecases.deciding import make_decision
from visitator_tui.usecases.files import untaken
from visitator_tui.usecases.letter_keeping import CHANGING, keep_letter
from visitator_tui.usecases.ports import CaseRecord, CaseStore, LetterError, LetterRow, StoreError

from ...letter_preview import Wanted
from ...services import Services


@dataclass(frozen=True)
class Written:
    """The kept letter and its file, the case when it made its decision or changed it, what went wrong (Danish)."""

    letter: LetterRow | None = None
    decided: CaseRecord | None = None
    changed: CaseRecord | None = None
    trouble: str = ""
    file: Path | None = None

    @property
    def told(self) -> str:
        """What to say of a letter that was written; the file by its name, which is not always the one asked for."""
        where = f" og i {self.file.name}" if self.file else ""
        if self.decided is not None:
            return f"Afgørelsen er truffet. Brevet ligger i sagen{where}."
        return f"Brevet er skrevet som PDF. Det ligger i sagen{where}."


def decides_with(wanted: Wanted) -> bool:
    """Whether the letter makes the case's decision."""
    outcome = complaint_of(wanted.case, wanted.facts).outcome
    return wanted.kind == "afgoerelse" or (wanted.kind == "genvurdering" and outcome in GIVES_RIGHT)


def changes_case(wanted: Wanted) -> bool:
    """Whether the letter changes the case, which then must be saved before the letter is written."""
    return decides_with(wanted) or wanted.kind in CHANGING


def refusal(wanted: Wanted) -> str:
    """Why the letter cannot be written now (Danish); empty when it can."""
    if wanted.lacks:
        return f"Brevet mangler {len(wanted.lacks)} ting. F3 viser dem."
    if decides_with(wanted) and wanted.case.decision_is_made:
        return "Afgørelsen er truffet, og brevet ligger i sagen. L printer det."
    return ""


def what_p_does(wanted: Wanted) -> str:
    """What P does with a letter that is ready: a decision is made for good, and that is told before."""
    if not decides_with(wanted):
        return "P skriver PDF'en."
    if wanted.case.decision_is_made:
        return "Afgørelsen er truffet."
    return "P træffer afgørelsen; derefter kan den kun rettes med en ny."


def write_letter(
    services: Services, store: CaseStore, record: CaseRecord, wanted: Wanted, path: Path
) -> Written:
    """Make the letter, keep it (with a decision's letter the decision is made), and put it in the file.

    For any thread; it may take seconds. ``record`` is the saved case. A file that is there already is
    left alone: the letter's name then gets a number.
    """
    letter: LetterRow | None = None
    decided: CaseRecord | None = None
    changed: CaseRecord | None = None

    def pdf_of(case: Case) -> bytes:
        head = services.letterhead(wanted.standard)
        return services.letter_press().pdf(case, wanted.standard, head, wanted.kind, wanted.facts)

    try:
        if decides_with(wanted):
            decided, letter = make_decision(
                record, pdf_of, store, services.actor, services.clock, wanted.kind
            )
        else:
            pdf = pdf_of(wanted.case)
            letter = keep_letter(
                record, wanted.kind, pdf, wanted.facts, store, services.actor, services.clock
            )
            changed = store.load(record.id) if wanted.kind in CHANGING else None
        kept = store.letter_pdf(letter.id)
        file = untaken(path, kept)
        services.write_file(file, kept)
    except LetterError as problem:
        return Written(trouble="\n".join([str(problem), *problem.missing]))
    except (StoreError, ValueError) as problem:
        return Written(letter, decided, changed, f"Brevet kunne ikke gemmes i sagen: {problem}")
    except OSError as problem:
        reason = problem.strerror or "ukendt fejl"
        trouble = f"Brevet ligger i sagen, men ikke i mappen ({reason}). Vælg en anden fil."
        if decided is not None:
            trouble = f"Afgørelsen er truffet. {trouble}"
        return Written(letter, decided, changed, trouble)
    except Exception as fault:  # in a thread nobody else would hear of it
        trouble = (
            f"Brevet blev ikke skrevet færdig på grund af en fejl i programmet ({type(fault).__name__})."
        )
        return Written(
            letter, decided, changed, f"{trouble} Det, du har skrevet, er gemt. Sig det til it-afdelingen."
        )
    return Written(letter, decided, changed, file=file)
