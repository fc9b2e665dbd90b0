"""The graph as FollowTheMoney entities, the model of OpenSanctions and Aleph: one a line.

Firms, bodies, persons, places, chips, rules, models and documents become entities; each claim that
affirms becomes a link with its quote, speaker and document. What is denied, planned or supposed is
left out, because a link in that model says that it is so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pyoxigraph import Store

from kg.errors import QueryError
from kg.views.network import ask_view

# Of the classes that a thing has, the first one here tells its schema.
_SCHEMA_OF = {
    "kg:Person": "Person",
    "kg:GovernmentBody": "PublicBody",
    "kg:Company": "Company",
    "kg:Organisation": "Organization",
    "kg:Country": "Territory",
    "kg:Chip": "Asset",
    "kg:AIModel": "Asset",
    "kg:Rule": "Article",
    "kg:Document": "Article",
}
_OWNED = "kg:subsidiaryOf"  # the owner is its object
_OF_A_LINK = {
    "role": "phrase",
    "status": "modality",
    "summary": "quote",
    "date": "said_on",
    "startDate": "holds_from",
    "endDate": "holds_until",
    "sourceUrl": "citation",
    "publisher": "speaker",
    "recordId": "claim",
}


def export_ftm(store: Store) -> Iterator[str]:
    """The graph as FollowTheMoney JSON lines: things first, then links, each sorted by id.

    Raises:
        QueryError: The package `followthemoney` is not installed.
    """
    try:
        from followthemoney import model
    except ImportError as error:
        raise QueryError(
            "this format needs followthemoney: pip install 'chiptrace[ftm]'"
        ) from error
    things = _things(store, model)
    links = _links(store, model, things)
    for entity in (*things.values(), *links.values()):
        written = entity.to_dict()
        written["properties"] = {
            name: sorted(values) for name, values in sorted(written["properties"].items())
        }
        yield json.dumps(written, ensure_ascii=False) + "\n"


def _things(store: Store, model: Any) -> dict[str, Any]:
    rows = list(ask_view(store, "followthemoney-things"))
    classes: dict[str, set[str]] = {}
    for row in rows:
        classes.setdefault(row["thing"], set()).add(row["class"])
    things: dict[str, Any] = {}
    for row in rows:
        me = row["thing"]
        if me not in things:
            schema = next(name for cls, name in _SCHEMA_OF.items() if cls in classes[me])
            things[me] = model.make_entity(schema)
            things[me].id = _id(me)
        _describe(things[me], row)
    return things


def _describe(entity: Any, row: Any) -> None:
    place = row["thing"] if entity.schema.name == "Territory" else row["place"]
    entity.add("name", row["label"])
    entity.add("alias", row["alias"])
    entity.add("country", place.partition(":")[2] if place else None)
    entity.add("sourceUrl", row["source"])
    if entity.schema.name == "Article":
        entity.add("publishedAt", row["date"] and row["date"].isoformat())
        entity.add("publisher", row["creator"])


def _links(store: Store, model: Any, things: dict[str, Any]) -> dict[str, Any]:
    links: dict[str, Any] = {}
    for row in ask_view(store, "followthemoney-links"):
        subject, object_ = things.get(row["subject"]), things.get(row["object"])
        if subject is None or object_ is None:
            continue  # a thing without a label: `kg check` finds it
        link = links.get(row["claim"])
        if link is None:
            link = links[row["claim"]] = _link(model, row["predicate"], subject, object_)
            link.id = _id(row["claim"])
        link.add("proof", row["document"] and _id(row["document"]))
        for name, column in _OF_A_LINK.items():
            link.add(name, None if row[column] is None else str(row[column]))
    return links


def _link(model: Any, predicate: str, subject: Any, object_: Any) -> Any:
    """An ownership where the model has it so, else a link that tells its kind by its role."""
    if predicate == _OWNED and subject.schema.is_a("Asset"):
        link = model.make_entity("Ownership")
        link.add("asset", subject.id)
        link.add("owner", object_.id)
    else:
        link = model.make_entity("UnknownLink")
        link.add("subject", subject.id)
        link.add("object", object_.id)
    return link


def _id(curie: str) -> str:
    """A CURIE as that model writes ids, which have no colon."""
    return curie.replace(":", "-", 1)
