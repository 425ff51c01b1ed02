"""Is a refusal's reason concrete and individual? A level, the standard or money alone is none.

Appeal decisions: C-17-99 (a level alone), 31-18 (the standard alone cannot shut an item out). Money
alone is no reason either. The check cannot judge whether a reason is good; it finds those that say
nothing about the citizen once the general words are taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAST_OWN_WORDS = 4
"""So many different words about the citizen's own situation a reason must hold at the least."""

_GENERAL = frozenset(
    """
    niveau niveauet niveauer funktionsniveau funktionsniveauet funktionsniveauer fs2 fs3 fælles sprog
    begrænsning begrænsninger begrænset ingen ubetydelig ubetydelige let lette moderat moderate svær svære
    total totale score scorer scoret vurderet vurderes vurdering vurderingen funktionsvurdering
    standard standarden standarder kvalitetsstandard kvalitetsstandarden kvalitetsstandarder serviceniveau
    serviceniveauet kriterie kriterier kriteriet kriterierne kriterium kriteriets visitationskriterier
    visitationskriterierne krav kravene kravet betingelse betingelser betingelserne regel regler reglerne lov
    loven serviceloven servicelovens sundhedsloven sundhedslovens paragraf stk nr jf efter ifølge
    kommune kommunen kommunens kommunal byråd byrådet politisk besluttet vedtaget fastsat gældende
    økonomi økonomisk økonomiske økonomien budget budgettet penge råd dyr dyrt for besparelse besparelser
    ressourcer personale mangel afslag afslås afvist afvises ansøgning ansøgningen ansøgt ansøger søgt
    bevilget bevilges bevilling tildelt tildeles tildeling få får fået give gives givet hjælp hjælpen ydelse
    ydelsen ydelser delydelse delydelsen tilbud tilbuddet tilbydes tilbyder indsats indsatsen
    opfylder opfyldt opfyldes omfattet omfatter indgår indeholder indeholdt dækker dækket dækkes står falder
    målgruppe målgruppen berettiget ret rettighed mulighed muligt kan kunne skal skulle vil ville må måtte
    ikke ej heller kun alene derfor fordi da idet grund grundet pga årsag begrundelse begrundet begrundes
    borger borgeren borgerens bruger brugeren brugerens du dig din dit dine de dem deres vi os vores han ham
    hun hende hans hendes man den det der dette denne disse en et som at og eller men om på i af til fra med
    ved under over mellem inden uden er var bliver blev været være har havde have blevet så også samt hvor
    hvis når mere mindre mindst højst end nok lav lavt lave høj højt høje lavere højere generelt almindelig
    almindelige helt desværre vores beklager henhold henvisning øvrigt dermed hermed således
    aktivitet aktiviteten aktiviteter område området
    """.split()
)
_WORD = re.compile(r"[a-zæøåéü]+", re.IGNORECASE)


def own_words(reason: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """The words of a reason that are about the citizen: not the general ones, not the help's own name."""
    named = {word for name in names for word in _words(name)}
    found = (word for word in _words(reason) if len(word) > 1)
    return tuple(dict.fromkeys(word for word in found if word not in _GENERAL and word not in named))


def is_individual(reason: str, names: Iterable[str] = ()) -> bool:
    """Whether a reason says something of the citizen beyond level, standard and money.

    ``names`` are the names of the help and of the activities, which say nothing by themselves.
    """
    return len(own_words(reason, names)) >= LEAST_OWN_WORDS


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
