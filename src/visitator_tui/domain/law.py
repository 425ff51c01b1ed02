"""References to law: an act, a paragraph, and as far as the source goes stk. and nr."""

from __future__ import annotations

import re

from .base import Model

ACT_NAMES = {
    "serviceloven": "serviceloven",
    "sundhedsloven": "sundhedsloven",
    "almenboligloven": "almenboligloven",
    "aeldreloven": "ældreloven",
    "retssikkerhedsloven": "retssikkerhedsloven",
    "forvaltningsloven": "forvaltningsloven",
    "klage_og_erstatningsloven": "klage- og erstatningsloven",
}
"""How an act is written in Danish running text; the key is what catalogues use."""


_OTHER_NAMES = {
    "lov om social service": "serviceloven",
    "lov om almene boliger": "almenboligloven",
    "ældrelov": "aeldreloven",
    "lov om retssikkerhed og administration på det sociale område": "retssikkerhedsloven",
    "lov om klage- og erstatningsadgang inden for sundhedsvæsenet": "klage_og_erstatningsloven",
}
_ACTS = {**{name: act for act, name in ACT_NAMES.items()}, **_OTHER_NAMES}
_WRITTEN = re.compile(
    rf"(?P<act>{'|'.join(sorted(map(re.escape, _ACTS), key=len, reverse=True))})s?(?![a-zæøå])"
    r"|(?P<sign>§)"
    # »§ 83 i serviceloven«: an i after a space is a word, not the letter of a paragraph
    r"|(?P<paragraph>(?<![\w.])\d{1,3}(?!\d)(?:\s?[a-hj-z](?![a-zæøå]|\.[a-z])|i(?![a-zæøå]))?)"
    r"|stk\.?\s*(?P<stk>\d+(?:-\d+)?)"
    r"|nr\.?\s*(?P<nr>\d+)",
    re.IGNORECASE,
)


class LawRef(Model):
    """A reference such as serviceloven § 83, stk. 1, nr. 2."""

    act: str
    paragraph: str | None = None
    stk: str | None = None
    nr: str | None = None

    def covers(self, other: LawRef) -> bool:
        """Whether ``other`` is this rule or a part of it (§ 83 covers § 83, stk. 1; not § 83 a)."""
        return self.act == other.act and all(
            mine is None or mine == theirs
            for mine, theirs in (
                (self.paragraph, other.paragraph),
                (self.stk, other.stk),
                (self.nr, other.nr),
            )
        )

    def __str__(self) -> str:
        parts = [ACT_NAMES.get(self.act, self.act)]
        if self.paragraph:
            parts.append(f" § {self.paragraph}")
        if self.stk:
            parts.append(f", stk. {self.stk}")
        if self.nr:
            parts.append(f", nr. {self.nr}")
        return "".join(parts)


_LONGEST = {"stk": 5, "nr": 2}
_MOST_STK = 20
"""No paragraph here has as many stykker: a higher number is a paragraph again."""


def written_refs(text: str) -> tuple[LawRef, ...]:
    """The references in what somebody wrote: »Serviceloven §§ 83 og 86, stk. 2, samt sundhedsloven § 138«.

    A paragraph belongs to the act named before it, or to the next one where none has been named. What
    names no known act, or no paragraph, gives nothing.
    """
    found: list[dict[str, str]] = []
    act, least = "", None  # the least number that can be a paragraph here; None where none can
    for match in _WRITTEN.finditer(text.replace("\u00a0", " ")):
        kind, value = str(match.lastgroup), match.group(str(match.lastgroup))
        if kind == "act":
            act, least = _ACTS[value.lower()], None
            for ref in found:
                ref.setdefault("act", act)
        elif kind == "sign":
            least = 1
        elif kind == "paragraph" and least is not None:
            number = int(re.sub(r"\D", "", value))
            if number >= least:
                letter = value.lstrip("0123456789").strip().lower()
                found.append({"paragraph": f"{number} {letter}".strip(), **({"act": act} if act else {})})
        elif kind in ("stk", "nr") and found and least is not None and len(value) <= _LONGEST[kind]:
            found[-1][kind] = value
            least = _MOST_STK  # »stk. 1 og 2«: the 2 is no paragraph
        elif kind == "nr":
            least = None  # the number of an act: »lov nr. 909 af 3. juli«
    return tuple(LawRef(**ref) for ref in found if "act" in ref)
