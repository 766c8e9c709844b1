"""The invoice as a PDF."""

from __future__ import annotations

import re
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import msgspec
from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace, TTFFont

from rollcall.server.documents.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rollcall.server.documents.invoice import Invoice

_FONT = "DejaVuSans"
_UNKNOWN = "\N{WHITE SQUARE}"
_GREY = 110
_WIDTHS = (52, 12, 18, 18)
"""Of the columns of the table, in percent."""


def draw(invoice: Invoice, fonts: Sequence[Path]) -> Document:
    """Draw an invoice on as many A4 pages as it needs. The same invoice always gives the same bytes.

    Rollcall's own font has the alphabets of Europe, the Caucasus and the Near East.

    Args:
        invoice: The invoice.
        fonts: Files of fonts for further letters. What no font has stands as a white square.
    """
    page = _page(fonts)
    invoice = _legible(invoice, page)
    page.set_creation_date(invoice.issued)
    page.set_title(f"Invoice {invoice.number}")
    page.add_page()
    _draw_head(page, invoice)
    _draw_lines(page, invoice)
    _draw_totals(page, invoice)
    name = re.sub(r"[^\w.-]", "_", invoice.number, flags=re.ASCII)
    return Document("application/pdf", f"invoice-{name}.pdf", bytes(page.output()))


def check_font(file: Path) -> None:
    """Hold a file to being a font that documents can be drawn with.

    Raises:
        ValueError: It is none, or cannot be read.
    """
    page = FPDF()
    try:
        page.add_font(_FONT, fname=file)
    except Exception as error:  # whatever the libraries that read fonts raise for what is none
        raise ValueError(f"names {file}, which is no TrueType or OpenType font that can be read") from error
    for font in _embedded(page):
        font.close()


def _page(fonts: Sequence[Path]) -> FPDF:
    page = FPDF()
    with as_file(files(__package__) / "fonts" / f"{_FONT}.ttf") as own:
        page.add_font(_FONT, fname=own)
    others = [f"other{number}" for number in range(len(fonts))]
    for name, file in zip(others, fonts, strict=True):
        page.add_font(name, fname=file)
    page.set_fallback_fonts(others)
    # Letters join, and lines run from right to left, where their script does.
    page.set_text_shaping(True)
    return page


def _embedded(page: FPDF) -> Iterator[TTFFont]:
    return (font for font in page.fonts.values() if isinstance(font, TTFFont))


def _legible(invoice: Invoice, page: FPDF) -> Invoice:
    """The invoice with a mark for each letter that no font has: without, it would be missing and nobody would know."""
    known: set[int] = set()
    for font in _embedded(page):
        known.update(font.cmap)

    def legible(text: str) -> str:
        return "".join(letter if ord(letter) in known else _UNKNOWN for letter in text)

    return msgspec.structs.replace(
        invoice,
        number=legible(invoice.number),
        organization=legible(invoice.organization),
        description=legible(invoice.description),
        lines=tuple(msgspec.structs.replace(line, description=legible(line.description)) for line in invoice.lines),
    )


def _draw_head(page: FPDF, invoice: Invoice) -> None:
    _write(page, "Invoice", size=22)
    page.ln(2)
    for label, text in (
        ("Number", invoice.number),
        ("Date", f"{invoice.issued:%Y-%m-%d}"),
        ("Status", invoice.status),
        ("For", invoice.organization),
        ("Organization", str(invoice.organization_id)),
        ("Subject", invoice.description),
    ):
        if text:
            page.set_text_color(_GREY)
            page.set_font(_FONT, size=10)
            page.cell(w=28, h=6, text=label)
            page.set_text_color(0)
            page.multi_cell(w=0, h=6, text=text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align=Align.L)
    page.ln(6)


def _draw_lines(page: FPDF, invoice: Invoice) -> None:
    page.set_font(_FONT, size=9)
    with page.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=_WIDTHS,
        headings_style=FontFace(color=_GREY),
        text_align=(Align.L, Align.R, Align.R, Align.R),
        line_height=6,
    ) as table:
        table.row(("Description", "Quantity", "Price", f"Amount, {invoice.currency}"))
        for line in invoice.lines:
            table.row((line.description, str(line.quantity), _money(line.unit_price_cents), _money(line.amount_cents)))


def _draw_totals(page: FPDF, invoice: Invoice) -> None:
    subtotal = sum(line.amount_cents for line in invoice.lines)
    page.ln(4)
    if invoice.tax_percent:
        _write(page, f"Subtotal   {_money(subtotal)} {invoice.currency}", align=Align.R)
        tax = invoice.total_cents - subtotal
        _write(page, f"Tax {invoice.tax_percent:g}%   {_money(tax)} {invoice.currency}", align=Align.R)
    _write(page, f"Total   {_money(invoice.total_cents)} {invoice.currency}", size=13, align=Align.R)


def _write(page: FPDF, text: str, *, size: int = 10, align: Align = Align.L) -> None:
    page.set_font(_FONT, size=size)
    page.multi_cell(w=0, text=text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT, h=size * 0.6)


def _money(cents: int) -> str:
    whole, hundredths = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}.{hundredths:02}"
