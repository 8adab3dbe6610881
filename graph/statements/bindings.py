"""The values of a statement: its parameters, how they are made from arguments, and what its text assumes about them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from .arguments import Arguments, ParameterBinding, PlanGuard, RequestContext
from .selected import Selected

T = TypeVar("T")


@dataclass
class Bindings:
    """Collects parameters, bindings and guards while a statement is written."""

    context: RequestContext
    parameters: dict[str, Any] = field(default_factory=dict)
    bindings: list[ParameterBinding] = field(default_factory=list)
    guards: list[PlanGuard] = field(default_factory=list)
    _days: dict[str, str] = field(default_factory=dict)
    _constants: dict[int, str] = field(default_factory=dict)

    def guard(self, selected: Selected, reading: Callable[[Arguments], T]) -> T:
        """The result of the reading, for text that depends on it. Records a guard. Raises the errors of the reading."""
        result = selected.arguments.read(reading)
        if selected.site is not None:
            self.guards.append(PlanGuard(selected.site, reading, result))
        return result

    def has(self, selected: Selected, argument: str) -> bool:
        """Whether the argument is set and not null."""
        return self.guard(selected, _has(argument))

    def parameter_from(self, selected: Selected, value: Callable[[Arguments], Any]) -> str:
        """A parameter made from the arguments. Raises the errors of `value`."""
        made = selected.arguments.read(value)
        parameter = self.parameter(made)
        if selected.site is not None:
            self.bindings.append(ParameterBinding(parameter[1:], selected.site, value))
        return parameter

    def argument(self, selected: Selected, argument: str) -> str:
        """A parameter with the value of an argument."""
        return self.parameter_from(selected, _get(argument))

    def parameter(self, value: Any) -> str:
        """A parameter for a value that is the same in every request."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def constant(self, value: Any) -> str:
        """The parameter of a constant, shared by the whole statement."""
        if id(value) not in self._constants:
            self._constants[id(value)] = self.parameter(value)
        return self._constants[id(value)]

    def day(self, selected: Selected, argument: str = "asOf") -> str:
        """The parameter of a date argument, or of today if the argument is not set."""
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
