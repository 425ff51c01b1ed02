"""The register of checks: what is demanded of a case before its letter, how hard, and who says so.

One row per check. What is looked at stands in ``completeness`` and ``decision_checks``; there a finding
is made with ``found``, which takes level, step and source from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from .finding import Finding, Severity
from .steps import Step


@dataclass(frozen=True)
class Check:
    """One check. ``demands`` says in Danish what must be so; ``source`` is the page, law or appeal decision.

    The source is empty where the demand follows from the letter itself (a date, an address).
    """

    code: str
    severity: Severity
    step: Step
    demands: str
    source: str = ""


SOURCE = "Helsingør 2017, s. {}".format
"""Where a page of the municipality's own document demands it."""

STANDARD = "Standarden"
"""Where the municipality's standard demands it; the finding names the page."""

_CHECKS = (
    # -- the enquiry and the visit ---------------------------------------------------------------------
    Check("citizen_name", "stop", "henvendelse", "Borgerens navn er skrevet"),
    Check("birth_date", "warn", "henvendelse", "Fødselsdatoen er skrevet"),
    Check("address", "stop", "henvendelse", "Adressen er fuldstændig"),
    Check("cpr_birth_date", "stop", "henvendelse", "CPR-nummer og fødselsdato passer sammen"),
    Check("received_on", "stop", "henvendelse", "Datoen for henvendelsen er skrevet", SOURCE(15)),
    Check("applied_for", "warn", "henvendelse", "Det er skrevet, hvad der søges om", SOURCE(15)),
    Check("acute", "warn", "henvendelse", "Der er taget stilling til, om behovet er akut", SOURCE(15)),
    Check("household", "stop", "henvendelse", "Husstanden er belyst, før praktisk hjælp afslås",
          "Ankestyrelsen 3-19"),
    Check("household_share", "stop", "henvendelse", "Det er vurderet, om hver i husstanden kan dele opgaverne",
          "Ankestyrelsen 3-19"),
    Check("household_load", "stop", "henvendelse", "Det er skrevet, hvad den anden gør, og hvordan det belaster",
          "Ankestyrelsen 3-19"),
    Check("own_view", "stop", "egen_vurdering", "Borgerens egen vurdering er skrevet", SOURCE(16)),
    Check("matters_most", "warn", "egen_vurdering", "Det vigtigste for borgeren er skrevet", SOURCE(16)),
    Check("assessed_on", "stop", "hverdagsliv", "Datoen for vurderingen er skrevet"),
    Check("justification", "stop", "hverdagsliv", "Et område, der ikke er relevant, er begrundet", SOURCE(18)),
    Check("area_open", "stop", "hverdagsliv", "Der er taget stilling til hvert område", SOURCE(18)),
    Check("unscored", "stop", "hverdagsliv", "Hver aktivitet i et relevant område er vurderet", SOURCE(19)),
    Check("undescribed", "warn", "hverdagsliv", "Et relevant område er beskrevet", SOURCE(18)),
    Check("consent", "warn", "hverdagsliv", "Oplysninger fra andre er hentet med tilladelse", SOURCE(17)),
    Check("summary", "stop", "samlet_vurdering", "Den samlede vurdering er skrevet", SOURCE(20)),
    Check("goal", "stop", "samlet_vurdering", "Det overordnede mål er valgt", SOURCE(20)),
    # -- the decision as a whole -------------------------------------------------------------------------
    Check("no_items", "stop", "forslag", "Afgørelsen har punkter", SOURCE(21)),
    Check("unanswered", "stop", "afgoerelse", "Hver ansøgning har fået svar", SOURCE(15)),
    Check("decided_on", "stop", "afgoerelse", "Datoen for afgørelsen er skrevet", SOURCE(21)),
    Check("decided_by", "stop", "afgoerelse", "Det står, hvem der træffer afgørelsen", "Forvaltningsloven § 32 b"),
    Check("consideration", "stop", "afgoerelse", "Det, loven vil have overvejet først, er overvejet", STANDARD),
    Check("consideration_reason", "stop", "afgoerelse", "Det står, hvad overvejelsen bygger på", STANDARD),
    Check("consideration_pending", "warn", "afgoerelse", "Hjælp under et forløb gives som nødvendig hjælp", STANDARD),
    Check("hearing", "stop", "afgoerelse",
          "Der er taget stilling til partshøring, når oplysninger fra andre kan tale imod borgeren",
          "Forvaltningsloven § 19"),
    Check("hearing_reason", "stop", "afgoerelse", "Det står, hvorfor der ikke partshøres", "Forvaltningsloven § 19"),
    Check("hearing_held", "stop", "afgoerelse", "Partshøringen er holdt", "Forvaltningsloven § 19"),
    Check("hearing_early", "stop", "afgoerelse", "Borgeren har svaret, eller fristen er gået",
          "Forvaltningsloven § 19"),
    Check("corrects_date", "stop", "afgoerelse", "En ny afgørelse nævner datoen for den gamle"),
    Check("corrects_why", "stop", "afgoerelse", "En ny afgørelse siger, hvorfor den gamle er ændret"),
    Check("appeal_shut_out", "warn", "afgoerelse", "En standard kan ikke tage klageadgangen fra borgeren",
          "Retssikkerhedsloven § 60"),
    # -- each item -----------------------------------------------------------------------------------------
    Check("outcome", "stop", "afgoerelse", "Hvert punkt har et udfald", SOURCE(21)),
    Check("law", "stop", "afgoerelse", "Hvert punkt har et lovgrundlag", "Forvaltningsloven § 24"),
    Check("reason", "stop", "afgoerelse", "Hvert punkt er begrundet", SOURCE(21)),
    Check("reason_not_individual", "stop", "afgoerelse",
          "Begrundelsen handler om borgeren; niveau, standard eller økonomi alene er ikke nok",
          "Ankestyrelsen C-17-99 og 31-18"),
    Check("care_by_spouse", "stop", "afgoerelse", "Personlig pleje overlades ikke til ægtefælle eller husstand",
          "Ankestyrelsen 3-19"),
    Check("share_not_recorded", "stop", "afgoerelse",
          "En begrundelse, der bygger på en i husstanden, svarer til det, der er vurderet om vedkommende",
          "Ankestyrelsen 3-19"),
    Check("tied_to_care", "warn", "afgoerelse", "Praktisk hjælp gøres ikke afhængig af personlig pleje",
          "Ankestyrelsens praksis om serviceloven § 83"),
    Check("refused_part", "stop", "afgoerelse", "En delvis bevilling siger, hvad der er givet afslag på",
          "Serviceloven § 88"),
    Check("former_extent", "stop", "afgoerelse", "En ændring eller et ophør siger, hvad borgeren hidtil har fået",
          "Forvaltningsloven § 24"),
    Check("changed_because", "stop", "afgoerelse", "En ændring eller et ophør siger, hvad der er anderledes nu",
          "Forvaltningsloven § 24"),
    Check("ends_on", "stop", "afgoerelse", "Et ophør har en dato", "Forvaltningsloven § 24"),
    Check("ends_early", "stop", "afgoerelse", "Hjælpen stopper ikke, før afgørelsen er truffet"),
    Check("purpose", "stop", "afgoerelse", "Hjælpen har et formål", SOURCE(21)),
    Check("item_goal", "stop", "afgoerelse", "Hjælpen har et retningsgivende mål", SOURCE(22)),
    Check("extent", "stop", "afgoerelse", "Hjælpens omfang er skrevet", SOURCE(24)),
    Check("frequency", "warn", "afgoerelse", "Hjælp, der er sat tid på, har en hyppighed", SOURCE(24)),
    Check("time_of_day", "warn", "afgoerelse", "Hjælp, der er sat tid på, har et tidsrum på døgnet", SOURCE(24)),
    Check("start_on", "stop", "afgoerelse", "Hjælpen har en startdato", SOURCE(26)),
    Check("time_frame", "stop", "afgoerelse", "Et forløb efter § 83 a har en tidsramme", "Serviceloven § 83 a"),
    Check("own_goal", "stop", "afgoerelse", "Et forløb efter § 83 a har borgerens egne mål",
          "Serviceloven § 83 a"),
    Check("granted_by", "stop", "afgoerelse", "Hjælpen er visitators at bevilge", STANDARD),
    Check("professional_reason", "stop", "afgoerelse", "Hjælp uden for kriterierne er fagligt begrundet", SOURCE(21)),
    Check("criteria_open", "warn", "forslag", "Kriterierne er afklaret", STANDARD),
    # -- dates -----------------------------------------------------------------------------------------------
    Check("future_date", "stop", "afgoerelse", "Det, der er sket, har en dato, der er kommet"),
    Check("date_order", "stop", "afgoerelse", "Datoerne følger besøgets gang"),
    Check("start_before", "warn", "afgoerelse", "Hjælpen starter ikke, før afgørelsen er truffet"),
    Check("review_before", "stop", "afgoerelse", "Opfølgningen ligger efter start"),
)  # fmt: skip

CHECKS: dict[str, Check] = {check.code: check for check in _CHECKS}
"""Every check by its code."""


def found(code: str, where: str, message: str, *, source: str = "", step: Step | None = None) -> Finding:
    """A finding of a check at a place in the case; ``source`` and ``step`` where they depend on the case."""
    check = CHECKS[code]
    return Finding(
        code=code,
        severity=check.severity,
        message=message,
        step=step or check.step,
        where=where,
        source=source or check.source,
    )
