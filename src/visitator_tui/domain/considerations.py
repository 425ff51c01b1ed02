"""What must be weighed before help is decided: § 83 a before § 83, or what the citizen's own law asks instead."""

from __future__ import annotations

from typing import NamedTuple

from .case import Case, DecisionItem
from .law import LawRef
from .law_case import law_of_item, named_law
from .law_rules import LawRegister
from .standard import Consideration, Standard


class _Basis(NamedTuple):
    """A rule the standard names for help, and the one the help is given under for this citizen."""

    named: LawRef
    applies: LawRef


def considerations_of(
    case: Case, item: DecisionItem, standard: Standard, register: LawRegister | None = None
) -> tuple[Consideration, ...]:
    """What must be considered before an item is decided (p. 132).

    The register tells which law the help is given under on the case's date: who is covered by ældreloven
    cannot have help under serviceloven §§ 83 and 83 a (serviceloven § 2, stk. 5), so nothing is asked of
    them. Without a register, or while it cannot tell, the standard's own references decide.
    """
    named = named_law(item, standard)
    bases = [_Basis(ref, ref) for ref in named]
    if register is not None:
        judged = law_of_item(case, item, standard, register).judged
        refused = item.outcome == "refused"
        found = ((one.ref, one.cited_in_refusal if refused else one.cited) for one in judged)
        bases = [_Basis(ref, cited) for ref, cited in found if cited] or bases
    return tuple(one for one in standard.considerations if any(_due(one, it, standard) for it in bases))


def _due(consideration: Consideration, basis: _Basis, standard: Standard) -> bool:
    if not _covers(consideration, basis.applies):
        return False
    if consideration.instead_of is None:
        return True
    others = (one for one in standard.considerations if one.id == consideration.instead_of)
    return any(_covers(other, basis.named) for other in others)


def _covers(consideration: Consideration, ref: LawRef) -> bool:
    return any(before.covers(ref) for before in consideration.before)
