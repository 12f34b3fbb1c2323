"""A stored notice in, its history out as W3C PROV-JSON (https://www.w3.org/submissions/prov-json/).

The original bytes and the record are entities named by their SHA-256; reading made the one from the other.
"""

from collections.abc import Iterator
from typing import Any

from corpus.collection import Corpus, Entry
from corpus.entry import SCHEMA

PREFIXES = {
    "duizhao": "urn:duizhao:",
    "sha256": "urn:sha256:",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def prov_json(store: Corpus, entry: Entry, version: str) -> dict[str, Any]:
    """`version` is that of the program that writes this."""
    original, record = f"sha256:{entry.sha256}", f"duizhao:notice/{entry.sha256}/{entry.position}"
    reading = f"duizhao:reading/{entry.sha256}"
    agent = "duizhao:program"
    return {
        "prefix": PREFIXES,
        "entity": {
            original: _original(store, entry),
            record: {
                "prov:type": {"$": "duizhao:notice", "type": "prov:QUALIFIED_NAME"},
                "prov:label": entry.number or entry.title or entry.file,
                "duizhao:schema": SCHEMA,
                "duizhao:position": entry.position,
            },
        },
        "activity": {reading: {"prov:label": "read"}},
        "agent": {
            agent: {
                "prov:type": {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"},
                "duizhao:version": version,
            },
            **{name: _organization(label) for name, label in _issuers(entry)},
        },
        "used": {"_:used": {"prov:activity": reading, "prov:entity": original}},
        "wasGeneratedBy": {"_:made": {"prov:entity": record, "prov:activity": reading}},
        "wasDerivedFrom": {"_:derived": {"prov:generatedEntity": record, "prov:usedEntity": original}},
        "wasAssociatedWith": {"_:by": {"prov:activity": reading, "prov:agent": agent}},
        **_attribution(entry, record),
        **_copy(store, entry, record),
    }


def _original(store: Corpus, entry: Entry) -> dict[str, Any]:
    source = store.document(entry.id).source
    return {
        "prov:label": entry.file,
        "schema:sha256": source.sha256,
        "schema:encodingFormat": source.media_type,
        "schema:contentSize": source.size,
        "prov:location": list(store.places(entry.id)),
    }


def _issuers(entry: Entry) -> Iterator[tuple[str, str]]:
    return ((f"duizhao:issuer/{name}", name) for name in (entry.issuer or "").split("、") if name)


def _organization(name: str) -> dict[str, Any]:
    return {"prov:type": {"$": "prov:Organization", "type": "prov:QUALIFIED_NAME"}, "prov:label": name}


def _attribution(entry: Entry, record: str) -> dict[str, Any]:
    """The notice is its issuers'; the file that holds it may be another's."""
    found = {
        f"_:issued{number}": {"prov:entity": record, "prov:agent": agent}
        for number, (agent, _) in enumerate(_issuers(entry), start=1)
    }
    return {"wasAttributedTo": found} if found else {}


def _copy(store: Corpus, entry: Entry, record: str) -> dict[str, Any]:
    """A copy is an alternate of its original."""
    if entry.copy_of is None:
        return {}
    first = store.entry(entry.copy_of)
    return {
        "alternateOf": {
            "_:copy": {
                "prov:alternate1": record,
                "prov:alternate2": f"duizhao:notice/{first.sha256}/{first.position}",
            }
        }
    }
