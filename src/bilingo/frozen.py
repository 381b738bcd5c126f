"""`dataclass(frozen=True, slots=True)` for a program that starts many times a minute.

The standard library's decorator compiles seven functions for a class, 0.9 ms; a look-up in the
memory defines forty classes, and that was a quarter of its time (`benchmarks/SUGGEST.md`). Here one
function is compiled, `__init__`, when the first value is made, for a look-up makes values of few of
its classes; the others are shared. The standard library's module, which takes another 5 ms to
import, is asked what it says of the fields when somebody wants to know. To the reader, to a type
checker and to `dataclasses.replace`, `fields` and `asdict` the class is what the standard library
makes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple
    from operator import attrgetter

    class _Named(type):
        """Makes what `typing.NamedTuple` makes, with annotations that nobody has compiled."""

        def __new__(cls, name, bases, members):
            if not bases:
                return super().__new__(cls, name, bases, members)
            names = tuple(members["__annotations__"])
            defaults = [members.pop(each) for each in names if each in members]
            made = namedtuple(name, names, defaults=defaults, module=members["__module__"])
            for each, value in members.items():
                if each not in ("__module__", "__qualname__"):
                    setattr(made, each, value)
            made.__qualname__ = members["__qualname__"]
            return made

    class NamedTuple(metaclass=_Named):
        pass

    class field:  # noqa: N801 - as the standard library's
        """A default that is made anew for each value; it can be nothing else here."""

        def __init__(self, *, default_factory):
            self.default_factory = default_factory

    def replace(record, /, **changes):
        """A record with other values in some of its fields. Raises TypeError for no field."""
        values = {name: getattr(record, name) for name in record.__slots__}
        return type(record)(**values | changes)

    def dataclass(*, frozen, slots, eq=True):
        """A class decorator; `frozen` and `slots` are what there is, and stand to be seen."""
        if not (frozen and slots):
            raise ValueError("frozen and slots are what is made here")
        return _with_equality if eq else _made

    def _with_equality(cls):
        return _made(cls, eq=True)

    def _made(cls, *, eq=False):
        names = tuple(cls.__annotations__)
        fields = _Fields(cls)
        if any(type(value).__module__ == "dataclasses" for value in cls.__dict__.values()):
            raise TypeError("a default that is made anew is said by `field` of this module")
        members = {
            name: value
            for name, value in cls.__dict__.items()
            if name not in names and name not in ("__dict__", "__weakref__")
        }
        members |= {
            "__slots__": names,
            "__match_args__": names,
            "__defaults__": {name: cls.__dict__[name] for name in names if name in cls.__dict__},
            "__dataclass_fields__": fields,
            "__init__": _first_init,
            "__repr__": _repr,
            "__setattr__": _refuse,
            "__delattr__": _refuse,
            "__getstate__": _state,
            "__setstate__": _restore,
            "__qualname__": cls.__qualname__,
        }
        if eq:
            members["__eq__"], members["__hash__"] = _equality(names)
        made = fields.made = type(cls)(cls.__name__, cls.__bases__, members)
        made.__module__ = cls.__module__
        return made

    class _Fields:
        """Gives way to what the standard library makes of the class, at the first look."""

        def __init__(self, plain):
            self.plain = plain

        def __get__(self, instance, cls):
            import dataclasses

            for name, value in self.made.__defaults__.items():
                if type(value) is field:
                    made = dataclasses.field(default_factory=value.default_factory)
                    setattr(self.plain, name, made)
            plain = dataclasses.dataclass(init=False, repr=False, eq=False)(self.plain)
            self.made.__dataclass_params__ = plain.__dataclass_params__
            self.made.__dataclass_fields__ = plain.__dataclass_fields__
            return plain.__dataclass_fields__

    def _first_init(self, *values, **named):
        made = next(cls for cls in type(self).__mro__ if cls.__dict__.get("__init__"))
        made.__init__ = _init(made)
        made.__init__(self, *values, **named)

    def _init(cls):
        """The only function that differs from class to class in more than the names it reads.

        It sets a slot by its own descriptor: half the time of `object.__setattr__`, which looks the
        name up.
        """
        known = {"_absent": object()}
        arguments, body = [], []
        for number, name in enumerate(cls.__slots__):
            value = name
            if name in cls.__defaults__:
                default = known[f"_{name}"] = cls.__defaults__[name]
                arguments.append(f"{name}=_{name}")
                if type(default) is field:
                    known[f"_{name}"] = default.default_factory
                    arguments[-1] = f"{name}=_absent"
                    value = f"_{name}() if {name} is _absent else {name}"
            else:
                arguments.append(name)
            known[f"_{number}"] = cls.__dict__[name].__set__
            body.append(f" _{number}(self, {value})")
        exec(f"def __init__(self, {', '.join(arguments)}):\n" + "\n".join(body), known)  # noqa: S102 - names of fields
        return known["__init__"]

    def _equality(names):
        key = attrgetter(*names)

        def __eq__(self, other):  # noqa: N807 - it becomes one
            if other.__class__ is not self.__class__:
                return NotImplemented
            return key(self) == key(other)

        def __hash__(self):  # noqa: N807
            return hash(key(self))

        return __eq__, __hash__

    def _repr(self):
        values = (f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{self.__class__.__qualname__}({', '.join(values)})"

    def _refuse(self, name, *value):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _state(self):
        return [getattr(self, name) for name in self.__slots__]

    def _restore(self, state):
        for name, value in zip(self.__slots__, state, strict=True):
            object.__setattr__(self, name, value)
