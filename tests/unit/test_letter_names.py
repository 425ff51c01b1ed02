"""Two letters of one kind and day are two letters: in their files, in the lists, when a case is closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from letter_cases import case, granted, stopped

from visitator_tui.domain.made_decision import with_made
from visitator_tui.usecases.files import untaken
from visitator_tui.usecases.letter_names import letter_day, letter_name
from visitator_tui.usecases.ports import LetterRow

NOON = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)


def letter(number: int, hours: int) -> LetterRow:
    return LetterRow(f"brev-{number}", "sag", "afgoerelse", NOON + timedelta(hours=hours), "", 1)


def test_a_letter_never_takes_the_file_of_another(tmp_path: Path) -> None:
    file = tmp_path / "Afgoerelse-17.5.pdf"
    names = []
    for pdf in (b"%PDF 1", b"%PDF 2", b"%PDF 33", b"%PDF 2"):
        free = untaken(file, pdf)
        free.write_bytes(pdf)
        names.append(free.name)
    assert names == [
        "Afgoerelse-17.5.pdf", "Afgoerelse-17.5-2.pdf", "Afgoerelse-17.5-3.pdf", "Afgoerelse-17.5-2.pdf",
    ]  # fmt: skip


def test_letters_of_one_kind_and_day_are_told_apart() -> None:
    first, second, later = letter(1, 0), letter(2, 1), letter(3, 48)
    one = with_made(case(granted("rengoering_3")), "brev-1", NOON)
    ending = case(stopped("rengoering_3")).decision
    made = with_made(one.model_copy(update={"decision": ending}), "brev-2", NOON).made
    assert letter_name(first, made) == "Afgørelse, bevilling"
    assert letter_name(second, made) == "Afgørelse, ophør"
    days = [letter_day(one, (first, second, later)) for one in (first, second, later)]
    assert len(set(days)) == 3
    assert days[2] == "8. maj 2024"
