"""Events while help is on its way or given: orders, changes of supplier, absence, acute help, reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from visitator_tui.domain.course import ClipUse
from visitator_tui.domain.course_supply import Absence, AcuteHelp, NoShow, Order, Report, SupplierChange
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.wording import long_date

from .kind import EventField, EventKind, called, first_day, items_named, sentence

SUPPLIERS = (
    ("municipal", "Kommunen"), ("private", "Privat"), ("own_helper_94", "§ 94: egen hjælper"),
    ("own_choice_95", "§ 95: tilskud"),
)  # fmt: skip
CHANNELS = (("advis", "Advis"), ("letter", "Brev"))
ABSENCES = (
    ("admission", "Indlæggelse"), ("holiday", "Ferie"), ("temporary_stay", "Midlertidigt ophold"), ("other", "Andet"),
)  # fmt: skip
REPORTS = (
    ("condition", "Ændret tilstand"), ("household", "Ændring i husstanden"), ("swaps", "Byttet hjælp flere gange"),
    ("locked_door", "Låst dør"), ("other", "Andet"),
)  # fmt: skip
NO_SHOWS = (("stayed_away", "Udeblev"), ("cancelled_examination", "Afbud til undersøgelse"))


def stopping(one: Order, last: date, standard: Standard, today: date) -> str:
    """The line of an order whose help is stopped by a decision, until the order is ended."""
    state = f"{'stopper' if last >= today else 'stoppet'} {last:%d-%m-%y}"
    return sentence(state, one.supplier, items_named(one.items, standard))


def _order(one: Order, standard: Standard) -> str:
    state = (
        "afsluttet"
        if one.ended_on
        else "i gang"
        if one.started
        else "bestilt"
        if one.ordered_on
        else "ikke bestilt"
    )
    return sentence(state, one.supplier, items_named(one.items, standard))


def _change(one: SupplierChange, standard: Standard) -> str:
    del standard
    to = f"til {one.to_supplier}" if one.to_supplier.strip() else ""
    return sentence(f"skift {to}".strip(), "gjort" if one.done_on else "ikke gjort")


def _absence(one: Absence, standard: Standard) -> str:
    del standard
    last = one.ended_on or one.to
    end = f"til {long_date(last)}" if last else ""
    unconfirmed = one.why == "admission" and one.confirmed_on is None
    return sentence(called(ABSENCES, one.why), end, "ikke bekræftet" if unconfirmed else "")


def _acute(one: AcuteHelp, standard: Standard) -> str:
    del standard
    return sentence("akut hjælp", f"til {long_date(one.ended_on)}" if one.ended_on else "i gang")


def _report(one: Report, standard: Standard) -> str:
    del standard
    return sentence(called(REPORTS, one.about), "behandlet" if one.handled_on else "venter")


def _no_show(one: NoShow, standard: Standard) -> str:
    del standard
    ground = {True: "rimelig grund", False: "uden rimelig grund", None: ""}[one.reasonable]
    return sentence(called(NO_SHOWS, one.kind), ground)


def _clips(one: ClipUse, standard: Standard) -> str:
    del standard
    return f"{one.clips} klip brugt"


def _two(one: Any) -> bool:
    return bool(one.two_staff)


def _admitted(one: Any) -> bool:
    return one.why == "admission"  # type: ignore[no-any-return]


def _stays(one: Any) -> bool:
    return one.why == "temporary_stay"  # type: ignore[no-any-return]


def _not_admitted(one: Any) -> bool:
    return not _admitted(one)


ORDER = EventKind(
    "orders", "Bestil hjælp", "Bestillinger",
    "Hjælp, der er bestilt hos den leverandør, borgeren har valgt. En ny bestilling er udfyldt med den bevilgede "
    "hjælp, der ikke er bestilt endnu.",
    (
        EventField("items", "Hjælp", "items", "Den hjælp, der bestilles her. Mellemrum eller nummer vælger.",
                   begins=True),
        EventField("supplier", "Leverandør", "text", "Den, borgeren har valgt.", begins=True),
        EventField(
            "supplier_kind", "Slags", "choice",
            "Borgeren kan også selv udpege sin hjælper (serviceloven § 94) eller få tilskud til at ansætte en (§ 95).",
            choices=SUPPLIERS,
        ),
        EventField(
            "information_on", "Skriftlig info den", "date",
            "Den dag, borgeren fik skriftlig information om, hvem der kan vælges.", step="information",
        ),
        EventField(
            "channel", "Bestilles ved", "choice",
            "Advis i journalen; brev til en leverandør, der ikke bruger den.", step="order", choices=CHANNELS,
        ),
        EventField("ordered_on", "Bestilt den", "date", "Den dag, bestillingen blev sendt.", step="order"),
        EventField(
            "coordinates", "Samordner", "yes_no",
            "Ja til den ene leverandør, der samordner hjælpen, når der er flere.", step="coordination",
        ),
        EventField("two_staff", "To medarbejdere til", "items", "Hjælp, som to skal være om.", step="two_staff"),
        EventField(
            "two_staff_reason", "Hvorfor to", "long", "Det, der gør to nødvendige hos denne borger.",
            step="two_staff", when=_two,
        ),
        EventField(
            "transfer_form_on", "Forflytningsskema", "date", "Den dag, forflytningsskemaet blev lavet.",
            step="transfer_form",
        ),
        EventField("started_on", "Begyndt den", "date", "Den dag, hjælpen begyndte."),
        EventField("started_note_on", "Notat om start", "date", "Leverandørens notat om, at hjælpen er begyndt."),
        EventField("ended_on", "Afsluttet den", "date", "Sidste dag hos denne leverandør."),
        EventField("note", "Bemærkning", "long"),
    ),
    _order, first_day("ordered_on", "started_on"), "order",
)  # fmt: skip

SUPPLIER_CHANGE = EventKind(
    "supplier_changes", "Skift leverandør", "Skift af leverandør",
    "Borgeren vil have en anden leverandør. Varslet regnes efter hjælpen. Er skiftet gjort, bestiller du hos den nye.",
    (
        EventField("items", "Hjælp", "items", "Den hjælp, skiftet gælder. Varslet er forskelligt."),
        EventField("requested_on", "Ønsket den", "date", "Den dag, borgeren bad om det. Varslet regnes herfra.",
                   step="supplier_change"),
        EventField("reason", "Hvorfor", "long", "Årsagen til, at borgeren vil skifte.", step="change_reason"),
        EventField("from_supplier", "Fra", "text"),
        EventField("to_supplier", "Til", "text"),
        EventField("effective_on", "Aftalt dag", "date", "Kan være tom: så gælder varslet."),
        EventField("done_on", "Skiftet den", "date", "Bestilt hos den nye, og afsluttet hos den gamle."),
        EventField("note", "Bemærkning", "long"),
    ),
    _change, first_day("requested_on"),
)  # fmt: skip

ABSENCE = EventKind(
    "absences", "Fravær", "Fravær",
    "Indlæggelse, ferie og ophold: hjælpen holder pause og begynder igen, når fraværet er afsluttet.",
    (
        EventField("why", "Hvorfor", "choice", choices=ABSENCES, required=True),
        EventField(
            "delydelse", "Ophold", "choice", "Det ophold, der gives: så regnes dagene med i kalenderåret.",
            step="yearly_limits", when=_stays,
        ),
        EventField("from", "Fra", "date", "Første dag væk."),
        EventField("to", "Til", "date", "Sidste dag væk, når den kendes."),
        EventField(
            "confirmed_on", "Bekræftet den", "date",
            "Sygehusets bekræftelse. Uden den fortsætter hjælpen, også når lægen har indlagt.",
            step="admission_confirmed", when=_admitted,
        ),
        EventField(
            "modules", "Kun for", "modules", "De moduler, fraværet gælder. Tomt: al hjælp holder pause.",
            step="absence_ended", when=_not_admitted
        ),
        EventField(
            "supplier_told_on", "Leverandør ved det", "date", "Den dag, leverandøren fik besked.", step="absence_told"
        ),
        EventField(
            "ended_on", "Fravær afsluttet", "date", "Den dag, hjælpen begynder igen.", step="absence_ended"
        ),
        EventField("note", "Bemærkning", "long"),
    ),
    _absence, first_day("from_"), "absence_told",
)  # fmt: skip

ACUTE = EventKind(
    "acute_help", "Akut ekstra hjælp", "Akut ekstra hjælp",
    "Hjælp ud over det bevilgede, fordi borgeren pludselig er syg. Varer det længere end fristen, eller har borgeren "
    "ikke personlig hjælp i forvejen, skal du vurdere behovet.",
    (
        EventField("started_on", "Begyndt den", "date", step="acute_help"),
        EventField("care_granted", "Har i forvejen", "yes_no",
                   "Har borgeren allerede personlig hjælp bevilget?", step="acute_help_not_granted"),
        EventField("ended_on", "Sluttet den", "date", "Sidste dag med ekstra hjælp."),
        EventField("assessed_on", "Vurderet den", "date", "Den dag, du tog stilling til behovet.", step="acute_help"),
        EventField("note", "Bemærkning", "long"),
    ),
    _acute, first_day("started_on"), "acute_help",
)  # fmt: skip

REPORT = EventKind(
    "reports", "Melding", "Meldinger",
    "Det, leverandør eller pårørende melder: ændret tilstand, ændring i husstanden, hjælp der byttes igen og igen, "
    "låst dør. Tag stilling, og skriv, hvad der skete.",
    (
        EventField("about", "Om", "choice", choices=REPORTS, required=True),
        EventField("reported_on", "Meldt den", "date"),
        EventField("by", "Meldt af", "text"),
        EventField("text", "Hvad der er sket", "long"),
        EventField("handled_on", "Behandlet den", "date", "Den dag, du tog stilling."),
        EventField("outcome", "Hvad der blev gjort", "long"),
    ),
    _report, first_day("reported_on"),
)  # fmt: skip

NO_SHOW = EventKind(
    "no_shows", "Udeblivelse fra træning", "Udeblivelser",
    "Træning, borgeren ikke kom til. For mange uden rimelig grund gør, at træningen afsluttes.",
    (
        EventField("kind", "Hvad", "choice", choices=NO_SHOWS, required=True),
        EventField("on", "Dag", "date"),
        EventField("reasonable", "Rimelig grund", "yes_no", step="no_shows"),
        EventField("note", "Bemærkning", "long"),
    ),
    _no_show, first_day("on"), "no_shows",
)  # fmt: skip

CLIP_USE = EventKind(
    "clip_uses", "Brug af klip", "Klippekort",
    "Opsparede klip, borgeren bruger. Der optjenes ét om ugen; de ældste bruges først, og de ældste bortfalder, når "
    "der er sparet det meste op, man kan.",
    (
        EventField("used_on", "Bruges den", "date", step="saving"),
        EventField("clips", "Antal klip", "number"),
        EventField("planned_on", "Aftalt den", "date", "Den dag, brugen blev aftalt med leverandøren.", step="saving"),
        EventField("note", "Til hvad", "long"),
    ),
    _clips, first_day("used_on"), "saving",
)  # fmt: skip
