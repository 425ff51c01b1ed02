"""Letters as files for other systems: a folder, or a Digital Post message that another program sends."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC
from pathlib import Path
from typing import Final

from visitator_tui.usecases.files import FileError, write_whole
from visitator_tui.usecases.ports import DigitalPost, ExportError, LetterRow

FORMAT: Final = "visitator-letter/1"


class FileExport:
    """The LetterExport on files. A file that is there already is replaced whole, or left as it was."""

    def to_folder(self, folder: Path, letter: LetterRow, pdf: bytes) -> Path:
        """Write ``<kind>-<day>-<id>.pdf``, then its ``.json``: who sees the second knows that the first is whole."""
        _must_be_the_letter(letter, pdf)
        file = folder / f"{_neutral_name(letter)}.pdf"
        about = {
            "format": FORMAT,
            "file": file.name,
            "sha256": letter.sha256,
            "bytes": len(pdf),
            "letter": letter.id,
            "case": letter.case_id,
            "kind": letter.kind,
            "made_at": letter.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        }
        _write(file, pdf)
        _write(file.with_suffix(".json"), (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode())
        return file

    def to_digital_post(self, folder: Path, letter: LetterRow, pdf: bytes, post: DigitalPost) -> Path:
        """Write ``<kind>-<day>-<id>.memo.xml``. The CPR number stands in it and nowhere else."""
        from .memo import memo

        _must_be_the_letter(letter, pdf)
        file = folder / f"{_neutral_name(letter)}.memo.xml"
        _write(file, memo(letter, pdf, post))
        return file


def _neutral_name(letter: LetterRow) -> str:
    """A name without the citizen in it: the kind, the day it was made, and the beginning of its id."""
    kind = re.sub(r"[^a-z0-9]+", "-", letter.kind.lower()).strip("-") or "brev"
    return f"{kind}-{letter.made_at:%Y-%m-%d}-{letter.id[:8]}"


def _must_be_the_letter(letter: LetterRow, pdf: bytes) -> None:
    if hashlib.sha256(pdf).hexdigest() != letter.sha256:
        raise ExportError(
            "Brevet er ikke længere, som det blev lavet, og eksporteres ikke. Spørg it-afdelingen."
        )


def _write(file: Path, content: bytes) -> None:
    try:
        write_whole(file, content)
    except FileError as problem:
        raise ExportError(str(problem)) from None
