"""Is a refusal's reason concrete and individual? A level, the standard or money alone is none.

Appeal decisions: C-17-99 (a level alone), 31-18 (the standard alone cannot shut an item out), 3-19 (a
healthy spouse is no blanket ground). Money alone is no reason either. The check cannot judge whether a
reason is good; it finds those that say nothing about the citizen once the general words, and what is said
about the standard, the level or the budget itself, are taken away. Short as it may be, a reason that tells
which person in her life does or does not do which task is about her; a spouse, expected to help (3-19), is
not by herself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAST_OWN_WORDS = 4
"""So many different words about the citizen's own situation a reason must hold at the least."""

_GENERAL_BEGINNINGS = tuple(
    """
    niveau funktion begræns score standard kvalitet service visitat kriteri
    kommun byråd økonomi budget bespar ressource personale medarbejder hjemmeplej
    bevil afsl afvis ansøg tildel vurder helhedsvurder begrund paragraf lovgiv
    forvent pligt behov situation grundlag oplysning individuel konkret samlet samlede opgave ordning husstand
    ægtefælle samlever
    """.split()
)
"""What general words begin with: ``vurder`` stands for vurdering, vurderes, vurderet and so on."""

_GENERAL = frozenset(
    """
    fs2 fs3 fælles sprog ingen ubetydelige let lette moderat moderate svær svære total totale
    krav kravene kravet betingelse betingelser betingelserne regel regler reglerne lov loven
    serviceloven servicelovens sundhedsloven sundhedslovens stk nr jf efter ifølge
    politisk besluttet vedtaget fastsat gældende afsat midler penge råd dyr dyrt for mangel
    søgt få får fået fik give gives givet giver hjælp hjælpen hjælper ydelse ydelsen ydelser
    delydelse delydelsen tilbud tilbuddet tilbydes tilbyder indsats indsatsen modtager
    opfylder opfyldt opfyldes omfattet omfatter indgår indeholder indeholdt dækker dækket dækkes
    står falder hører følger gælder målgruppe målgruppen berettiget ret rettighed mulighed muligt
    kan kunne skal skulle vil ville må måtte klare klarer klaret varetage varetager løse udføre
    ikke ej heller kun alene derfor fordi da idet grund grundet pga årsag
    faglig fagligt foretaget finder fundet imødekomme lagt vægt se vedlagt vedlagte sag sagen sagens
    person personer borger borgeren borgerens borgere borgerne bruger brugeren brugerens brugere
    personlig personlige pleje praktisk praktiske rask bor sammen hjem hjemmet normalt nødvendig nødvendigt
    du dig din dit dine de dem deres vi os vores han ham hun hende hans hendes man selv som først
    den det der dette denne disse en et at og eller men om på i af til fra med ved under over mellem
    inden uden er var bliver blev været være har havde have så også samt hvor hvis når
    mere mindre mindst højst end flere nok lav lavt lave høj højt høje lavere højere længere
    tid tiden år året generelt almindelig almindelige helt desværre beklager forhold
    henhold henvisning øvrigt dermed hermed således aktivitet aktiviteten aktiviteter område området social
    """.split()
)
_WORD = re.compile(r"[a-zæøåéü]+", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?;\n]+")
_CLAUSE = re.compile(r"[,:–]")
_GENERAL_MATTER = re.compile(
    r"\b(\w*niveau\w*|scor\w*|fælles sprog|\w*standard\w*|\w*kriteri\w*|katalog\w*|byråd\w*|praksis"
    r"|budget\w*|bespar\w*|spare\w*|(?<!din )(?<!jeres )økonomi\w*|ægtefæller"
    r"|(?<!dine )(?<!dine to )voksne børn)\b",
    re.IGNORECASE,
)
_THE_CITIZEN = re.compile(r"\b(du|dig|di[nt]|dine|jer|jeres|borgerens?|hun|han)\b", re.IGNORECASE)
_HER_PEOPLE = re.compile(
    r"\b(?:din|dit|dine|jeres|borgerens|hendes|hans) (?:\w+ ){0,2}?"
    r"(?:(?:sviger|bonus|pleje|barne|børne)?(?:søn|sønner|datter|døtre|barn|børn|mor|far|forældre)"
    r"|brødre|bror|søstre|søster|nevø|niece|fætter|kusine|ven|veninde|venner|nabo|naboer|logerende)\b",
    re.IGNORECASE,
)
"""Somebody in the citizen's own life, as »din søn«, »jeres voksne datter«. A spouse is not among them."""
_TASK = re.compile(
    r"\b(?:køber?(?: \w+){0,3} ind|gøre?(?: \w+){0,3} rent|(?:rydder?|vasker?)(?: \w+){0,3} op|handler?(?! om)"
    r"|mad(?:en|lavning)?|(?:indkøb|vare|rengør|støvsug|gulv|vindue|badeværelse|tøj|vasketøj|opvask|sengetøj"
    r"|linned)\w*)\b",
    re.IGNORECASE,
)
"""A task of the home by its own word."""
_EXPECTED = re.compile(
    r"\b(skal|skulle|forvent\w*|pligt\w*|bør|burde|antages|formodes|normalt)\b", re.IGNORECASE
)
"""What is only expected of somebody is not known of her."""


def own_words(reason: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """The words of a reason that are about the citizen: not the general ones, not the help's own name."""
    named = {word for name in names for word in _words(name)}
    found = (word for word in _words(_her_own(reason)) if len(word) > 1 and word not in named)
    return tuple(dict.fromkeys(word for word in found if not _is_general(word)))


def is_individual(reason: str, names: Iterable[str] = ()) -> bool:
    """Whether a reason says something of the citizen beyond level, standard, money and household.

    ``names`` are the names of the help and of the activities, which say nothing by themselves.
    """
    return len(own_words(reason, names)) >= LEAST_OWN_WORDS or _tells_who_does_what(reason)


def _tells_who_does_what(reason: str) -> bool:
    """Whether a sentence names a person in the citizen's life and a task of the home, as a fact."""
    return any(
        _HER_PEOPLE.search(said) and _TASK.search(said) and not _EXPECTED.search(said)
        for said in _SENTENCE.split(_her_own(reason))
    )


def _her_own(reason: str) -> str:
    """The reason without what it says about standard, level, money or spouses in general.

    Of a sentence about them, only the clauses remain that are about the citizen instead.
    """
    return ". ".join(", ".join(_clauses(sentence)) for sentence in _SENTENCE.split(reason))


def _clauses(sentence: str) -> list[str]:
    if not _GENERAL_MATTER.search(sentence):
        return [sentence]
    clauses = _CLAUSE.split(sentence)
    return [one for one in clauses if not _GENERAL_MATTER.search(one) and _THE_CITIZEN.search(one)]


def _is_general(word: str) -> bool:
    return word in _GENERAL or word.startswith(_GENERAL_BEGINNINGS)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
