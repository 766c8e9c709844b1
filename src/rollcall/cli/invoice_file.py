"""Files of invoices to import: CSV with a row for each item, or JSON."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import msgspec

from rollcall.cli.failure import Failure
from rollcall.server.documents.invoice import InvoiceLine
from rollcall.server.domain.bookkeeping import Draft

if TYPE_CHECKING:
    from pathlib import Path

_OF_INVOICE = ("organization_id", "number", "issued_on", "currency", "status", "description", "tax_percent")
_OF_ITEM = {"item": "description", "quantity": "quantity", "unit_price_cents": "unit_price_cents"}
_NEEDED = ("organization_id", "number", "issued_on", "item", "unit_price_cents")

COLUMNS = (*_OF_INVOICE, *_OF_ITEM)
"""Of a CSV file. Rows with the same organization and number are the items of one invoice."""

_KINDS = {int: "a whole number", date: "a day such as 2026-11-30", Decimal: "a number such as 19 or 7.5"}


class Entry(msgspec.Struct, frozen=True):
    """One invoice of a file.

    Attributes:
        line: The line of the file where it begins.
    """

    line: int
    draft: Draft


def read(file: Path) -> list[Entry]:
    """The invoices of a file whose name ends in `.csv` or `.json`.

    Raises:
        Failure: The file cannot be read, or something in it is wrong: each line of the text names one of its lines.
    """
    try:
        content = file.read_bytes().removeprefix(b"\xef\xbb\xbf")
        text = content.decode()
    except OSError as error:
        raise Failure(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Failure(f"{file}, line {line}: this is not UTF-8 text") from error
    match file.suffix.lower():
        case ".csv":
            entries, problems = _read_csv(text)
        case ".json":
            entries, problems = _read_json(content)
        case _:
            raise Failure(f"{file}: what it holds is told by its name, which ends in .csv or .json")
    if not problems and not entries:
        problems = [(1, "there is no invoice in it")]
    if problems:
        raise failure(file, problems)
    return entries


def failure(file: Path, problems: list[tuple[int, str]]) -> Failure:
    """What is wrong with the lines of a file, one line of text for each."""
    return Failure(*(f"{file}, line {line}: {text}" for line, text in sorted(problems, key=itemgetter(0))))


def _read_json(content: bytes) -> tuple[list[Entry], list[tuple[int, str]]]:
    entries, problems = [], []
    try:
        raws = msgspec.json.decode(content, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        return [], [(1, f"this is not a JSON array of invoices: {error}")]
    end = 0
    for raw in raws:
        text = bytes(raw)
        begin = content.index(text, end)
        end = begin + len(text)
        line = content.count(b"\n", 0, begin) + 1
        try:
            entries.append(Entry(line, msgspec.json.decode(text, type=Draft)))
        except msgspec.DecodeError as error:
            problems.append((line, str(error)))
    return entries, problems


def _read_csv(text: str) -> tuple[list[Entry], list[tuple[int, str]]]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    header = rows.fieldnames or []
    problems = [(1, f"there is no column {name!r}") for name in _NEEDED if name not in header]
    problems += [
        (1, f"the column {name!r} is not known; there are {', '.join(COLUMNS)}")
        for name in header
        if name not in COLUMNS
    ]
    if problems:
        return [], problems
    invoices: dict[tuple[str, str], _Rows] = {}
    try:
        for row in rows:
            # A row that is too short has None where its values end.
            key = ((row["organization_id"] or "").strip(), (row["number"] or "").strip())
            invoices.setdefault(key, _Rows(rows.line_num)).add(rows.line_num, row)
    except csv.Error as error:
        problems.append((rows.reader.line_num, str(error)))
    for invoice in invoices.values():
        problems += invoice.problems
    if problems:
        return [], problems
    return [Entry(invoice.line, invoice.draft()) for invoice in invoices.values()], []


class _Rows:
    """The rows of one invoice.

    Attributes:
        line: That of the first row.
        problems: What is wrong with which line.
    """

    def __init__(self, line: int) -> None:
        self.line = line
        self.problems: list[tuple[int, str]] = []
        self._values: dict[str, Any] = {}
        self._texts: dict[str, str] = {}
        self._items: list[InvoiceLine] = []

    def add(self, line: int, row: dict[str | None, Any]) -> None:
        """Take one more row."""
        if None in row or None in row.values():
            self.problems.append((line, f"there are {'more' if None in row else 'fewer'} values in it than columns"))
            return
        texts = {str(name): text.strip() for name, text in row.items() if text.strip()}
        for name in _OF_INVOICE:
            self._take(line, name, texts.get(name))
        item = {
            field: self._convert(line, name, texts[name], _TYPES_OF_ITEM[field])
            for name, field in _OF_ITEM.items()
            if name in texts
        }
        for name in ("item", "unit_price_cents"):
            if name not in texts:
                self.problems.append((line, f"{name} is empty"))
        if not self.problems:
            self._items.append(InvoiceLine(**item))

    def draft(self) -> Draft:
        """The invoice, of rows without a problem."""
        return Draft(**self._values, lines=tuple(self._items))

    def _take(self, line: int, name: str, text: str | None) -> None:
        """Take what the whole invoice has; further rows may leave it out."""
        if text is None:
            if line == self.line and name in _NEEDED:
                self.problems.append((line, f"{name} is empty"))
        elif name not in self._texts and line == self.line:
            self._texts[name] = text
            self._values[name] = self._convert(line, name, text, _TYPES_OF_INVOICE[name])
        elif self._texts.get(name) != text:
            first = f"{self._texts[name]!r}" if name in self._texts else "empty"
            self.problems.append((line, f"{name} is {text!r}, and {first} in line {self.line} of the same invoice"))

    def _convert(self, line: int, name: str, text: str, kind: Any) -> Any:
        try:
            return msgspec.convert(text, kind, strict=False)
        except msgspec.ValidationError:
            self.problems.append((line, f"{name} is {text!r}; it is {_describe(kind)}"))
            return None


_TYPES_OF_INVOICE = get_type_hints(Draft)
_TYPES_OF_ITEM = get_type_hints(InvoiceLine)


def _describe(kind: Any) -> str:
    if values := get_args(kind):
        return f"one of {', '.join(values)}"
    return _KINDS[kind]
