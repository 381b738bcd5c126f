"""`bilingo.frozen.dataclass` makes what the standard library's makes, on every point we use."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import typing

import pytest

from bilingo import frozen


@frozen.dataclass(frozen=True, slots=True)
class Ours:
    """A record."""

    text: str
    number: int = 1
    props: dict[str, str] = frozen.field(default_factory=dict)
    more: tuple[str, ...] = ()

    @property
    def twice(self) -> int:
        """A property stays one."""
        return 2 * self.number


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """A record."""

    text: str
    number: int = 1
    props: dict[str, str] = dataclasses.field(default_factory=dict)
    more: tuple[str, ...] = ()


@frozen.dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """A record that equals itself only."""

    text: str


BUILT = [("文",), ("文", 2), ("", 3, {"a": "b"}), ("文", 1, {}, ("x",))]


@pytest.mark.parametrize("values", BUILT)
def test_it_is_what_the_standard_library_makes(values: tuple[object, ...]) -> None:
    ours, theirs = Ours(*values), Theirs(*values)  # type: ignore[arg-type]

    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert [f.name for f in dataclasses.fields(ours)] == [
        f.name for f in dataclasses.fields(theirs)
    ]
    changed = dataclasses.replace(ours, number=9)
    assert frozen.replace(ours, number=9) == changed
    assert dataclasses.asdict(changed) == dataclasses.asdict(dataclasses.replace(theirs, number=9))
    assert ours == Ours(*values)  # type: ignore[arg-type]
    assert ours != changed
    assert ours != theirs
    assert copy.copy(ours) == copy.deepcopy(ours) == pickle.loads(pickle.dumps(ours)) == ours  # noqa: S301


def test_only_fields_are_replaced() -> None:
    with pytest.raises(TypeError):
        frozen.replace(Ours("文"), twice=4)
    assert frozen.replace(Ours("文", props={"a": "b"}), more=("x",)).props == {"a": "b"}


def test_nothing_can_be_assigned_or_added() -> None:
    record = Ours("文")

    for name in ("text", "unknown"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, name, "x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        del record.text
    assert not hasattr(record, "__dict__")


def test_defaults_are_made_anew() -> None:
    assert Ours("a").props is not Ours("b").props
    assert Ours(text="a", number=4).twice == 8


def test_hashes_follow_equality() -> None:
    assert hash(Ours("a", props=())) == hash(Ours("a", props=()))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        hash(Ours("a"))


def test_without_equality_a_record_is_itself() -> None:
    one = Apart("a")

    assert one != Apart("a")
    assert len({one, one, Apart("a")}) == 2


def test_a_wrong_call_is_refused() -> None:
    with pytest.raises(TypeError):
        Ours()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Ours("a", unknown=1)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="frozen and slots"):
        frozen.dataclass(frozen=True, slots=False)


def test_patterns_match_by_position() -> None:
    match Ours("a", 5):
        case Ours(text, number):
            assert (text, number) == ("a", 5)


def test_a_class_below_makes_its_own() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Above:
        """A record of one field."""

        text: str

    class Below(Above):
        """Nothing more."""

        __slots__ = ()

    assert Below("文") == Below(text="文")
    assert Above("文").text == Below("文").text


def test_a_field_of_the_standard_library_is_refused() -> None:
    """It would be the default itself."""
    with pytest.raises(TypeError, match="`field` of this module"):

        @frozen.dataclass(frozen=True, slots=True)
        class Wrong:
            props: dict[str, str] = dataclasses.field(default_factory=dict)


class Place(frozen.NamedTuple):
    """A place in a text."""

    start: int
    text: str = "文"
    more: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """Behind it."""
        return self.start + len(self.text)


class Whole(typing.NamedTuple):
    """A place in a text."""

    start: int
    text: str = "文"
    more: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """Behind it."""
        return self.start + len(self.text)


def test_a_named_tuple_is_the_standard_librarys() -> None:
    """Also what nobody has compiled is there for who wants to know it."""
    ours, theirs = Place(1), Whole(1)

    assert ours == theirs == (1, "文", ())
    assert repr(ours) == repr(theirs).replace("Whole", "Place")
    assert (ours.end, ours._asdict()) == (theirs.end, theirs._asdict())
    assert ours._replace(text="ab") == theirs._replace(text="ab") == Place(start=1, text="ab")
    assert pickle.loads(pickle.dumps(ours)) == ours  # noqa: S301
    assert type(pickle.loads(pickle.dumps(ours))) is Place  # noqa: S301
    for name in ("_fields", "_field_defaults", "__doc__", "__module__", "__mro__", "__slots__"):
        one, other = getattr(Place, name), getattr(Whole, name)
        assert one == other or name == "__mro__" and one[1:] == other[1:]
    assert typing.get_type_hints(Place) == typing.get_type_hints(Whole)
    with pytest.raises(TypeError):
        Place()  # type: ignore[call-arg]
