"""Score extraction and comparison output against a gold folder.

    python tests/scoring.py extract GOLD_DIR DOCUMENT.json [--show] [--json]
    python tests/scoring.py compare GOLD_ROOT COMPARISON.json [--show] [--json]

DOCUMENT.json is what `duizhao extract FILE --format json` prints; COMPARISON.json what
`duizhao compare UPPER LOWER --format json` prints. Standard library only. Figures: P, R, F1 a task;
`--show` lists every miss and every false hit.

How a hit is counted
- clause: same id; `text` (and `heading`) equal once white space and character width are ignored.
- responsibility: same clause, same role, same department name, one hit a name (parenthesis and sentence apart).
- amount: same clause, overlapping quote, same kind, low, high and unit. `per` is reported beside it.
- date: same clause, overlapping quote, same start, end and rrule. `role` is reported beside it.
- citation: same clause, same number, or same title where the gold has no number.
- Gold rows marked optional are neither asked for nor counted against the output that has them.
- Unnumbered text (preamble, closing, attachments' notes) has level 0: matched by quote, not by id.
"""

import argparse
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Same = Callable[[Row, Row], bool]

ALIKE = str.maketrans(
    {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", "«": "《", "»": "》"}
    | {"<": "《", ">": "》", "〈": "《", "〉": "》", "．": ".", "。": ".", "－": "-", "—": "-", "–": "-"}
)
METADATA = {
    "title": "title",
    "number": "document_number",
    "level": "level",
    "province": "province",
    "city": "city",
    "issued": "issued_on",
    "recipients": "recipients",
    "contact": "contact",
    "disclosure": "disclosure",
    "cc": "copied_to",
}
SHAPES = {"merged": "n:1", "split": "1:n"}  # gold relations that are told by the shape of a unit


@dataclass
class Tally:
    name: str
    hit: int = 0
    gold: int = 0
    found: int = 0
    missed: list[Row] = field(default_factory=list)
    false: list[Row] = field(default_factory=list)

    def row(self) -> Row:
        precision = self.hit / self.found if self.found else (0.0 if self.gold else 1.0)
        recall = self.hit / self.gold if self.gold else 1.0
        total = precision + recall
        figures = {"P": precision, "R": recall, "F1": 2 * precision * recall / total if total else 0.0}
        counts = {"task": self.name, "gold": self.gold, "found": self.found, "hit": self.hit}
        return counts | {name: round(value, 4) for name, value in figures.items()}


def norm(text: str | None) -> str:
    """Comparable form: NFKC, no white space, one form a punctuation mark."""
    kept = "".join(char for char in unicodedata.normalize("NFKC", text or "") if not char.isspace())
    return kept.translate(ALIKE)


def rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def overlap(first: str | None, second: str | None) -> bool:
    a, b = norm(first), norm(second)
    return bool(a) and bool(b) and (a in b or b in a or _longest_common(a, b) >= 0.6 * min(len(a), len(b)))


def _longest_common(a: str, b: str) -> int:
    best, previous = 0, [0] * (len(b) + 1)
    for x in a:
        current = [0]
        for j, y in enumerate(b, 1):
            current.append(previous[j - 1] + 1 if x == y else 0)
            best = max(best, current[-1])
        previous = current
    return best


def same_number(a: float | None, b: float | None) -> bool:
    return (a is None and b is None) or (a is not None and b is not None and abs(float(a) - float(b)) < 1e-9)


def same_department(first: str, second: str) -> bool:
    """Equal as written, or but for a shared prefix such as 省, 市 or 局."""
    a, b = sorted((norm(first), norm(second)), key=len)
    return a == b or (len(a) >= 2 and b.endswith(a) and len(b) - len(a) <= 2)


def match(tally: Tally, gold: Sequence[Row], found: Iterable[Row], same: Same) -> Tally:
    """One-to-one greedy matching; optional gold absorbs a find without counting it."""
    left = list(found)
    for want in sorted(gold, key=lambda row: bool(row.get("optional"))):
        got = next((row for row in left if same(want, row)), None)
        if got is not None:
            left.remove(got)
        if want.get("optional"):
            continue
        tally.gold += 1
        if got is not None:
            tally.hit += 1
            tally.found += 1
        else:
            tally.missed.append(want)
    optional = [row for row in gold if row.get("optional")]
    for extra in left:
        if not any(overlap(row.get("quote"), extra.get("quote")) for row in optional):
            tally.found += 1
            tally.false.append(extra)
    return tally


def flat(notice: Row, name: str) -> list[Row]:
    return [
        {**item, "clause": clause["id"], "level": clause.get("level", 0)}
        for clause in notice["clauses"]
        for item in clause.get(name) or []
    ]


def score_extract(gold: Path, document: Row) -> list[Tally]:
    meta = json.loads((gold / "meta.json").read_text("utf-8"))
    numbers = [notice.get("document_number") for notice in document["notices"]]
    wanted = [n for n in document["notices"] if norm(n.get("document_number")) == norm(meta["number"])]
    if not wanted:
        sys.exit(f"no notice {meta['number']} in the document; it has {numbers}")
    notice = wanted[0]
    numbered = {row["id"]: row for row in rows(gold / "clauses.jsonl") if row["level"] >= 1}

    def place(want: Row, got: Row) -> bool:
        return bool(want["clause"] == got["clause"] or (want["clause"] not in numbered and got["level"] == 0))

    return [
        *_score_clauses(numbered, notice),
        *_score_departments(gold, notice, place),
        *_score_amounts(gold, notice, place),
        *_score_dates(gold, notice, place),
        _score_citations(gold, notice, place),
        _score_metadata(meta, notice),
    ]


def _score_clauses(numbered: dict[str, Row], notice: Row) -> tuple[Tally, Tally]:
    found = {clause["id"]: clause for clause in notice["clauses"] if clause.get("level", 0) >= 1}
    ids = Tally("clause ids", gold=len(numbered), found=len(found))
    texts = Tally("clause text exact", gold=len(numbered), found=len(found))
    for name, want in numbered.items():
        got = found.get(name)
        if got is None:
            ids.missed.append({"id": name})
            texts.missed.append({"id": name})
            continue
        ids.hit += 1
        if norm(got.get("text")) == norm(want["text"]) and norm(got.get("heading")) == norm(want["heading"]):
            texts.hit += 1
        else:
            pair = {"gold_text": want["text"][:60], "got_text": (got.get("text") or "")[:60]}
            texts.missed.append({"id": name, "gold": want["heading"], "got": got.get("heading"), **pair})
    ids.false = [{"id": name} for name in found if name not in numbered]
    return ids, texts


def _score_departments(gold: Path, notice: Row, place: Same) -> Iterable[Tally]:
    def same(want: Row, got: Row) -> bool:
        return place(want, got) and same_department(want["name"], got["name"]) and want["role"] == got["role"]

    statements = rows(gold / "responsibilities.jsonl")
    for where, source in (("paren", "parenthesis"), ("inline", "sentence")):
        wanted = [
            {**row, "name": name, "quote": name} for row in statements if row["where"] == where for name in row["names"]
        ]
        found = [
            {**row, "name": one["name"], "quote": one["name"]}
            for row in flat(notice, "responsibilities")
            if row.get("source") == source
            for one in row["departments"]
        ]
        yield match(Tally(f"departments ({source})"), wanted, found, same)


def _score_amounts(gold: Path, notice: Row, place: Same) -> tuple[Tally, Tally]:
    def same(want: Row, got: Row) -> bool:
        return (
            place(want, got)
            and overlap(want["quote"], got["quote"])
            and want["kind"] == got["kind"]
            and same_number(want["low"], got["low"])
            and same_number(want["high"], got["high"])
            and norm(want["unit"]) == norm(got["unit"])
        )

    def same_per(want: Row, got: Row) -> bool:
        return same(want, got) and sorted(want["per"]) == sorted(got.get("per") or [])

    wanted, found = rows(gold / "amounts.jsonl"), flat(notice, "amounts")
    return match(Tally("amounts"), wanted, found, same), match(Tally("amounts with per"), wanted, found, same_per)


def _score_dates(gold: Path, notice: Row, place: Same) -> tuple[Tally, Tally]:
    def same(want: Row, got: Row) -> bool:
        return (
            place(want, got)
            and overlap(want["quote"], got["quote"])
            and want["start"] == got.get("start")
            and want["end"] == got.get("end")
            and (want["rrule"] or None) == (got.get("rrule") or None)
        )

    def same_role(want: Row, got: Row) -> bool:
        return same(want, got) and want["role"] == got["role"]

    wanted, found = rows(gold / "dates.jsonl"), flat(notice, "dates")
    return match(Tally("dates"), wanted, found, same), match(Tally("dates with role"), wanted, found, same_role)


def _score_citations(gold: Path, notice: Row, place: Same) -> Tally:
    def same(want: Row, got: Row) -> bool:
        field_name, key = ("number", "document_number") if want["number"] else ("title", "title")
        return place(want, got) and norm(want[field_name]) == norm(got.get(key))

    return match(Tally("citations"), rows(gold / "citations.jsonl"), flat(notice, "citations"), same)


def _score_metadata(meta: Row, notice: Row) -> Tally:
    tally = Tally("metadata", gold=len(METADATA) + 1, found=len(METADATA) + 1)
    for want, name in METADATA.items():
        if norm(notice.get(name)).rstrip(".：") == norm(meta.get(want)).rstrip(".："):
            tally.hit += 1
        else:
            tally.missed.append({"field": name, "gold": meta.get(want), "got": notice.get(name)})
    issuers = notice.get("issuers") or []
    if norm("".join(issuers)) == norm(meta["issuer"]):
        tally.hit += 1
    else:
        tally.missed.append({"field": "issuers", "gold": meta["issuer"], "got": issuers})
    return tally


def score_compare(root: Path, comparison: Row) -> list[Tally]:
    """Links and relations of upper sentence and lower clause, and the changes of each gold row."""
    sentences = {
        (row["clause"], row["index"]): norm(row["text"]) for row in rows(root / "shandong-136" / "sentences.jsonl")
    }
    gold = rows(root / "alignment-136-jinan.jsonl")
    units = {link: unit for unit in comparison["units"] for link in _links_found(unit, sentences)}
    wanted = {link for row in gold for link in _links_wanted(row)}
    links = Tally("links", hit=len(wanted & units.keys()), gold=len(wanted), found=len(units))
    links.missed = [{"link": link} for link in wanted - units.keys()]
    links.false = [{"link": link} for link in units.keys() - wanted]
    relations = Tally("relations")
    typed, located = Tally("changes (typed)"), Tally("changes (found, any type)")
    for row in gold:
        link = _first_link(row)
        unit = units.get(link, {"relation": None, "changes": []})
        _score_relation(relations, row, unit, link)
        changes = [_change(c["type"], c.get("upper_quote"), c.get("lower_quote"), link[1]) for c in unit["changes"]]
        want = [
            _change(c["type"], c["province_quote"], c["municipal_quote"], link[1]) | {"optional": c.get("optional")}
            for c in row["changes"]
        ]
        match(typed, want, changes, lambda a, b: a["type"] == b["type"] and _near(a, b))
        match(located, want, changes, _near)
    return [links, relations, typed, located]


def _links_found(unit: Row, sentences: dict[tuple[str, int], str]) -> Iterable[tuple[Any, Any]]:
    tops: list[Any] = []
    for side in unit["upper"]:
        quote = norm(side["quote"])
        tops += [
            key
            for key, text in sentences.items()
            if key[0] == side["clause"] and quote and (text in quote or quote in text)
        ]
    return [(top, low) for top in tops or [None] for low in [s["clause"] for s in unit["lower"]] or [None]]


def _links_wanted(row: Row) -> Iterable[tuple[Any, Any]]:
    tops: list[Any] = [(part["clause"], i) for part in row["province"] for i in part["sentences"]] or [None]
    return [(top, low) for top in tops for low in row["municipal"] or [None]]


def _first_link(row: Row) -> tuple[Any, Any]:
    province = row["province"]
    top = (province[0]["clause"], province[0]["sentences"][0]) if province else None
    return top, (row["municipal"][0] if row["municipal"] else None)


def _score_relation(tally: Tally, row: Row, unit: Row, link: tuple[Any, Any]) -> None:
    tally.gold += 1
    tally.found += 1
    shape = SHAPES.get(row["relation"])
    if (unit.get("shape") == shape) if shape else (unit["relation"] == row["relation"]):
        tally.hit += 1
    else:
        got = [unit["relation"], unit.get("shape")]
        tally.missed.append({"link": list(link), "gold": row["relation"], "got": got})


def _change(type_: str, upper: str | None, lower: str | None, clause: str | None) -> Row:
    return {"type": type_, "quote": upper or lower or "", "low": clause, "up": upper, "down": lower}


def _near(a: Row, b: Row) -> bool:
    return overlap(a["up"], b["up"]) or overlap(a["down"], b["down"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["extract", "compare"])
    parser.add_argument("gold", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--show", action="store_true", help="list every miss and every false hit")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    score = score_extract if options.what == "extract" else score_compare
    tallies = score(options.gold, json.loads(options.output.read_text("utf-8")))
    if options.json:
        print(json.dumps([tally.row() for tally in tallies], ensure_ascii=False))
        return
    for tally in tallies:
        _print(tally, show=options.show)


def _print(tally: Tally, *, show: bool) -> None:
    row = tally.row()
    counts = f"gold {row['gold']:>4}  found {row['found']:>4}"
    print(f"{row['task']:<28} {counts}  P {row['P']:.3f}  R {row['R']:.3f}  F1 {row['F1']:.3f}")
    for name, items in (("missed", tally.missed), ("false ", tally.false)) if show else ():
        for item in items:
            print("   ", name, json.dumps({k: v for k, v in item.items() if k != "span"}, ensure_ascii=False)[:220])


if __name__ == "__main__":
    main()
