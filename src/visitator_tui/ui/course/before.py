"""Events up to the decision: appointments, consents, ways in, notices of delay."""

from __future__ import annotations

from typing import Any

from visitator_tui.domain.course import Appointment, Consent, DelayNotice, WayIn
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.wording import long_date

from .kind import EventField, EventKind, called, first_day, sentence

PURPOSES = (
    ("visit", "Visitationssamtale"),
    ("review", "Revurdering"),
    ("evaluation", "Evaluering"),
    ("other", "Andet"),
)
WAYS = (("rehabilitation_plan", "Genoptræningsplan"), ("discharge", "Udskrivning"))


def _appointment(one: Appointment, standard: Standard) -> str:
    del standard
    at = f"kl. {one.at:%H.%M}" if one.at else ""
    held = "" if one.held is None else "holdt" if one.held else "ikke holdt"
    return sentence(called(PURPOSES, one.purpose), at, "" if one.on else "dag ikke aftalt", held)


def _consent(one: Consent, standard: Standard) -> str:
    del standard
    said = {True: "ja", False: "nej", None: "ikke svaret"}[one.allowed]
    return sentence(f"{one.source.strip() or 'hvem?'}: {said}")


def _way_in(one: WayIn, standard: Standard) -> str:
    del standard
    followed = "fulgt op" if one.agreement_followed_on else ""
    return sentence(called(WAYS, one.kind), followed)


def _notice(one: DelayNotice, standard: Standard) -> str:
    del standard
    expected = f"svar ventes {long_date(one.expected_on)}" if one.expected_on else "ny dato mangler"
    return sentence("besked om forsinkelse", expected)


def _discharge(one: Any) -> bool:
    return one.kind == "discharge"  # type: ignore[no-any-return]


def _plan(one: Any) -> bool:
    return one.kind == "rehabilitation_plan"  # type: ignore[no-any-return]


APPOINTMENT = EventKind(
    "appointments", "Aftale", "Aftaler",
    "Samtaler og besøg: hvornår de blev aftalt, hvornår de er, hvem der er med, og om de blev holdt.",
    (
        EventField("purpose", "Hvad", "choice", "Hvad I skal mødes om.", choices=PURPOSES, required=True),
        EventField(
            "agreed_on", "Aftalt den", "date",
            "Den dag, tidspunktet blev aftalt. Det er den, fristen efter henvendelsen gælder.", step="appointment",
        ),
        EventField("on", "Dag", "date", "Den dag, I mødes. Den står i Min dag."),
        EventField("at", "Klokken", "time", "Fx 9.30. Kan være tom.", hint="tt.mm"),
        EventField("participants", "Hvem er med", "lines", "Én på hver linje: borgeren, pårørende, leverandør, tolk …"),
        EventField("held", "Blev holdt", "yes_no", "Nej, hvis der blev meldt afbud, eller ingen var hjemme."),
        EventField("note", "Bemærkning", "long"),
    ),
    _appointment, first_day("on", "agreed_on"), "appointment",
)  # fmt: skip

CONSENT = EventKind(
    "consents", "Samtykke", "Samtykke",
    "Hvem borgeren siger ja eller nej til, at der hentes oplysninger hos. Først efter et ja må du skrive, hvad "
    "andre har sagt, under Hverdagsliv. Det seneste svar gælder.",
    (
        EventField("source", "Oplysninger fra", "text", "Fx pårørende, sygehuset, egen læge, sagsbehandler."),
        EventField("allowed", "Borgeren svarer", "yes_no", "Ja giver lov. Et senere nej tager den tilbage."),
        EventField("asked_on", "Spurgt den", "date"),
        EventField("note", "Bemærkning", "long"),
    ),
    _consent, first_day("asked_on"),
)  # fmt: skip

WAY_IN = EventKind(
    "ways_in", "Genoptræningsplan eller udskrivning", "Fra sygehuset",
    "Sager, der kommer fra sygehuset. Fristerne for træning regnes fra den dag, planen er modtaget.",
    (
        EventField("kind", "Hvad", "choice", choices=WAYS, required=True),
        EventField("received_on", "Modtaget den", "date", "Den dag, planen eller beskeden kom."),
        EventField("reference", "Kendetegn", "text", "Det, der skiller denne plan fra en anden."),
        EventField("discharged_on", "Udskrevet den", "date"),
        EventField("arrived_on", "Ankom til ophold", "date", "Den dag, borgeren kom til et midlertidigt ophold."),
        EventField(
            "medical_reason", "Hvorfor senere", "long",
            "Den lægelige grund til, at træningen først kan begynde senere.", when=_plan,
        ),
        EventField(
            "agreement_followed_on", "Aftale fulgt", "date",
            "Den dag, det, der er aftalt med sygehuset, var gjort.", step="hospital_agreement", when=_discharge,
        ),
        EventField("note", "Bemærkning", "long"),
    ),
    _way_in, first_day("received_on", "discharged_on", "arrived_on"), "hospital_agreement",
)  # fmt: skip

DELAY_NOTICE = EventKind(
    "delay_notices", "Besked om forsinkelse", "Beskeder om forsinkelse",
    "Kan en frist ikke holdes, skal borgeren have at vide hvorfor, og hvornår svaret så kommer.",
    (
        EventField("given_on", "Besked givet den", "date", "Den dag, borgeren fik besked.", step="delay_notice"),
        EventField("expected_on", "Svar ventes den", "date", "Fristen flyttes til denne dag."),
        EventField("reason", "Hvorfor", "long"),
    ),
    _notice, first_day("given_on"), "delay_notice",
)  # fmt: skip
