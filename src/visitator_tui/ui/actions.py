"""Every key of the app in one place: what it does, where, and the words for it.

Only keys that every terminal passes on and a Danish keyboard has without AltGr are used (a test
holds this table against the forbidden list). Letters and digits work when no text field has focus.
"""

from __future__ import annotations

from textual.binding import Binding

from .action import CONTEXT_NAMES, Action, Context
from .actions_course import COURSE_ACTIONS
from .actions_letter import LETTER_ACTIONS
from .actions_lists import LIST_ACTIONS
from .actions_rounds import ROUNDS_ACTIONS
from .actions_sync import SYNC_ACTIONS
from .actions_visit import VISIT_ACTIONS
from .actions_way import WAY_ACTIONS

EVERYWHERE_ACTIONS: tuple[Action, ...] = (
    Action(
        "help", "app", "f1", "help", "F1", "Hjælp", "Vis, hvad du kan gøre her. Skriv for at søge i hjælpen."
    ),
    Action("leave", "app", "f10,ctrl+q", "leave", "F10", "Luk", "Gem alt, og luk programmet (også Ctrl+Q)."),
    Action(
        "theme",
        "app",
        "ctrl+t",
        "next_theme",
        "Ctrl+T",
        "Farver",
        "Skift mellem mørk, lys og høj kontrast.",
        bar=False,
    ),
    Action(
        "next_field",
        "form",
        "tab",
        "next_field",
        "Tab",
        "Næste felt",
        "Gå til næste felt; i felter på én linje også Enter og Pil ned.",
        in_field=True,
    ),
    Action(
        "previous_field",
        "form",
        "shift+tab",
        "previous_field",
        "Shift+Tab",
        "Forrige felt",
        "Gå til forrige felt; i felter på én linje også Pil op.",
        bar=False,
    ),
    Action(
        "turn",
        "form",
        "",
        "",
        "PgDn",
        "Rul",
        "Rul i trinets felter; PgUp ruller op. I Hverdagsliv går de mellem områderne.",
        bar=False,
    ),
    Action(
        "pick",
        "form",
        "",
        "",
        "1-9",
        "Vælg",
        "Vælg blandt svarene i et felt: nummer, forbogstav eller Pil til siderne. Hvor der kan sættes flere "
        "krydser: nummer, eller Mellemrum på det svar, Pil til siderne peger på.",
        bar=False,
    ),
    Action(
        "cases",
        "case",
        "f2",
        "cases",
        "F2",
        "Tilbage",
        "Gem, og gå tilbage til Min dag eller sagslisten. Sagen går videre.",
    ),
    Action(
        "missing",
        "case",
        "f3",
        "missing",
        "F3",
        "Mangler",
        "Vis, hvad der mangler før afgørelsen; Enter går derhen.",
    ),
    Action("steps", "case", "f4", "steps", "F4", "Trin", "Vælg et af de otte trin.", bar=False),
    Action("previous_step", "case", "f8", "step(-1)", "F8", "Forrige", "Gå til forrige trin."),
    Action("next_step", "case", "f9", "step(1)", "F9", "Næste", "Gå til næste trin."),
    Action(
        "phrases",
        "case",
        "f5",
        "phrases",
        "F5",
        "Fraser",
        "I et tekstfelt: sæt en gemt frase ind, eller gem feltets tekst.",
        bar=False,
    ),
    Action(
        "save",
        "case",
        "ctrl+s",
        "save_now",
        "Ctrl+S",
        "Gem",
        "Gem nu. Alt gemmes også af sig selv, mens du skriver.",
        bar=False,
    ),
    Action(
        "undo",
        "case",
        "ctrl+z",
        "undo",
        "Ctrl+Z",
        "Fortryd",
        "Fortryd seneste ændring (i et felt: det senest skrevne).",
        bar=False,
    ),
)

ACTIONS: tuple[Action, ...] = (
    *EVERYWHERE_ACTIONS, *VISIT_ACTIONS, *LETTER_ACTIONS, *COURSE_ACTIONS, *LIST_ACTIONS, *SYNC_ACTIONS,
    *ROUNDS_ACTIONS, *WAY_ACTIONS,
)  # fmt: skip
"""Every action of the app."""


def of(context: Context) -> tuple[Action, ...]:
    """The actions of a context, in the order of the help."""
    return tuple(action for action in ACTIONS if action.context == context)


def bindings(context: Context) -> list[Binding]:
    """The bindings of a context.

    They have priority: a key that moves the focus must act before the next key is handed out, or fast
    typing lands in the wrong field.
    """
    made = []
    for one in of(context):
        if not one.keys:
            continue
        if one.id == "score":
            made += [
                Binding(key, f"score({key})", one.label, id=f"{context}.{one.id}.{key}", priority=True)
                for key in one.keys.split(",")
            ]
        else:
            made.append(Binding(one.keys, one.action, one.label, id=f"{context}.{one.id}", priority=True))
    return made


def bar(*contexts: Context, in_field: bool = False) -> str:
    """The key bar's text for some contexts, outside or in a field."""
    return "  ".join(
        f"{one.shown} {one.label}"
        for context in contexts
        for one in of(context)
        if one.bar and not (one.plain if in_field else one.in_field)
    )


__all__ = ["ACTIONS", "CONTEXT_NAMES", "Action", "Context", "bar", "bindings", "of"]
