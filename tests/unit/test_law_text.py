"""References as visitators write them."""

from __future__ import annotations

import pytest
from law_kit import shorts

from visitator_tui.domain.law import written_refs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Serviceloven § 83, stk. 1, nr. 2", ["sel 83,1,2"]),
        ("serviceloven §83a", ["sel 83 a"]),
        ("Servicelovens § 83 A", ["sel 83 a"]),
        ("Lov om social service § 83", ["sel 83"]),
        ("§ 83 a i serviceloven", ["sel 83 a"]),
        ("§ 83 i serviceloven", ["sel 83"]),
        ("serviceloven §\u00a083", ["sel 83"]),
        ("Serviceloven §§ 83 og 86, stk. 2, samt sundhedsloven § 138", ["sel 83", "sel 86,2", "sul 138"]),
        ("serviceloven § 86, stk. 1 og 2, og § 88", ["sel 86,1", "sel 88"]),
        ("serviceloven §§ 83, stk. 1, og 86", ["sel 83,1", "sel 86"]),
        ("serviceloven § 95, stk. 1-4", ["sel 95,1-4"]),
        ("Ældreloven § 10 og ældrelovens § 13", ["æl 10", "æl 13"]),
        ("Serviceloven § 83, jf. lovbekendtgørelse nr. 909 af 3. juli 2024", ["sel 83"]),
        ("Serviceloven § 83 fra 2007", ["sel 83"]),
        ("Lov om almene boliger § 54 a", ["abl 54 a"]),
        ("serviceloven", []),
        ("§ 83", []),
        ("Kommunens standard, side 83", []),
        ("", []),
    ],
)
def test_written_references_are_understood(text: str, found: list[str]) -> None:
    assert shorts(written_refs(text)) == found


@pytest.mark.parametrize(
    "text", ["Serviceloven § 83, stk. 1, nr. 2", "Ældreloven § 10", "Klage- og erstatningsloven § 5"]
)
def test_what_the_program_writes_it_can_read(text: str) -> None:
    (found,) = written_refs(text)
    assert str(found).lower() == text.lower()
    assert written_refs(str(found)) == (found,)
