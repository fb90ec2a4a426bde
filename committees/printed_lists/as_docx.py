"""A list as a Word file, to be completed before it is signed; the PDF is what goes out."""

from collections.abc import Iterable, Sequence
from typing import IO
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from committees.printed_lists.paper import Cell, ListPaper, Row, Signature
from committees.printing import Column

FACE = "Times New Roman"
CENTRE, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
LONG, SHORT = 297, 210  # mm
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP = 30, 15, 20
TWIPS = 56.7  # to the mm
CELL_SIZE = 24  # half points
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
JUSTIFIED = {"left": "left", "center": "center", "right": "right"}
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write(paper: ListPaper, file: IO[bytes]) -> None:
    """Write ``paper`` into ``file`` as .docx. A list of thousands is better a PDF or XLSX."""
    document = Document()
    document.core_properties.title = paper.name
    document.core_properties.author = paper.head.author
    document.core_properties.comments = ""
    _set_face(document)
    _set_page(document.sections[0], paper)
    _head(document, paper)
    for text in (*paper.titles, *paper.subtitles):
        _say(document.add_paragraph(), text, bold=True)
    for text in paper.grounds:
        _say(document.add_paragraph(), text, size=13, italic=True)
    document.add_paragraph()
    _table(document, paper)
    document.add_paragraph()
    for text in paper.closing():
        _say(document.add_paragraph(), text, align=LEFT)
    document.add_paragraph()
    _sign(document, paper.signature)
    document.save(file)


def _set_face(document: Paper) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(14)
    faces = style.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        faces.set(qn(script), FACE)
    style.paragraph_format.space_after = Pt(0)


def _set_page(section: Section, paper: ListPaper) -> None:
    width, height = (LONG, SHORT) if paper.landscape else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(MARGIN_LEFT), Mm(MARGIN_RIGHT)
    section.top_margin = section.bottom_margin = Mm(MARGIN_TOP)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True  # page 1 shows no number
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    number._p.append(parse_xml(field))
    for footer in (section.first_page_footer, section.footer):
        _say(footer.paragraphs[0], paper.footer, size=9)


def _head(document: Paper, paper: ListPaper) -> None:
    left, right = _two_columns(document, paper)
    _lines(left, paper.head.above, size=13)
    _lines(left, paper.head.issuer, size=13, bold=True, underlined=True)
    _lines(left, [paper.head.number], size=13)
    _lines(right, NATION[:1], size=13, bold=True)
    _lines(right, NATION[1:], bold=True, underlined=True)
    blank = len(paper.head.above) + len(paper.head.issuer) - len(NATION)
    _lines(right, [""] * blank, size=13)
    _lines(right, [paper.head.place_and_date], italic=True)
    for cell in (left, right):
        _drop_first(cell)
    document.add_paragraph()


def _sign(document: Paper, signature: Signature) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    _keep_whole(table)
    _lines(right, [*signature.capacity, signature.title], bold=True)
    _lines(right, ["", "", "", "", signature.name], bold=True)
    if signature.drawn_up_by:
        blank = [""] * (len(signature.capacity) + 4)
        _lines(left, ["NGƯỜI LẬP DANH SÁCH", *blank, signature.drawn_up_by], bold=True)
    for cell in (left, right):
        _drop_first(cell)


def _two_columns(document: Paper, paper: ListPaper) -> Sequence[_Cell]:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    text = (LONG if paper.landscape else SHORT) - MARGIN_LEFT - MARGIN_RIGHT
    for cell, share in zip(table.rows[0].cells, (0.41, 0.59), strict=True):
        cell.width = Mm(text * share)
    return table.rows[0].cells


def _table(document: Paper, paper: ListPaper) -> None:
    """The rows as XML of our own: python-docx takes minutes for thousands of cells."""
    text = (LONG if paper.landscape else SHORT) - MARGIN_LEFT - MARGIN_RIGHT
    whole = sum(column.width for column in paper.columns)
    widths = [round(text * TWIPS * column.width / whole) for column in paper.columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid></w:tbl>'
    )
    document.element.body.insert(len(document.element.body) - 1, table)
    for row in _rows(paper, widths):
        table.append(parse_xml(row))


def _rows(paper: ListPaper, widths: list[int]) -> Iterable[str]:
    yield _header(paper.columns, widths)
    for group in paper.groups:
        if group.heading:
            cell = _cell(group.heading, sum(widths), "left", bold=True, span=len(widths))
            yield _row(cell, keep=True)
        for row in group.rows:
            yield _row(_cells(row, paper.columns, widths))


def _header(columns: Sequence[Column], widths: list[int]) -> str:
    cells = [
        _cell(column.label, width, "center", bold=True)
        for column, width in zip(columns, widths, strict=True)
    ]
    return _row("".join(cells), extra="<w:tblHeader/>")


def _cells(row: Row, columns: Sequence[Column], widths: list[int]) -> str:
    return "".join(
        _cell(cell, width, column.align)
        for cell, column, width in zip(row, columns, widths, strict=True)
    )


def _row(cells: str, *, extra: str = "", keep: bool = False) -> str:
    if keep:
        cells = cells.replace("<w:pPr>", "<w:pPr><w:keepNext/>")
    return f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{extra}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell, width: int, align: str, *, bold: bool = False, span: int = 1) -> str:
    text = "" if cell is None else escape(str(cell))
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    look = ("<w:b/>" if bold else "") + f'<w:sz w:val="{CELL_SIZE}"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}<w:vAlign w:val="center"/>'
        f'</w:tcPr><w:p><w:pPr><w:jc w:val="{JUSTIFIED[align]}"/></w:pPr><w:r><w:rPr>{look}</w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )


def _lines(cell: _Cell, texts: Iterable[str], **look: object) -> None:
    """Centred paragraphs in a cell; ``underlined`` draws the line under the last of them."""
    underlined = look.pop("underlined", False)
    texts = list(texts)
    for number, text in enumerate(texts, start=1):
        paragraph = cell.add_paragraph()
        _say(paragraph, text, **look)
        if underlined and number == len(texts):
            paragraph.runs[0].font.underline = True


def _say(
    paragraph: Paragraph,
    text: str,
    *,
    size: int = 14,
    align: WD_ALIGN_PARAGRAPH = CENTRE,
    **look: bool,
) -> None:
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    for name, value in look.items():
        setattr(run.font, name, value)


def _drop_first(cell: _Cell) -> None:
    """A cell is made with an empty paragraph before ours."""
    cell._tc.remove(cell.paragraphs[0]._p)


def _keep_whole(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
