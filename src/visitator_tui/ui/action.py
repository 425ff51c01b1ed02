"""What an action of the app is: a key, the words for it, and where it can be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Context = Literal[
    "app",
    "form",
    "way",
    "day",
    "list",
    "case",
    "areas",
    "summary",
    "suggestions",
    "decision",
    "letter",
    "course",
    "search",
    "queue",
    "preventive",
    "talk",
    "quality",
    "sync",
    "conflicts",
]

CONTEXT_NAMES: dict[Context, str] = {
    "app": "Overalt",
    "form": "I et felt",
    "way": "Vejen gennem en sag, fra henvendelse til slut",
    "day": "Min dag",
    "list": "Sagslisten",
    "case": "I en sag",
    "areas": "Hverdagsliv",
    "summary": "Samlet vurdering",
    "suggestions": "Forslag",
    "decision": "Afgørelse",
    "letter": "Brev",
    "course": "Forløb",
    "queue": "Breve til print",
    "preventive": "Forebyggende besøg",
    "talk": "Et forebyggende besøg",
    "quality": "Kvalitet",
    "sync": "Synkronisering",
    "conflicts": "Konflikter",
    "search": "Søg i standarden",
}


@dataclass(frozen=True)
class Action:
    """One thing a key does. ``label`` is for the key bar (short), ``help`` for F1 (a sentence).

    ``plain`` keys act only outside fields, ``in_field`` keys only in them. Without ``keys`` the action is
    told of here and done elsewhere (Enter in a list).
    """

    id: str
    context: Context
    keys: str
    action: str
    shown: str
    label: str
    help: str
    plain: bool = False
    bar: bool = True
    in_field: bool = False
