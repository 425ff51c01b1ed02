"""Danish words for the case file: what broken JSON means, and what each key holds (for the schema)."""

from __future__ import annotations

_JSON = {
    "Expecting value": ("her mangler en værdi", "Se efter et komma for meget, eller skriv null."),
    "Expecting property name enclosed in double quotes": (
        "her skal stå navnet på en nøgle i dobbelte citationstegn",
        "Se efter et komma for meget eller enkelte citationstegn.",
    ),
    "Expecting ',' delimiter": (
        "der mangler et komma eller en afsluttende parentes",
        "Skriv det før dette sted.",
    ),
    "Expecting ':' delimiter": ("der mangler et kolon efter nøglen", "Skriv det før dette sted."),
    "Extra data": ("der står mere efter sagen", "En sagsfil indeholder én sag; slet resten."),
    "Unterminated string": (
        "en tekst begynder her og bliver ikke lukket",
        "Sæt det manglende citationstegn.",
    ),
    "Invalid control character": (
        "teksten indeholder et linjeskift eller styretegn",
        "Skriv \\n for linjeskift og \\t for tabulator.",
    ),
    "Invalid \\escape": ("omvendt skråstreg betyder noget særligt i JSON", "Skriv \\\\ i stedet for \\."),
    "Invalid \\uXXXX escape": ("\\u skal følges af fire cifre", "Skriv tegnet selv."),
    "Illegal trailing comma": ("her er et komma for meget", "Slet kommaet."),
    "Unexpected UTF-8 BOM": ("filen begynder med et usynligt tegn", "Gem den igen som UTF-8."),
}


def json_error(said: str) -> tuple[str, str]:
    """(message, mend) for what Python's JSON reader says."""
    for begins, danish in _JSON.items():
        if said.startswith(begins):
            return danish
    return "det er ikke gyldig JSON", "Se efter tegn og parenteser her."
