"""How sync stands, in Danish words: short for the title, whole sentences for the screen Synkronisering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final

from visitator_tui.domain.wording import long_date

from .sync_ports import Phase, SyncState, UnsentRow
from .sync_wire import FoundCase, Trouble

NOT_SET_UP: Final = "ikke sat op"

_SHORT: Final = {
    Trouble.OFFLINE: "ingen forbindelse",
    Trouble.PORTAL: "forkert net",
    Trouble.CLOCK: "uret går forkert",
    Trouble.EXPIRED: "ikke logget ind",
    Trouble.REVOKED: "maskinen er spærret",
    Trouble.DENIED: "ingen adgang",
    Trouble.FULL: "serveren er fuld",
    Trouble.VERSION: "programmet er for gammelt",
    Trouble.BUSY: "tjenesten har travlt",
    Trouble.TOO_LARGE: "for stort at sende",
    Trouble.SERVICE: "tjenesten svarer ikke",
    Trouble.STORE: "fejl i databasen",
    Trouble.FAULT: "fejl i programmet",
}

_KINDS: Final = {
    "case": "sagen",
    "letter": "et brev",
    "settlement": "et valg mellem to udgaver",
    "preventive": "et forebyggende besøg",
    "sample": "en stikprøve",
}

_STATES: Final = {"open": "ikke afgjort", "decided": "afgjort"}
"""What the service calls a case's state."""

_NAME: Final = 30
"""Columns of a name among the cases found."""

_MOST_PARTS: Final = 2
"""As much as a title of 80 columns has room for beside what else it tells."""

_BY_A_PERSON: Final = {
    Trouble.CLOCK, Trouble.EXPIRED, Trouble.REVOKED, Trouble.DENIED, Trouble.FULL, Trouble.VERSION, Trouble.TOO_LARGE,
    Trouble.FAULT,
}  # fmt: skip
"""Troubles that do not pass by waiting."""

_UNKNOWN_LOG: Final = "Kommunens tjeneste kan ikke genkende logbogen på denne maskine"

_MOST_COMPARED: Final = 1_000_000
"""Words of one text times words of the other that are compared word by word (a tenth of a second)."""

FROM, TO = "►", "◄"
"""Stand around what differs between two texts: signs every terminal has, so that no colour is needed."""


def short(state: SyncState | None, unsent: Sequence[UnsentRow], now: datetime) -> str:
    """How sync stands, for a title: ``synkroniseret kl. 10.32``, ``3 sager ikke sendt``, ``henter 120 af 400``."""
    if state is None:
        return NOT_SET_UP
    if state.running:
        return _running(state)
    if state.synced:
        return f"synkroniseret {at(state.last_success, now)}" if state.last_success else "synkroniseret"
    parts = []
    if state.conflicts:
        parts.append(f"{count(state.conflicts, 'konflikt', 'konflikter')}")
    if waiting := unsent_text(state, unsent):
        parts.append(waiting)
    if state.trouble is not None and state.error:
        parts.append(_SHORT[state.trouble])
    return " · ".join(parts[:_MOST_PARTS]) or "ikke synkroniseret"


def _running(state: SyncState) -> str:
    doing = "henter" if state.phase is Phase.PULLING else "sender"
    return f"{doing} {state.done} af {state.total}" if state.total else f"{doing} …"


def unsent_text(state: SyncState, unsent: Sequence[UnsentRow]) -> str:
    """``3 sager ikke sendt``; empty when everything is sent."""
    cases = {row.case_id for row in unsent if row.kind in ("case", "letter")}
    other = sum(row.kind not in ("case", "letter") for row in unsent)
    if cases:
        return f"{count(len(cases), 'sag', 'sager')}{' m.m.' if other else ''} ikke sendt"
    waiting = max(state.unsent, other)
    return f"{count(waiting, 'ændring', 'ændringer')} ikke sendt" if waiting else ""


def count(number: int, one: str, many: str) -> str:
    """``1 sag``, ``3 sager``."""
    return f"{number} {one if number == 1 else many}"


def at(moment: datetime, now: datetime) -> str:
    """``kl. 10.32``; with its day when that is not today: ``6. marts 2017 kl. 10.32``."""
    here = moment.astimezone(now.tzinfo)
    hour = f"kl. {here:%H.%M}"
    return hour if here.date() == now.date() else f"{long_date(here.date())} {hour}"


