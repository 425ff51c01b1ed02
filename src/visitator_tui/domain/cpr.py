"""CPR numbers: checked for being possible, never for belonging to somebody."""

from __future__ import annotations

from datetime import date


def check_cpr(value: str) -> str:
    """The number as ``DDMMYY-NNNN``.

    Modulus 11 is not demanded: numbers without it have been given out since 2007. Raises ValueError,
    in Danish, when the number cannot exist. The number itself is never part of the message.
    """
    from stdnum.dk.cpr import compact  # 20 ms that most starts do not need

    digits = compact(value)
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        raise ValueError("et CPR-nummer har ti cifre, skrevet ddmmåå-nnnn")
    if birth_date_of(digits) is None:
        raise ValueError("de første seks cifre i CPR-nummeret er ikke en dato, der findes")
    return f"{digits[:6]}-{digits[6:]}"


def birth_date_of(cpr: str) -> date | None:
    """The birth date a CPR number states (the seventh digit gives the century); None if impossible."""
    from stdnum.dk.cpr import get_birth_date
    from stdnum.exceptions import ValidationError

    try:
        stated: date = get_birth_date(cpr)
    except ValidationError:
        return None
    return stated
