"""The tables of the interchange format (FORMAT.md), declared once; reading, checking and writing follow from them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from graph.model import (
    AffiliationRole,
    AgencyLevel,
    Confidence,
    EmbeddingMode,
    EmbeddingStatus,
    EntityKind,
    IdentifierScheme,
    Label,
    ListColor,
    MeasureNature,
    MemorandumKind,
    Rel,
    Scene,
)
from graph.search.stored_text import searched
from graph.writes.loading import Link
from loaders.format.columns import Column

from .cells import list_of, read_code, read_date, read_flag, read_number, read_text, word_of


@dataclass(frozen=True)
class Table:
    """One file. It makes nodes of `label`, or relationships `rel` from what `start` names to what `end` names."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The columns that say which node or relationship the row is about."""
    label: Label | None = None
    rel: Rel | None = None
    start: str = ""
    end: str = ""
    orders: tuple[tuple[str, str], ...] = ()
    """Pairs of date columns of which the second must not be earlier than the first."""
    computed: tuple[str, ...] = ()
    """Further properties that the table's check stores."""
    unique: tuple[str, ...] = ()
    """Columns whose property may be held by one node only, beside the key."""
    large: bool = False
    """Read, checked and written in batches; else the file as a whole."""
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    def __reduce__(self) -> tuple[Callable[[str], "Table"], tuple[str]]:
        """Another process gets the table by its name."""
        return _table_named, (self.name,)

    @property
    def file(self) -> str:
        """Name of the file."""
        return f"{self.name}.csv"

    @property
    def catalogue(self) -> bool:
        """Whether it is part of the catalogue: no subject stands in it."""
        return self.label not in (Label.ENTITY, Label.LISTING) and self.rel is not Rel.AFFILIATED_WITH

    @property
    def node(self) -> Label:
        """The label. Raises TypeError for a table of relationships."""
        if self.label is None:
            raise TypeError(f"{self.name} makes no nodes")
        return self.label

    @property
    def edge(self) -> tuple[Label, Rel, Label]:
        """Start, type and end. Raises TypeError for a table of nodes."""
        if self.rel is None:
            raise TypeError(f"{self.name} makes no relationships")
        return self.by_name[self.start].target, self.rel, self.by_name[self.end].target

    @cached_property
    def references(self) -> tuple[Column, ...]:
        """The columns that name something."""
        return tuple(column for column in self.columns if column.names)

    @cached_property
    def linked(self) -> tuple[Column, ...]:
        """The references that make a relationship of the row's node."""
        return tuple(column for column in self.columns if column.link)

    @cached_property
    def chained(self) -> tuple[Column, ...]:
        """The references to the table's own rows, in which cycles are refused."""
        return tuple(column for column in self.linked if column.names is self.label)

    @cached_property
    def properties(self) -> tuple[str, ...]:
        """Every property that a row of the table may store."""
        stored = [column for column in self.columns if column.stored and not column.names]
        names = [column.prop for column in stored]
        names += [f"{column.prop}Key" for column in stored if column.document]
        return (*(("id",) if self.label else ()), *names, *self.computed, *self.searched)

    @property
    def searched(self) -> tuple[str, ...]:
        """The properties that are stored for search."""
        return searched(self.label)


def _table_named(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)


def _word(name: str, words: Iterable[str], optional: bool = False) -> Column:
    values = tuple(str(word) for word in words)
    return Column(name, word_of(values), optional=optional, words=values)


def _code(name: str = "code") -> Column:
    return Column(name, read_code)


def _reference(
    name: str, names: Label, rel: Rel | None = None, optional: bool = False, outgoing: bool = True
) -> Column:
    return Column(
        name, read_code, optional, names=names, link=Link(rel, names, outgoing) if rel else None, stored=False
    )


def _references(
    name: str, names: Label, rel: Rel, optional: bool = False, blank: bool = False, outgoing: bool = True
) -> Column:
    link = Link(rel, names, outgoing)
    return Column(name, list_of(read_code), optional, blank, names=names, link=link, many=True, stored=False)


def _date(name: str, optional: bool = False) -> Column:
    return Column(name, read_date, optional)


_PROVENANCE = (Column("source", optional=True), _word("confidence", Confidence, optional=True))
_TARGETS = (*(str(kind) for kind in EntityKind), *(str(role) for role in AffiliationRole))


def _table(name: str, key: str, *columns: Column, **rest: object) -> Table:
    return Table(name, (*columns, *_PROVENANCE), tuple(key.split()), **rest)  # type: ignore[arg-type]


