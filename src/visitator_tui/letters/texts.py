"""The letter's texts: a file of sentences with placeholders, checked when it is loaded."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from visitator_tui.usecases.ports import LetterError

FORMAT = "visitator-letter-texts/1"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as quick
OPEN_GROUPS = ("goals.", "considerations.outcomes.")
"""Groups whose names are ids of the catalogue: a municipality may add its own."""


class LetterTextError(LetterError):
    """A text file or a text cannot be used; the message is Danish and says where and how to mend it."""


@dataclass(frozen=True)
class Texts:
    """The texts by their name (``result.heading``)."""

    by_name: Mapping[str, str]

    def say(self, name: str, /, **values: object) -> str:
        """The text with its placeholders filled in."""
        return fill(self.by_name[name], values, name)

    def known(self, name: str) -> str | None:
        """A text that may or may not be there (of an open group)."""
        return self.by_name.get(name)


def fill(template: str, values: Mapping[str, object], where: str) -> str:
    """``template`` with every ``{name}`` replaced; LetterTextError if one is not among ``values``."""
    unknown = [name for name in placeholders(template, where) if name not in values]
    if unknown:
        raise LetterTextError(_unknown_placeholder(where, unknown[0], values))
    return template.format_map(values)


def placeholders(template: str, where: str) -> tuple[str, ...]:
    """The names in braces in a text; LetterTextError when the braces do not match."""
    try:
        parsed = list(Formatter().parse(template))
    except ValueError:
        raise LetterTextError(
            f"Brevteksten »{where}« har en krøllet parentes for meget eller for lidt. "
            "Skriv et navn i begge parenteser, eller fjern dem."
        ) from None
    names = []
    for _, name, form, conversion in parsed:
        if name is None:
            continue
        if form or conversion:
            raise LetterTextError(
                f"Brevteksten »{where}«: pladsholderen »{name}« må kun være et navn. Fjern det, der står efter navnet."
            )
        names.append(name)
    return tuple(dict.fromkeys(names))


def load_texts(shipped: Path, own: Path | None = None) -> Texts:
    """The shipped texts, with the municipality's own in place of those that it has changed.

    A text of ``own`` must be one that exists and may only use that text's placeholders. Raises
    LetterTextError.
    """
    texts = dict(_read(shipped))
    for name, text in texts.items():
        placeholders(text, name)
    if own is not None:
        for name, text in _read(own):
            if name not in texts and not name.startswith(OPEN_GROUPS):
                raise LetterTextError(f"{own}: brevteksten »{name}« findes ikke.{_nearest(name, texts)}")
            allowed = placeholders(texts.get(name, ""), name)
            for used in placeholders(text, name):
                if used not in allowed:
                    raise LetterTextError(f"{own}: {_unknown_placeholder(name, used, allowed)}")
            texts[name] = text
    return Texts(texts)


def _read(path: Path) -> list[tuple[str, str]]:
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except OSError:
        raise LetterTextError(f"Brevteksterne i {path} kan ikke læses. Se efter, om filen findes.") from None
    except UnicodeDecodeError:
        raise LetterTextError(f"{path} er ikke gemt som UTF-8. Gem den igen som UTF-8.") from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f" (linje {mark.line + 1})" if mark else ""
        raise LetterTextError(f"{path} er ikke gyldig YAML{line}. Ret linjen.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise LetterTextError(f"{path} begynder ikke med »format: {FORMAT}«. Tilføj linjen.")
    return list(_flat(document.get("texts"), path))


def _flat(group: Any, path: Path, prefix: str = "") -> Iterator[tuple[str, str]]:
    if not isinstance(group, dict):
        raise LetterTextError(f"{path}: »{prefix.rstrip('.') or 'texts'}« skal være en gruppe af tekster.")
    for key, value in group.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flat(value, path, f"{name}.")
        elif isinstance(value, str) and value.strip():
            yield name, value
        else:
            raise LetterTextError(
                f"{path}: brevteksten »{name}« skal være en tekst, og den må ikke være tom."
            )


def _unknown_placeholder(where: str, name: str, allowed: Mapping[str, object] | tuple[str, ...]) -> str:
    known = ", ".join(f"{{{one}}}" for one in allowed)
    may = f"Her kan du bruge {known}." if known else "Her kan der ikke bruges pladsholdere."
    return f"Brevteksten »{where}« bruger {{{name}}}, som programmet ikke kender. {may}"


def _nearest(name: str, known: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" Mente du »{near[0]}«?" if near else ""
