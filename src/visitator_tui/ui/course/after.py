"""Events of follow-up: reviews, evaluations, complaints, waiting for a home, the end of the case."""

from __future__ import annotations

from typing import Any

from visitator_tui.domain.course import Evaluation, Review
from visitator_tui.domain.course_complaint import Complaint
from visitator_tui.domain.course_waiting import WaitingListEvent
from visitator_tui.domain.standard import Standard

from .kind import EventField, EventKind, called, first_day, items_named, sentence

REVIEWED = (("unchanged", "Uændret"), ("changed", "Ændres"), ("ended", "Ophører"))
HOWS = (("orally", "Mundtligt"), ("in_writing", "Skriftligt"))
UPHELD = (
    ("upheld", "Medhold"), ("partly_upheld", "Delvist medhold"), ("not_upheld", "Ikke medhold"),
    ("withdrawn", "Trukket"),
)  # fmt: skip
APPEALS = (
    ("confirmed", "Stadfæstet"), ("changed", "Ændret"), ("sent_back", "Hjemvist"), ("dismissed", "Afvist"),
)  # fmt: skip
LISTS = (
    ("listed", "Skrevet op"), ("offer_refused", "Sagt nej til tilbud"), ("offer_accepted", "Sagt ja til tilbud"),
    ("asked_back", "Vil tilbage på listen"), ("approval_kept", "Godkendelsen gælder stadig"),
    ("assessed_anew", "Vurderet på ny"), ("withdrawn", "Trukket"),
)  # fmt: skip
GOALS = 4
"""Goals of one course that have fields."""


def _review(one: Review, standard: Standard) -> str:
    return sentence("revurdering", called(REVIEWED, one.outcome), items_named(one.items, standard))


def _evaluation(one: Evaluation, standard: Standard) -> str:
    counted = [goal for goal in one.goals if goal.reached is not None]
    reached = f"{sum(bool(goal.reached) for goal in counted)} af {len(counted)} mål nået" if counted else ""
    return sentence("evaluering", reached, items_named(one.items, standard))


def _complaint(one: Complaint, standard: Standard) -> str:
    del standard
    if one.appeal_outcome:
        return sentence("klage", f"{called(APPEALS, one.appeal_outcome)} af klageinstansen")
    sent = "sendt videre" if one.forwarded_on else ""
    return sentence("klage", called(UPHELD, one.outcome, "skal vurderes igen"), sent)


def _waiting(one: WaitingListEvent, standard: Standard) -> str:
    del standard
    return sentence(called(LISTS, one.kind), one.building)


def _sent_on(one: Any) -> bool:
    return one.goes_on or one.forwarded_on is not None


def _appealed(one: Any) -> bool:
    return one.forwarded_on is not None


def _appeal_changes(one: Any) -> bool:
    return one.appeal_outcome in ("changed", "sent_back")


def _given_right(one: Any) -> bool:
    return one.outcome in ("upheld", "partly_upheld")


def _offered(one: Any) -> bool:
    return one.kind in ("offer_refused", "offer_accepted")


def _decided_anew(one: Any) -> bool:
    return one.needs_decision is not False


def _goal(number: int) -> tuple[EventField, ...]:
    def there(one: Any) -> bool:
        return len(one.goals) >= number  # those that are written, and one more

    at = f"goals.{number}"
    return (
        EventField(f"{at}.goal", f"Mål {number + 1}", "text", "Det, forløbet skulle føre til.", when=there),
        EventField(f"{at}.activity", "  Aktivitet", "text", "Den aktivitet, målet gælder.", when=there),
        EventField(
            f"{at}.before", "  Niveau før", "number", "Funktionsniveau 0-4, da forløbet begyndte.", when=there
        ),
        EventField(f"{at}.after", "  Niveau efter", "number", "Funktionsniveau 0-4 nu.", when=there),
        EventField(f"{at}.reached", "  Nået", "yes_no", when=there),
    )


REVIEW = EventKind(
    "reviews", "Revurdering", "Revurderinger",
    "Den hjælp, borgeren har, ses efter: om den passer, om borgeren er tilfreds, og om kvaliteten er i orden.",
    (
        EventField("held_on", "Holdt den", "date", step="planned_review"),
        EventField("items", "Hjælp", "items", "Tomt: al hjælp er set efter."),
        EventField("measures", "Indsatsen nu", "long", "Passer hjælpen stadig til behovet?"),
        EventField("satisfaction", "Tilfredshed", "long", step="planned_review"),
        EventField("quality", "Kvalitet", "long", step="planned_review"),
        EventField("documentation", "Dokumentation", "long"),
        EventField(
            "supplier_contacted_on", "Leverandør spurgt", "date", "Når der er problemer.", step="planned_review"
        ),
        EventField("outcome", "Udfald", "choice", "Ændres eller ophører hjælpen, skal der træffes en ny afgørelse.",
                   choices=REVIEWED),
        EventField("next_on", "Næste gang", "date", "Den dag, hjælpen ses efter igen.", step="periodic"),
    ),
    _review, first_day("held_on"), "planned_review",
)  # fmt: skip

