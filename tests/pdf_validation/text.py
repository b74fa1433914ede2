"""What a PDF says on each page, read back from what is drawn: no program outside Python is needed for it."""

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

GlyphMap = dict[int, str]


def text_of_pages(content: bytes) -> list[str]:
    """Return the text of each page, a line for each piece that is drawn at once, in the order of drawing."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return ["\n".join(_drawn(page)) for page in pdf.pages]


def _drawn(page: pikepdf.Page) -> Iterator[str]:
    """Yield each line of text of a page, from `BT` to `ET`."""
    fonts = {name: _glyph_map(font) for name, font in page.resources.get("/Font", {}).items()}
    glyphs: GlyphMap = {}
    line = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BT":
                line = ""
            case "Tf":
                glyphs = fonts[str(operands[0])]
            case "TJ" | "Tj":
                line += "".join(_decoded(piece, glyphs) for piece in _strings(operands[0]))
            case "ET":
                yield line


def _strings(operand: pikepdf.Object) -> Iterator[bytes]:
    """Yield the strings of a text operator, without the distances between them."""
    pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
    for piece in pieces:
        if isinstance(piece, pikepdf.String):
            yield bytes(piece)


def _decoded(string: bytes, glyphs: GlyphMap) -> str:
    """Return what a string of two-byte glyph numbers says."""
    return "".join(glyphs[int.from_bytes(string[at : at + 2])] for at in range(0, len(string), 2))


def _glyph_map(font: pikepdf.Object) -> GlyphMap:
    """Return the text that each glyph of a font stands for, from its ToUnicode table."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", table.partition("beginbfchar")[2])
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}
