"""The schema says in Danish what each key holds, and fits what the program reads."""

from __future__ import annotations

from typing import Any

from visitator_tui.domain.case import Case
from visitator_tui.usecases.casefile_schema import DESCRIPTIONS, case_schema


def described(schema: dict[str, Any]) -> dict[str, str]:
    models = [*schema["$defs"].items(), ("Case", schema)]
    found = {name: model["description"] for name, model in models}
    found |= {
        f"{name}.{key}": held["description"]
        for name, model in models
        for key, held in model["properties"].items()
    }
    return found


def test_every_key_has_a_danish_description() -> None:
    found = described(case_schema())
    assert [key for key, text in found.items() if not text] == []
    assert set(found) == set(DESCRIPTIONS), "a description of a key that is gone"


def test_the_schema_refuses_unknown_keys_and_levels_over_four_as_the_program_does() -> None:
    schema = case_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["municipality"]
    level = schema["$defs"]["ActivityScore"]["properties"]["level"]["anyOf"][0]
    assert (level["minimum"], level["maximum"]) == (0, 4)
    assert "from" in schema["$defs"]["Enquiry"]["properties"]


def test_the_schema_describes_what_the_program_writes() -> None:
    written = Case(municipality="provby").model_dump(mode="json", by_alias=True)
    assert set(written) == set(case_schema()["properties"])
