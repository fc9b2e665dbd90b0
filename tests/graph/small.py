"""A small world of true things for the tests of the graph."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.claims import Claim, Dated, Modality
from kg.graph.assemble import triples
from kg.ontology.cues import Cues
from kg.ontology.curated import CuratedClaim
from kg.ontology.files import LooseDate, ontology_folder
from kg.ontology.lexicon import Alias, Lexicon, Thing
from kg.ontology.load import Ontology
from kg.ontology.terms import read_terms
from kg.reading import Leftover, Named, Reading
from kg.text import Document

NEWS = Document(
    identifier="news.txt",
    text="DeepSeek uses some 2,000 H800s, an official said. Nvidia said that it does not.",
    title="DeepSeek and its chips",
    creator="The Example Times",
    date=date(2025, 1, 31),
    source="https://example.org/news",
)
BLOG = Document(
    identifier="blog.md",
    text="In 2024 Yottaverse bought Nvidia H20s.",
    title="Yottaverse buys",
)

USES = Claim(
    document=NEWS.id,
    subject="entity:deepseek",
    predicate="kg:usesHardware",
    object="chip:nvidia-h800",
    subject_text="DeepSeek",
    object_text="H800s",
    evidence=(NEWS.span(0, 49),),
    found_by="use",
    confidence=0.834,
    modality=Modality.REPORTED,
    attributed_to="an official",
    quantity=2000,
    quantity_text="some 2,000",
)
DENIES = Claim(
    document=NEWS.id,
    subject="entity:deepseek",
    predicate="kg:usesHardware",
    object="chip:nvidia-h800",
    subject_text="DeepSeek",
    object_text="H800s",
    evidence=(NEWS.span(50, 79),),
    found_by="use",
    confidence=0.7,
    modality=Modality.DENIED,
    attributed_to="Nvidia",
    attributed_to_entity="entity:nvidia",
)
BUYS = Claim(
    document=BLOG.id,
    subject="entity:x-yottaverse",
    predicate="kg:purchases",
    object="chip:nvidia-h20",
    subject_text="Yottaverse",
    object_text="Nvidia H20s",
    evidence=(BLOG.span(0, 38),),
    found_by="buy",
    confidence=0.9,
    holds=Dated(start=date(2024, 1, 1), start_precision="year"),
)
YOTTAVERSE = Thing(
    curie="entity:x-yottaverse", label="Yottaverse", cls="kg:Company", discovered=True
)
READ_NEWS = Reading(
    document=NEWS,
    claims=(USES, DENIES),
    names=(
        Named(NEWS.span(0, 8), "entity:deepseek"),
        Named(NEWS.span(25, 30), "chip:nvidia-h800"),
        Named(NEWS.span(50, 56), "entity:nvidia"),
    ),
    discovered=(),
    leftovers=(Leftover(NEWS.span(35, 43), "a speaker without a name"),),
)
READ_BLOG = Reading(
    document=BLOG,
    claims=(BUYS,),
    names=(
        Named(BLOG.span(8, 18), "entity:x-yottaverse"),
        Named(BLOG.span(26, 36), "chip:nvidia-h20"),
    ),
    discovered=(YOTTAVERSE,),
    leftovers=(),
)
READINGS = (READ_NEWS, READ_BLOG)


def _thing(curie: str, label: str, cls: str, **more: object) -> Thing:
    return Thing(curie=curie, label=label, cls=cls, source="https://example.org/facts", **more)


THINGS = (
    _thing("entity:deepseek", "DeepSeek", "kg:Company"),
    _thing("entity:nvidia", "Nvidia", "kg:Company"),
    _thing("entity:bis", "Bureau of Industry and Security", "kg:GovernmentBody"),
    _thing("chip:nvidia-h20", "Nvidia H20", "kg:Chip", level="model"),
    _thing("chip:nvidia-h800", "Nvidia H800", "kg:Chip", level="model"),
    _thing("chip:nvidia-h800-sxm", "Nvidia H800 SXM", "kg:Chip", level="part"),
    _thing("chip:nvidia-hopper-family", "Nvidia Hopper family", "kg:ChipFamily", level="family"),
    _thing(
        "rule:letter",
        "H20 letter",
        "kg:Rule",
        effective_from=LooseDate(date(2025, 4, 9), "day"),
        part_of=("rule:controls",),
    ),
    _thing(
        "rule:controls",
        "US export controls on AI chips",
        "kg:Rule",
        effective_from=LooseDate(date(2022, 10, 1), "month"),
        citation="several",
    ),
    _thing("place:cn", "China", "kg:Country"),
    _thing("place:us", "United States", "kg:Country"),
    _thing("model:deepseek-v3", "DeepSeek-V3", "kg:AIModel"),
)
ALIASES = (
    Alias(text="China", thing="place:cn"),
    Alias(text="Chinese", thing="place:cn", form="adjective"),
    Alias(text="DeepSeek", thing="entity:deepseek"),
    Alias(text="深度求索", thing="entity:deepseek"),
    Alias(text="H20", thing="chip:nvidia-h20", exact=True),
    Alias(text="Hopper", thing="chip:nvidia-hopper-family"),
    Alias(text="V3", thing="chip:nvidia-h800-sxm"),
    Alias(text="V3", thing="model:deepseek-v3"),
    Alias(text="export curbs", thing="rule:controls", form="generic"),
)


def curated(subject: str, predicate: str, object: str, **more: object) -> CuratedClaim:
    """A curated claim, asserted unless said otherwise."""
    fields = {
        "modality": "asserted",
        "attributed_to": None,
        "holds_from": None,
        "quantity": None,
        "quantity_text": None,
        "source": "https://example.org/a|a paper on paper",
        "checked": date(2026, 11, 23),
    }
    return CuratedClaim(subject=subject, predicate=predicate, object=object, **{**fields, **more})


CURATED = (
    curated("chip:nvidia-h20", "kg:restrictedBy", "rule:letter"),
    curated("chip:nvidia-h20", "kg:variantOf", "chip:nvidia-hopper-family"),
    curated("chip:nvidia-h800", "kg:variantOf", "chip:nvidia-hopper-family"),
    curated("chip:nvidia-h800-sxm", "kg:variantOf", "chip:nvidia-h800"),
    curated("entity:bis", "kg:headquarteredIn", "place:us"),
    curated("entity:deepseek", "kg:develops", "model:deepseek-v3"),
    curated("entity:deepseek", "kg:headquarteredIn", "place:cn"),
    curated("entity:nvidia", "kg:designs", "chip:nvidia-h20"),
    curated("model:deepseek-v3", "kg:trainedOn", "chip:nvidia-h800", modality="reported"),
    curated("rule:controls", "kg:appliesTo", "place:cn"),
    curated("rule:letter", "kg:issuedBy", "entity:bis"),
)


def ontology(claims: tuple[CuratedClaim, ...] = CURATED, folder: Path | None = None) -> Ontology:
    """The things above, with the real terms and rules; the graph looks at no cue."""
    folder = folder or ontology_folder()
    things = {thing.curie: thing for thing in THINGS}
    lexicon = Lexicon(things=things, aliases=ALIASES, decoys=frozenset(), by_folded={})
    return Ontology(
        folder=folder,
        terms=read_terms(folder / "core.ttl"),
        lexicon=lexicon,
        cues=Cues(**{name: () for name in Cues.__slots__}),
        curated=claims,
    )


def small_store(readings: tuple[Reading, ...] = READINGS, *, everything: bool = True) -> Store:
    """The graph of the readings, in memory."""
    store = Store()
    store.extend(Quad(*triple) for triple in triples(readings, ontology(), everything=everything))
    return store