def sentences(state: SyncState, now: datetime) -> list[str]:
    """The state in whole sentences: what is going on, the last time it succeeded, what is wrong, what comes next."""
    told = []
    if state.running:
        told.append(f"Synkroniserer: {_running(state)}.")
    elif state.phase is Phase.STOPPED:
        told.append("Synkroniseringen er stoppet, fordi programmet lukker.")
    elif state.synced:
        told.append("Alt er synkroniseret: det, du har skrevet, er hos kommunen, og du har det nyeste.")
    else:
        told.append("Ikke alt er synkroniseret.")
    if state.last_success:
        told.append(f"Sidst synkroniseret {at(state.last_success, now)}.")
    else:
        told.append("Maskinen har ikke været synkroniseret endnu.")
    if state.error:
        told.append(f"! {state.error}")
    if state.trouble is Trouble.EXPIRED and state.error:
        told.append("Tryk L for at logge ind.")
    if state.next_try and not state.running and state.error:
        told.append(f"Programmet prøver selv igen {at(state.next_try, now)}. Tryk S for at prøve nu.")
    if state.parked and not state.running:
        told.append(
            f"! {count(state.parked, 'del', 'dele')} af dine sager kan ikke læses her endnu: en nyere udgave af "
            "programmet har skrevet i dem, eller noget mangler. Intet er tabt. Installer den nyeste udgave; bliver det "
            "ved, så sig det til it-afdelingen."
        )
    if state.audit_doubted:
        told.append(
            f"! {_UNKNOWN_LOG}. Det sagde den sidst {at(state.audit_doubted, now)}. Intet af det, du har skrevet, er "
            "tabt, der synkroniseres som før, og du kan arbejde videre. Sig det til it-afdelingen: enten er en ældre "
            "kopi af databasen lagt tilbage, eller også har nogen ændret i den."
        )
    return told


def waiting(state: SyncState | None) -> str:
    """What somebody has to do about sync, for Min dag; empty when there is nothing but waiting."""
    if state is None:
        return ""
    if (
        state.error and state.trouble in _BY_A_PERSON
    ):  # the title tells of conflicts too, and of this perhaps not
        return f"Synkronisering: {state.error}"
    if state.conflicts:
        fields = count(state.conflicts, "felt venter", "felter venter")
        return f"{fields} på dit valg: to har skrevet i det samme felt. Tryk Y og K."
    return f"{_UNKNOWN_LOG}. Tryk Y, og læs, hvad du skal gøre." if state.audit_doubted else ""


def why_held(row: UnsentRow, now: datetime) -> str:
    """Why something is not sent."""
    if row.reason:
        return f"Holdt tilbage: {row.reason}"
    if row.held:
        return "To udgaver af et felt venter på, at du vælger (K). Resten af sagen sendes for sig."
    return f"Ændret {at(row.changed_at, now)}; sendes, næste gang der er forbindelse."


def found_text(one: FoundCase) -> str:
    """A case that the service found, on one line: name, born, state, whose it is."""
    year, _, rest = one.birth_date.partition("-")
    month, _, day = rest.partition("-")
    born = f"{day}-{month}-{year}" if day else one.birth_date
    name = one.name or "(uden navn)"
    short_name = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    return f"{short_name:{_NAME}} {born:10} {_STATES.get(one.state, one.state)[:16]:16} {one.assigned_to}"


def kind_name(kind: str) -> str:
    """What a kind of record is called."""
    return _KINDS.get(kind, kind)


def compared(mine: str, theirs: str) -> tuple[str, str]:
    """Two texts with signs around the words in which they differ, so that long ones are compared at a glance.

    Texts with nothing in common are given without signs: all of them differs.
    """
    a, b = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (mine, theirs))
    blocks = _blocks(a, b)
    if not any(
        tag == "equal" and re.search(r"\w", "".join(a[start:end])) for tag, start, end, _, _ in blocks
    ):
        return mine, theirs
    return _marked(a, [block[:3] for block in blocks]), _marked(b, [(one[0], *one[3:]) for one in blocks])


def _blocks(a: list[str], b: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What is equal and what is not; very long texts are compared from both ends alone."""
    if len(a) * len(b) <= _MOST_COMPARED:
        return SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    least = min(len(a), len(b))
    first = next((n for n in range(least) if a[n] != b[n]), least)
    last = next((n for n in range(least - first) if a[-1 - n] != b[-1 - n]), least - first)
    ends = len(a) - last, len(b) - last
    return [
        ("equal", 0, first, 0, first),
        ("replace", first, ends[0], first, ends[1]),
        ("equal", ends[0], len(a), ends[1], len(b)),
    ]


def _marked(words: list[str], blocks: list[tuple[str, int, int]]) -> str:
    told = []
    for tag, start, end in blocks:
        text = "".join(words[start:end])
        if tag == "equal" or not text:
            told.append(text)
            continue
        body = text.strip()
        if not body:
            told.append(text)
            continue
        before, after = text[: text.index(body)], text[text.index(body) + len(body) :]
        told.append(f"{before}{FROM}{body}{TO}{after}")
    return "".join(told)
