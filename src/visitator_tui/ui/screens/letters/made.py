"""The letters that are made, in words for the screen."""

from __future__ import annotations

from collections.abc import Sequence

from visitator_tui.domain.letter_facts import LETTER_KINDS
from visitator_tui.domain.wording import long_date
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

_NAMES: dict[str, str] = {str(kind): name for kind, name in LETTER_KINDS.items()}

_EXPORTED: dict[ExportKind, str] = {
    "folder": "gemt i en mappe", "digital_post": "gemt som besked til Digital Post",
}  # fmt: skip


def name_of(kind: str) -> str:
    """What a kept letter's kind is called."""
    return _NAMES.get(kind, "Brev")


def title_of(letter: LetterRow) -> str:
    """The letter's kind and day."""
    return f"{name_of(letter.kind)}, {long_date(letter.made_at.astimezone().date())}"


def file_name(kind: str, of: str) -> str:
    """A file name that tells nothing of the citizen; ``of`` is the case's number, or a part of its id."""
    return f"{kind.capitalize()}-{''.join(c if c.isalnum() else '-' for c in of).strip('-')}.pdf"


def made_rows(letters: Sequence[LetterRow]) -> list[Row]:
    """A line a letter, the newest first, under a heading; nothing while there is none."""
    if not letters:
        return []
    lines = [
        Row(one.id, f"  {one.made_at.astimezone():%d-%m-%y} {name_of(one.kind)}") for one in reversed(letters)
    ]
    return [Row(None, "Skrevne breve"), *lines]


def about_letter(store: CaseStore, letter: LetterRow, queued: Sequence[QueuedLetter]) -> str:
    """What there is to say of a kept letter; first of all, whether it is as it was made."""
    try:
        store.letter_pdf(letter.id)
    except StoreError as problem:
        return f"! {problem}"
    made, exports = letter.made_at.astimezone(), dict.fromkeys(store.exports(letter.id))
    exported = " og ".join(_EXPORTED[one] for one in exports) or "ikke eksporteret herfra"
    entries = [one for one in queued if one.letter_id == letter.id and one.state is not QueueState.REMOVED]
    printed = "; ".join(_printed(one) for one in entries) or "ikke sendt til print"
    return (
        f"{name_of(letter.kind)}\n\n"
        f"Skrevet {long_date(made.date())} kl. {made:%H.%M}. Brevet ligger i sagen og kan ikke ændres.\n\n"
        f"Print: {printed}.\nEksport: {exported}.\n"
        f"Størrelse: {max(1, round(letter.size / 1024))} kB\n"
        f"Kontrolsum (SHA-256): {letter.sha256[:16]} …\n\n"
        "L printer brevet. E gemmer det som fil eller til Digital Post."
    )


def _printed(entry: QueuedLetter) -> str:
    copies = f", {entry.copies} eksemplarer" if entry.copies > 1 else ""
    sides = ", to sider" if entry.two_sided else ""
    return f"{QUEUE_STATES[entry.state]}{copies}{sides}"
