"""What the YAML reader says, in Danish."""

from __future__ import annotations

import re

import yaml

_SAID: tuple[tuple[str, bool, str, str], ...] = (
    # (pattern of the reader's words, whether the place where it began says more, message, mend)
    (
        r"mapping values are not allowed|unexpected ':'",
        False,
        "der står et kolon, hvor der ikke kan stå et",
        "Sæt citationstegn om teksten, eller ret indrykningen.",
    ),
    (
        r"found a tab|character '?\\?t?'?.*that cannot start any token",
        False,
        "linjen begynder et felt eller en værdi med et tegn, som YAML ikke tillader der "
        "(tabulator, @, ` eller %)",
        "Brug mellemrum til indrykning, og sæt citationstegn om teksten.",
    ),
    (
        r"',' or '[\]}]'",
        True,
        "en liste eller gruppe begynder her og bliver ikke lukket",
        "Sæt ] eller } hvor den slutter, komma mellem punkterne, og luk citationstegn.",
    ),
    (
        r"unexpected end of stream",
        True,
        "en tekst i citationstegn begynder her og bliver ikke lukket",
        "Sæt det manglende citationstegn.",
    ),
    (r"could not find expected ':'", True, "der mangler et kolon efter feltets navn", "Skriv navn: værdi."),
    (
        r"expected key|expected '-' indicator|<block end>",
        False,
        "linjen passer ikke med linjerne omkring den",
        "Ret indrykningen, og se efter, om et citationstegn eller en bindestreg mangler.",
    ),
    (
        r"sequence entries are not allowed",
        False,
        "et listepunkt kan ikke stå her",
        "Begynd listen på en ny linje, eller sæt citationstegn om teksten.",
    ),
    (
        r"unknown escape|hexdecimal|hexadecimal|escape code",
        False,
        "omvendt skråstreg betyder noget særligt i dobbelte citationstegn",
        "Brug enkelte citationstegn om teksten.",
    ),
    (r"node content", False, "her er et tegn for meget", "Slet tegnet, eller sæt citationstegn om teksten."),
    (
        r"document|directive",
        False,
        "filen må kun indeholde ét dokument og ingen YAML-direktiver",
        "Slet linjer, der begynder med --- eller %, og se efter, om indrykningen er rigtig.",
    ),
    (
        r"alphabetic or numeric",
        False,
        "* og & betyder noget særligt i YAML",
        "Sæt citationstegn om teksten.",
    ),
    (
        r"comment or (a )?line break",
        False,
        "efter | eller > kan der ikke stå tekst på samme linje",
        "Begynd teksten på næste linje.",
    ),
)


_ENDED = ("filen slutter, før listen eller gruppen er lukket", "Sæt ] eller }, eller gør teksten færdig.")


def in_danish(problem: yaml.YAMLError, last_line: int) -> tuple[int, str, str]:
    """(line from 1, message, mend) for an error of the YAML reader; ``last_line`` is the text's last."""
    if not isinstance(problem, yaml.MarkedYAMLError):
        return 1, "filen kan ikke læses som YAML", "Se efter, om det er den rigtige fil."
    said = problem.problem or ""
    here, began = problem.problem_mark, problem.context_mark
    if "node content" in said and here and here.line >= last_line:
        return last_line, *_ENDED
    for pattern, from_start, message, mend in _SAID:
        if re.search(pattern, said):
            mark = began if from_start and began else here
            return (mark.line if mark else 0) + 1, message, mend
    return (here.line if here else 0) + 1, "linjen er ikke gyldig YAML", "Se efter tegn og indrykning."
