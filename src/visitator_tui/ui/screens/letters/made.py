"""The letters that are made, in words for the screen."""

from __future__ import annotations

from collections.abc import Sequence

from visitator_tui.domain.case import MadeDecision
from visitator_tui.domain.wording import long_date
from visitator_tui.usecases.letter_names import has_twin, kind_name, letter_day, letter_name
from visitator_tui.usecases.ports import (
    QUEUE_STATES,
    CaseStore,
    ExportKind,
    LetterRow,
    QueuedLetter,
    QueueState,
    StoreError,
)

from ...widgets.line_list import Row

_EXPORTED: dict[ExportKind, str] = {
    "folder": "gemt i en mappe", "digital_post": "gemt som besked til Digital Post",
}  # fmt: skip


def title_of(letter: LetterRow, among: Sequence[LetterRow] = (), made: Sequence[MadeDecision] = ()) -> str:
    """The letter's kind and day, what it decided, and the time where ``among`` has another of kind and day."""
    return f"{letter_name(letter, made)}, {letter_day(letter, among)}"


def file_name(kind: str, of: str) -> str:
    """A file name that tells nothing of the citizen; ``of`` is the case's number, or a part of its id."""
    return f"{kind.capitalize()}-{''.join(c if c.isalnum() else '-' for c in of).strip('-')}.pdf"


def made_rows(letters: Sequence[LetterRow], made: Sequence[MadeDecision] = ()) -> list[Row]:
    """A line a letter, the newest first, under a heading; nothing while there is none.

    What a letter decided, and the time, stand where another of its kind was written that day.
    """
    if not letters:
        return []
    lines = [Row(one.id, _line(one, letters, made)) for one in reversed(letters)]
    return [Row(None, "Skrevne breve"), *lines]


def _line(letter: LetterRow, among: Sequence[LetterRow], made: Sequence[MadeDecision]) -> str:
    at = letter.made_at.astimezone()
    if has_twin(letter, among):
        return f"  {at:%d-%m-%y %H.%M} {letter_name(letter, made)}"
    return f"  {at:%d-%m-%y} {kind_name(letter.kind)}"


def about_letter(
    store: CaseStore, letter: LetterRow, queued: Sequence[QueuedLetter], made: Sequence[MadeDecision] = ()
) -> str:
    """What there is to say of a kept letter; first of all, whether it is as it was made."""
    try:
        store.letter_pdf(letter.id)
    except StoreError as problem:
        return f"! {problem}"
    at, exports = letter.made_at.astimezone(), dict.fromkeys(store.exports(letter.id))
    exported = " og ".join(_EXPORTED[one] for one in exports) or "ikke eksporteret herfra"
    entries = [one for one in queued if one.letter_id == letter.id and one.state is not QueueState.REMOVED]
    printed = "; ".join(_printed(one) for one in entries) or "ikke sendt til print"
    return (
        f"{letter_name(letter, made)}\n\n"
        f"Skrevet {long_date(at.date())} kl. {at:%H.%M}. Brevet ligger i sagen og kan ikke ændres.\n\n"
        f"Print: {printed}.\nEksport: {exported}.\n"
        f"Størrelse: {max(1, round(letter.size / 1024))} kB\n"
        f"Kontrolsum (SHA-256): {letter.sha256[:16]} …\n\n"
        "L printer brevet. E gemmer det som fil eller til Digital Post."
    )


def _printed(entry: QueuedLetter) -> str:
    copies = f", {entry.copies} eksemplarer" if entry.copies > 1 else ""
    sides = ", to sider" if entry.two_sided else ""
    return f"{QUEUE_STATES[entry.state]}{copies}{sides}"
