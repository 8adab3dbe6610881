"""The values of a statement: its parameters, how they are made of arguments, and what its text takes for granted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from .arguments import Arguments, ParameterBinding, PlanGuard, RequestContext
from .selected import Selected

T = TypeVar("T")


@dataclass
class Bindings:
    """Collects them while a statement is written."""

    context: RequestContext
    parameters: dict[str, Any] = field(default_factory=dict)
    bindings: list[ParameterBinding] = field(default_factory=list)
    guards: list[PlanGuard] = field(default_factory=list)
    _days: dict[str, str] = field(default_factory=dict)
    _constants: dict[int, str] = field(default_factory=dict)

    def guard(self, selected: Selected, reading: Callable[[Arguments], T]) -> T:
        """What the reading makes of the arguments, for a text that hangs on it. Raises what the reading raises."""
        result = selected.arguments.read(reading)
        if selected.site is not None:
            self.guards.append(PlanGuard(selected.site, reading, result))
        return result

    def has(self, selected: Selected, argument: str) -> bool:
        """Whether the argument is given and not null."""
        return self.guard(selected, _has(argument))

    def parameter_from(self, selected: Selected, value: Callable[[Arguments], Any]) -> str:
        """A parameter that is made of the arguments. Raises what `value` raises."""
        made = selected.arguments.read(value)
        parameter = self.parameter(made)
        if selected.site is not None:
            self.bindings.append(ParameterBinding(parameter[1:], selected.site, value))
        return parameter

    def argument(self, selected: Selected, argument: str) -> str:
        """The parameter of an argument as it is given."""
        return self.parameter_from(selected, _get(argument))

    def parameter(self, value: Any) -> str:
        """A parameter for a value that is the same in every request."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def constant(self, value: Any) -> str:
        """The parameter of a constant, the same wherever the statement needs it."""
        if id(value) not in self._constants:
            self._constants[id(value)] = self.parameter(value)
        return self._constants[id(value)]

    def day(self, selected: Selected, argument: str = "asOf") -> str:
        """The parameter of a date argument, or of today where it is not given."""
        if not self.has(selected, argument):
            self.parameters["today"] = self.context.today
            return "$today"
        origin = selected.origins.get(argument)
        if origin is None:
            return self.argument(selected, argument)
        if origin not in self._days:
            self._days[origin] = self.argument(selected, argument)
        return self._days[origin]


@cache
def _has(argument: str) -> Callable[[Arguments], bool]:
    return lambda arguments: arguments.get(argument) is not None


@cache
def _get(argument: str) -> Callable[[Arguments], Any]:
    return lambda arguments: arguments[argument]
