"""The keys of the step Brev."""

from __future__ import annotations

from .action import Action

LETTER_ACTIONS: tuple[Action, ...] = (
    Action(
        "fields", "letter", "", "", "Enter", "Felter", "Gå til brevets felter; Esc går tilbage til listen."
    ),
    Action("back", "letter", "escape", "back", "Esc", "Listen", "Gå fra felterne til listen.", in_field=True),
    Action(
        "pdf",
        "letter",
        "p",
        "pdf",
        "P",
        "Skriv",
        "Skriv brevet som PDF, og gem det i sagen. Med afgørelsens brev er den truffet.",
        plain=True,
    ),
    Action(
        "print",
        "letter",
        "l",
        "print",
        "L",
        "Print",
        "Print et skrevet brev: printer, eksemplarer og sider, eller lad det vente i køen.",
        plain=True,
    ),
    Action(
        "export",
        "letter",
        "e",
        "export",
        "E",
        "Eksport",
        "Gem et skrevet brev i en mappe eller som besked til Digital Post.",
        plain=True,
    ),
    Action(
        "lix",
        "letter",
        "i",
        "lix",
        "I",
        "Lix",
        "Vis, hvor let brevet er at læse, og de tunge sætninger.",
        plain=True,
    ),
    Action(
        "scroll_down",
        "letter",
        "pagedown",
        "scroll(1)",
        "PgDn",
        "Rul",
        "Rul i brevet; PgUp ruller op.",
        plain=True,
    ),
    Action(
        "scroll_up",
        "letter",
        "pageup",
        "scroll(-1)",
        "PgUp",
        "Rul op",
        "Rul op i brevet.",
        plain=True,
        bar=False,
    ),
)