EVALUATION = EventKind(
    "evaluations", "Evaluering af forløb", "Evalueringer",
    "Når et rehabiliteringsforløb slutter: om målene blev nået, hvad borgeren kan nu, og om der skal træffes en "
    "afgørelse om hjælp bagefter.",
    (
        EventField("held_on", "Holdt den", "date", step="evaluation"),
        EventField("items", "Forløb", "items", step="evaluation"),
        *(field for number in range(GOALS) for field in _goal(number)),
        EventField("text", "Hvad forløbet viste", "long"),
        EventField("needs_decision", "Ny afgørelse", "yes_no",
                   "Har borgeren stadig brug for hjælp? Ja: træf den under Afgørelse.", step="decision_after_course"),
        EventField("decided_on", "Afgjort den", "date", "Dagen for den nye afgørelse.", step="decision_after_course",
                   when=_decided_anew),
    ),
    _evaluation, first_day("held_on"), "evaluation",
)  # fmt: skip

COMPLAINT = EventKind(
    "complaints", "Klage", "Klager",
    "En klage over afgørelsen: modtaget, vurderet igen, sendt videre og afgjort. Felterne kommer frem, efterhånden som "
    "klagen går sin gang.",
    (
        EventField("received_on", "Modtaget den", "date", "Fristen for at vurdere sagen igen regnes herfra.",
                   step="reassessment"),
        EventField("how", "Hvordan", "choice", choices=HOWS),
        EventField("by", "Klager, hvis en anden", "text", "Tom: borgeren selv."),
        EventField("items", "Klagen gælder", "items", "Tomt: hele afgørelsen."),
        EventField("text", "Hvad klagen siger", "long"),
        EventField("decision_received_on", "Fik afgørelsen den", "date", "Klagefristen regnes herfra."),
        EventField("accepted_late", "Vurderes alligevel", "yes_no",
                   "Kun når klagen kom for sent. Nej: den sendes videre uden en ny vurdering."),
        EventField("reassessed_on", "Vurderet igen den", "date", step="reassessment"),
        EventField("outcome", "Udfald", "choice", "Hvad du kom frem til, da du vurderede sagen igen.",
                   step="reassessment", choices=UPHELD),
        EventField("reason", "Begrundelse", "long"),
        EventField("changed_on", "Ny afgørelse den", "date", "Dagen for den afgørelse, medholdet fører til.",
                   when=_given_right),
        EventField("forwarded_on", "Sendt videre den", "date", "Med din begrundelse og sagens papirer.",
                   step="reassessment", when=_sent_on),
        EventField("papers", "Papirer sendt med", "lines",
                   "Ét på hver linje: klagen, afgørelsen, vurderingen, begrundelsen …", when=_sent_on),
        EventField("appeal_decided_on", "Afgjort der den", "date", "Dagen for klageinstansens afgørelse.",
                   when=_appealed),
        EventField("appeal_outcome", "Afgørelsen blev", "choice", choices=APPEALS, when=_appealed),
        EventField("appeal_followed_up_on", "Fulgt op den", "date", "Ændret eller hjemvist: den dag, der er handlet.",
                   when=_appeal_changes),
    ),
    _complaint, first_day("received_on"), "reassessment",
)  # fmt: skip

WAITING = EventKind(
    "waiting_list", "Venteliste til bolig", "Venteliste",
    "Hvad der sker, mens borgeren venter på en ældre- eller plejebolig. Af det følger, hvor borgeren står på listen.",
    (
        EventField("on", "Dag", "date"),
        EventField("kind", "Hvad", "choice", choices=LISTS, step="waiting_list", required=True),
        EventField("delydelse", "Bolig", "choice", "Den bolig, der ventes på.", step="guarantee",
                   required=True),
        EventField("general", "Den generelle liste", "yes_no",
                   "Nej, hvis borgeren kun vil have et bestemt sted: så er der ingen garanti.", step="guarantee"),
        EventField("building", "Bebyggelse", "text"),
        EventField("wished", "Ønsket bebyggelse", "yes_no", "Lå tilbuddet der, hvor borgeren ønskede det?",
                   step="waiting_list", when=_offered),
        EventField("note", "Bemærkning", "long"),
    ),
    _waiting, first_day("on"), "waiting_list",
)  # fmt: skip
