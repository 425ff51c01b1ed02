"""Work beside the screen, whose faults are told: nothing ends in silence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from textual import work
from textual.dom import DOMNode
from textual.widget import Widget
from textual.worker import Worker

from .here import is_leaving

Given = ParamSpec("Given")
Node = TypeVar("Node", bound=DOMNode)


def in_thread(
    group: str = "default", *, exclusive: bool = False
) -> Callable[[Callable[Concatenate[Node, Given], None]], Callable[Concatenate[Node, Given], Worker[None]]]:
    """Run a method in a thread, as Textual's ``work`` does, and tell the user when it fails.

    What can go wrong for her to mend, the method tells itself; what is left is a fault of the program. The
    program goes on: what she writes is kept by others. ``exclusive`` overtakes those of the same group.
    """

    def decorate(method: Callable[Concatenate[Node, Given], None]) -> Any:
        @wraps(method)
        def told(node: Node, *given: Given.args, **named: Given.kwargs) -> None:
            try:
                method(node, *given, **named)
            except Exception as fault:
                tell_fault(node, fault)

        return work(thread=True, group=group, exclusive=exclusive, exit_on_error=False)(cast(Any, told))

    return decorate


def tell_fault(node: DOMNode, fault: Exception) -> None:
    """Tell of a fault of the program by its kind alone; not when the screen it belongs to is gone."""
    app = node.app
    if isinstance(node, Widget) and is_leaving(node):
        return
    app.call_later(
        app.notify,
        f"Noget blev ikke gjort færdigt på grund af en fejl i programmet ({type(fault).__name__}). "
        "Det, du har skrevet, er gemt. Prøv igen; sker det stadig, så sig det til it-afdelingen.",
        severity="error",
        timeout=20,
    )
