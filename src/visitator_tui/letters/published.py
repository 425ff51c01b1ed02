"""Letter texts as a municipality publishes them: checked against the shipped ones before they are used."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from visitator_tui.domain.published import LETTER_TEXTS
from visitator_tui.resources import asset
from visitator_tui.usecases.ports import LetterError

from .texts import load_texts


def check_letter_texts(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What is wrong with the letter texts among ``files``, in Danish; empty when they can be used. A FileCheck."""
    if LETTER_TEXTS not in files:
        return ()
    with tempfile.TemporaryDirectory(prefix="visitator-texts-") as folder:
        path = Path(folder) / Path(LETTER_TEXTS).name
        path.write_bytes(files[LETTER_TEXTS])
        try:
            load_texts(asset("letters", "da.yaml"), path)
        except LetterError as problem:
            return (str(problem).replace(str(path), LETTER_TEXTS),)
    return ()