TABLES: tuple[Table, ...] = (
    _table(
        "regions",
        "code",
        _code(),
        Column("name"),
        _reference("parent_code", Label.REGION, Rel.PART_OF, optional=True),
        _word("level", AgencyLevel),
        label=Label.REGION,
    ),
    _table(
        "agencies",
        "code",
        _code(),
        Column("name"),
        Column("short_name", optional=True),
        _word("level", AgencyLevel),
        _reference("region_code", Label.REGION, Rel.IN_REGION),
        _reference("parent_code", Label.AGENCY, Rel.SUBORDINATE_TO, optional=True),
        _date("valid_to", optional=True),
        _reference("successor_code", Label.AGENCY, Rel.SUCCEEDED_BY, optional=True),
        label=Label.AGENCY,
    ),
    _table(
        "divisions",
        "code",
        _code(),
        Column("name"),
        _reference("agency_code", Label.AGENCY, Rel.DIVISION_OF),
        label=Label.DIVISION,
    ),
    _table(
        "memoranda",
        "code",
        _code(),
        Column("title"),
        Column("doc_number", document=True),
        _word("kind", MemorandumKind),
        Column("field"),
        _date("issued_on"),
        _date("effective_from"),
        _date("effective_to", optional=True),
        _reference("supersedes", Label.MEMORANDUM, Rel.SUPERSEDES, optional=True),
        _references("signatories", Label.AGENCY, Rel.SIGNED_BY),
        label=Label.MEMORANDUM,
        orders=(("effective_from", "effective_to"),),
    ),
    _table(
        "credit_lists",
        "code",
        _code(),
        Column("name"),
        _word("color", ListColor),
        _reference("recognizing_agency", Label.AGENCY, Rel.RECOGNIZED_BY),
        # Coverage answers the lists that no memorandum governs, so the cell may be empty.
        _references("memoranda", Label.MEMORANDUM, Rel.GOVERNS, blank=True, outgoing=False),
        Column("is_public", read_flag),
        Column("validity_months", read_number, optional=True),
        label=Label.CREDIT_LIST,
    ),
    _table(
        "power_items",
        "code",
        _code(),
        Column("name"),
        Column("type"),
        _word("scene", Scene),
        _reference("agency_code", Label.AGENCY, Rel.EXERCISED_BY),
        _reference("division_code", Label.DIVISION, Rel.HANDLED_BY, optional=True),
        _reference("region_code", Label.REGION, Rel.IN_REGION),
        _reference("devolved_from", Label.POWER_ITEM, Rel.DEVOLVED_FROM, optional=True),
        Column("is_key_item", read_flag),
        label=Label.POWER_ITEM,
    ),
    _table(
        "measures",
        "code",
        _code(),
        _reference("memorandum_code", Label.MEMORANDUM, Rel.PRESCRIBES, outgoing=False),
        Column("number", read_number),
        Column("category"),
        _word("nature", MeasureNature),
        Column("content", read_text),
        Column("targets", list_of(word_of(_TARGETS)), words=_TARGETS, many=True),
        _references("agencies", Label.AGENCY, Rel.IMPLEMENTED_BY),
        _references("divisions", Label.DIVISION, Rel.ASSIGNED_TO, optional=True),
        _references("power_items", Label.POWER_ITEM, Rel.NAMES, optional=True),
        Column("legal_bases", list_of(read_text, fold=False), optional=True, many=True),
        label=Label.MEASURE,
    ),
    _table(
        "embeddings",
        "power_item_code measure_code step",
        _reference("power_item_code", Label.POWER_ITEM),
        _reference("measure_code", Label.MEASURE),
        Column("step"),
        _word("mode", EmbeddingMode),
        _word("status", EmbeddingStatus),
        _date("since"),
        rel=Rel.EMBEDDED_IN,
        start="measure_code",
        end="power_item_code",
    ),
    _table(
        "entities",
        "identifier",
        Column("identifier", stored=False),
        _word("scheme", (IdentifierScheme.USCC, IdentifierScheme.RESIDENT_ID)),
        _word("kind", EntityKind),
        Column("name"),
        Column("org_code", optional=True, stored=False),
        Column("registration_no", optional=True, stored=False),
        _reference("region_code", Label.REGION, Rel.IN_REGION),
        label=Label.ENTITY,
        computed=("key", "identifier", "orgCode", "registrationNo"),
        unique=("org_code",),
        large=True,
    ),
    _table(
        "affiliations",
        "person organization role since",
        _reference("person", Label.ENTITY),
        _reference("organization", Label.ENTITY),
        _word("role", AffiliationRole),
        _date("since"),
        _date("until", optional=True),
        rel=Rel.AFFILIATED_WITH,
        start="person",
        end="organization",
        orders=(("since", "until"),),
        large=True,
    ),
    _table(
        "listings",
        "listing_no",
        _code("listing_no"),
        _reference("entity", Label.ENTITY, Rel.HAS_LISTING, outgoing=False),
        _reference("list_code", Label.CREDIT_LIST, Rel.ON_LIST),
        Column("reason", read_text),
        Column("document_no", document=True),
        _date("listed_on"),
        _date("expires_on", optional=True),
        _date("removed_on", optional=True),
        Column("removal_reason", read_text, optional=True),
        label=Label.LISTING,
        orders=(("listed_on", "expires_on"), ("listed_on", "removed_on")),
        large=True,
    ),
)
"""In the order in which they are loaded: what a table names comes before it."""

TABLE_OF: dict[Label, Table] = {table.label: table for table in TABLES if table.label}
