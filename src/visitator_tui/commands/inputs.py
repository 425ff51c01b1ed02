"""What most commands begin with: a case that can be read, and the standard it is held against."""

from __future__ import annotations

from visitator_tui import composition
from visitator_tui.domain.case import Case
from visitator_tui.domain.standard import Standard
from visitator_tui.usecases.casefile import CaseFileError, check_against, read_case

from .console import source


def case_and_standard(file: str, catalogue: str | None = None) -> tuple[Case, Standard]:
    """The case in a file, and the standard in force on its date (today's, while it has none).

    ``catalogue`` names another standard instead. Raises CaseFileError and NoStandardError.
    """
    case = read_case(source(file))
    catalogues = composition.catalogues()
    if catalogue is not None:
        standard = catalogues.by_id(catalogue)
    else:
        standard = catalogues.in_force(case.municipality, case.matched_on or composition.now().date())
    if problems := check_against(case, standard, composition.law_register().question_by_id):
        raise CaseFileError(*problems)
    return case, standard
