"""Files of invoices: what is in them, or what is wrong in which line."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rollcall.cli import invoice_file
from rollcall.cli.failure import Failure
from rollcall.cli.invoice_file import Entry
from rollcall.server.documents.invoice import InvoiceLine
from rollcall.server.domain.bookkeeping import Draft

NEEDED = ("organization_id", "number", "issued_on", "item", "unit_price_cents")
HEADER = "organization_id,number,issued_on,status,item,quantity,unit_price_cents\n"


def problems(file: Path, content: str | bytes) -> list[str]:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Failure) as failure:
        invoice_file.read(file)
    return [line.removeprefix(f"{file}, ") for line in failure.value.args]


def test_csv_has_a_row_for_each_item_of_an_invoice(tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(
        "\ufefforganization_id,number,issued_on,currency,tax_percent,item,quantity,unit_price_cents\r\n"
        '5,A-1,2026-10-01,EUR,7.5,"Premium,\nΩ",2,2000\r\n'
        "6,A-1,2026-10-01,,,Starter,,1000\r\n"
        "5,A-1,,EUR,,Rebate,1,-500\r\n",
        encoding="utf-8",
    )
    day = date(2026, 10, 1)
    items = (InvoiceLine("Premium,\nΩ", 2000, 2), InvoiceLine("Rebate", -500))
    first = Draft(
        organization_id=5, number="A-1", issued_on=day, lines=items, currency="EUR", tax_percent=Decimal("7.5")
    )
    second = Draft(organization_id=6, number="A-1", issued_on=day, lines=(InvoiceLine("Starter", 1000),))
    assert [entry.draft for entry in invoice_file.read(file)] == [first, second]


def test_json_has_an_array_of_invoices(tmp_path: Path) -> None:
    file = tmp_path / "invoices.JSON"
    lines = [{"description": "Premium", "unit_price_cents": 2000, "quantity": 2}]
    given = {"organization_id": 5, "number": "A-2", "issued_on": "2026-11-01", "lines": lines, "tax_percent": 7.5}
    file.write_text(json.dumps([given, {**given, "number": "A-3"}], indent=1))
    draft = Draft(
        organization_id=5,
        number="A-2",
        issued_on=date(2026, 11, 1),
        lines=(InvoiceLine("Premium", 2000, 2),),
        tax_percent=Decimal("7.5"),
    )
    first, second = invoice_file.read(file)
    assert first == Entry(2, draft)
    assert (second.line, second.draft.number) == (15, "A-3")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "number,issued_on,colour,item\n",
            [
                "line 1: there is no column 'organization_id'",
                "line 1: there is no column 'unit_price_cents'",
                f"line 1: the column 'colour' is not known; there are {', '.join(invoice_file.COLUMNS)}",
            ],
        ),
        (
            HEADER + "5,1,2026-11-01,paid,x,1,100\n5,2,1.11.2026,gone,x,one,\n5\n5,4,2026-11-01,,x,1,1,1\n",
            [
                "line 3: issued_on is '1.11.2026'; it is a day such as 2026-11-30",
                "line 3: quantity is 'one'; it is a whole number",
                "line 3: status is 'gone'; it is one of open, paid, void",
                "line 3: unit_price_cents is empty",
                "line 4: there are fewer values in it than columns",
                "line 5: there are more values in it than columns",
            ],
        ),
        (
            HEADER + "5,1,2026-11-01,,x,1,100\n5,1,2026-11-02,paid,y,1,100\n,,,,z,1,1\n",
            [
                "line 3: issued_on is '2026-11-02', and '2026-11-01' in line 2 of the same invoice",
                "line 3: status is 'paid', and empty in line 2 of the same invoice",
                "line 4: issued_on is empty",
                "line 4: number is empty",
                "line 4: organization_id is empty",
            ],
        ),
        (HEADER, ["line 1: there is no invoice in it"]),
        (
            "",
            [
                f"line 1: there is no column {name!r}"
                for name in ("organization_id", "number", "issued_on", "item", "unit_price_cents")
            ],
        ),
        (HEADER + '5,1,2026-11-01,,"x', ["line 2: unexpected end of data"]),
        (b"number\n\xff\n", ["line 2: this is not UTF-8 text"]),
    ],
)
def test_csv_with_mistakes_says_what_is_wrong_in_which_line(
    tmp_path: Path, content: str | bytes, expected: list[str]
) -> None:
    assert sorted(problems(tmp_path / "invoices.csv", content)) == sorted(expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{}", ["line 1: this is not a JSON array of invoices: Expected `array`, got `object`"]),
        (
            '[\n {"number": 5},\n\n 7]',
            ["line 2: Expected `str`, got `int` - at `$.number`", "line 4: Expected `object`, got `int`"],
        ),
        ('[{"colour": 5}]', ["line 1: Object contains unknown field `colour`"]),
        ("[]", ["line 1: there is no invoice in it"]),
    ],
)
def test_json_with_mistakes_says_what_is_wrong_in_which_line(tmp_path: Path, content: str, expected: list[str]) -> None:
    assert problems(tmp_path / "invoices.json", content) == expected


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    assert problems(tmp_path / "invoices.xls", "")[0].endswith("told by its name, which ends in .csv or .json")
    with pytest.raises(Failure, match=r"cannot read .*missing\.csv: No such file or directory"):
        invoice_file.read(tmp_path / "missing.csv")
