"""Every kind of letter holds what it must, says nothing twice, and tells the last day to complain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import letter_tables
import pytest
from letter_cases import cases, letterhead, standard
from letter_kit import PRESS
from letter_others import made, ready

from visitator_tui.catalogue import CatalogueFolder
from visitator_tui.domain.letter_facts import LETTER_KINDS, LetterKind
from visitator_tui.domain.readability import sentences
from visitator_tui.letters.draft import Draft
from visitator_tui.letters.mandatory_kinds import BY_KIND, missing
from visitator_tui.letters.model import Facts, Letter, Section
from visitator_tui.resources import sample_data
from visitator_tui.usecases.casefile import read_case

OTHERS: tuple[LetterKind, ...] = tuple(kind for kind in LETTER_KINDS if kind != "afgoerelse")

# -- what every kind must hold ---------------------------------------------------------------------


def hollow(letter: Letter, role: str) -> Letter:
    """The letter with the first block of a role alone."""
    sections = tuple(
        Section(one.role, one.blocks[:1], one.about) if one.role == role else one for one in letter.sections
    )
    return replace(letter, sections=sections)


def without(letter: Letter, role: str) -> Letter:
    return replace(letter, sections=tuple(one for one in letter.sections if one.role != role))


BREAKS: dict[str, Callable[[Letter], Letter]] = {
    "recipient": lambda letter: replace(letter, recipient=letter.recipient[:1]),
    "sender": lambda letter: without(letter, "signature"),
    "applications": lambda letter: hollow(letter, "opening"),
    "received": lambda letter: without(letter, "opening"),
    "answer_by": lambda letter: hollow(letter, "deadline"),
    "next": lambda letter: hollow(letter, "next"),
    "new_day": lambda letter: hollow(letter, "deadline"),
    "information": lambda letter: hollow(letter, "information"),
    "answer_day": lambda letter: hollow(letter, "answering"),
    "outcome": lambda letter: hollow(letter, "reassessed"),
    "complained": lambda letter: hollow(letter, "complained"),
    "grounds": lambda letter: hollow(letter, "considering"),
    "sent_on": lambda letter: hollow(letter, "reassessed"),
    "parties": lambda letter: hollow(letter, "master_data"),
    "complaint": lambda letter: hollow(letter, "complained"),
    "view": lambda letter: hollow(letter, "reassessed"),
    "papers": lambda letter: hollow(letter, "enclosures"),
    "master_data": lambda letter: hollow(letter, "master_data"),
    "services": lambda letter: hollow(letter, "services"),
    "levels": lambda letter: hollow(letter, "assessment"),
    "decision": lambda letter: hollow(letter, "decided"),
    "help": lambda letter: hollow(letter, "opening"),
    "choice": lambda letter: hollow(letter, "choosing"),
    "change": lambda letter: hollow(letter, "next"),
}


@pytest.mark.parametrize(
    ("kind", "element"), [(kind, element) for kind in OTHERS for element in BY_KIND[kind]],
    ids=lambda one: getattr(one, "id", one),
)  # fmt: skip
def test_a_letter_without_what_its_kind_must_hold_is_noticed(kind: LetterKind, element: Any) -> None:
    one, facts = ready(kind, cases()["delvis"])
    whole = made(kind)
    draft = Draft(one, standard(), letterhead(), PRESS._texts, facts)
    assert missing(whole, draft) == ()
    found = missing(BREAKS[element.id](whole), draft)
    assert any(one.startswith(f"{element.name}: ") and one.endswith(f"({element.source})") for one in found)


def repeated(letter: Letter) -> set[str]:
    """The sentences that stand twice, apart from days, extents and what is said of items and activities."""
    apart = ("assessment", "services", "decided", "result", "deadline")
    sections = [one for one in letter.sections if one.about is None and one.role not in apart]
    found = [one.text for section in sections for one in sentences(section.text) if one.words > 3]
    return {one for one in found if found.count(one) > 1}


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_nothing_is_said_twice(kind: LetterKind) -> None:
    assert repeated(made(kind)) == set()


@pytest.mark.parametrize("file", sorted(sample_data().glob("*.json")), ids=lambda file: file.stem)
def test_nothing_is_said_twice_in_words_of_the_shipped_standards(
    file: Path, shipped: CatalogueFolder
) -> None:
    one = read_case(file)
    if one.decision.decided_on is not None:
        letter = PRESS.letter(one, shipped.in_force(one.municipality, one.decision.decided_on), letterhead())
        routes = len([block for block in letter.having("complaint")[0].blocks if isinstance(block, Facts)])
        assert routes > 1 or repeated(letter) == set()
        assert "borgeren" not in letter.said("reliability", "supplier", "duties", "complaint").lower()


# -- the last day to complain ----------------------------------------------------------------------


def test_the_last_day_to_complain_is_told_when_the_day_of_delivery_is_known() -> None:
    by_post = made("afgoerelse")
    assert "4 uger fra den dag, du har fået brevet" in by_post.said("complaint")
    digital = made("afgoerelse", digital_post_on=date(2024, 5, 13))
    assert "Senest den 10. juni 2024 (4 uger fra den dag, du fik brevet i Digital Post)" in digital.said(
        "complaint"
    )


def test_a_last_day_on_a_holiday_is_moved_to_the_next_weekday() -> None:
    # Four weeks after 22 April 2024 is Anden pinsedag.
    digital = made("afgoerelse", digital_post_on=date(2024, 4, 22))
    assert "Senest den 21. maj 2024" in digital.said("complaint")


def test_the_page_about_letters_says_what_the_registers_say() -> None:
    assert letter_tables.place().read_text(encoding="utf-8") == letter_tables.document()
