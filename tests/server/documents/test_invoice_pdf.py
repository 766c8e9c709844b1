"""The invoice, as it is read on paper."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest

from rollcall.server.documents.invoice import Invoice, InvoiceLine
from rollcall.server.documents.invoice_pdf import check_font, draw

OWN_FONT = Path(__file__).parents[3] / "src/rollcall/server/documents/fonts/DejaVuSans.ttf"


def invoice(**fields: Any) -> Invoice:
    lines = (InvoiceLine("Premium", 2000, 3), InvoiceLine("Discount", -500))
    return Invoice(
        **{
            "number": "2026-1",
            "organization": "Acme",
            "organization_id": 56,
            "description": "November",
            "status": "paid",
            "issued": datetime(2026, 11, 1, tzinfo=UTC),
            "currency": "EUR",
            "lines": lines,
            "tax_percent": 7.5,
            "total_cents": 5913,
            **fields,
        }
    )


def read(drawn: bytes) -> Sequence[str]:
    return [line for page in pypdf.PdfReader(io.BytesIO(drawn)).pages for line in page.extract_text().splitlines()]


def test_names_the_organization_and_lists_items_and_totals() -> None:
    drawn = draw(invoice(), [])
    assert (drawn.media_type, drawn.file_name) == ("application/pdf", "invoice-2026-1.pdf")
    assert read(drawn.content) == [
        "Invoice",
        "Number 2026-1",
        "Date 2026-11-01",
        "Status paid",
        "For Acme",
        "Organization 56",
        "Subject November",
        "Description Quantity Price Amount, EUR",
        "Premium 3 20.00 60.00",
        "Discount 1 -5.00 -5.00",
        "Subtotal   55.00 EUR",
        "Tax 7.5%   4.13 EUR",
        "Total   59.13 EUR",
    ]


def test_without_tax_has_only_a_total() -> None:
    lines = read(draw(invoice(tax_percent=0, total_cents=123_456_789), []).content)
    assert lines[-1] == "Total   1,234,567.89 EUR"
    assert not any(line.startswith(("Subtotal", "Tax")) for line in lines)


@pytest.mark.parametrize("name", ["Žižek & Σωκράτης", "Жизнь", "שלום עולם", "مرحبا بالعالم"])
def test_writes_names_in_their_own_alphabet(name: str) -> None:
    assert f"For {name}" in read(draw(invoice(organization=name), []).content)


def test_marks_letters_that_no_font_has_instead_of_losing_them() -> None:
    assert "For □□ Ltd □" in read(draw(invoice(organization="東京 Ltd 🦆"), []).content)


def test_takes_further_fonts() -> None:
    check_font(OWN_FONT)
    assert "For Acme" in read(draw(invoice(), [OWN_FONT]).content)


@pytest.mark.parametrize("file", [Path(__file__), Path("missing.ttf")])
def test_says_what_is_no_font(file: Path) -> None:
    with pytest.raises(ValueError, match=rf"names .*{file.name}, which is no TrueType or OpenType font"):
        check_font(file)


def test_goes_on_over_pages_with_the_heads_of_the_columns_on_each() -> None:
    lines = tuple(InvoiceLine(f"Item {place}", 100) for place in range(60))
    shown = read(draw(invoice(lines=lines), []).content)
    assert shown.count("Description Quantity Price Amount, EUR") > 1
    assert [line.rsplit(" ", 3)[0] for line in shown if line.startswith("Item")] == [f"Item {n}" for n in range(60)]


def test_is_the_same_each_time() -> None:
    assert draw(invoice(), []) == draw(invoice(), [])
