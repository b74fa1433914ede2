"""From HTML to paper: one PDF that is archival (PDF/A-3a) and accessible (PDF/UA-1) at once, with files attached.

Rules: nothing is fetched, from the network or from the disk, but the styles and drawings that lie beside the report's
own templates; equal input gives equal bytes, on any machine; every character is drawn or spelled out by name.

Importing WeasyPrint takes a second and native libraries, so only the code that makes a report (reports.pdf and
reports.tasks) may import this module; pages and commands wait for the worker instead.
"""

import base64
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports import fonts, glyphs

ASSET_SCHEME = "asset:"
"""The only address besides `data:` that a report may use: `asset:paper.css` is paper.css in ASSET_FOLDER."""

ASSET_FOLDER = Path(__file__).resolve().parent.parent / "templates" / "reports"

ASSET_TYPES: Mapping[str, str] = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}

LINK_SCHEMES = frozenset({"http", "https", "mailto"})
"""Where a link in a report may lead; any other link loses its target and keeps its text."""

UNDRAWN_TAGS = frozenset({"script", "style", "title"})
"""Elements whose text is not drawn: code, and titles, which are read out and may hold any character."""

DRAWN_ATTRIBUTES = frozenset({"alt", "label", "title"})
"""Attributes whose text may be drawn, besides every `data-` attribute (the running heads come from those)."""

NOTE_CLASS = "note"
"""The class that paper.css makes footnotes of."""

ENDLESS = re.compile(r"\S{500,}")
"""A word longer than any address that somebody could type: Pango takes the square of its length to break it."""

ROOM_TO_BREAK = "\u200b"
BREAK_EVERY = 40

WHITE_SPACE = re.compile(r"[ \t\n\f\r]+")

PDF_VARIANT = "pdf/a-3a"

ACCESSIBILITY_CLAIM = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the document meets</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""What ISO 14289-1 wants in the metadata of a PDF/UA-1 file, and the description that PDF/A-3 wants of such a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that travels inside the PDF; `modified` must have a time zone, since machines differ in theirs."""

    name: str
    content: bytes
    mime_type: str
    description: str
    relationship: Literal["Data", "Source", "Supplement"]
    modified: datetime

    def __post_init__(self) -> None:
        if self.modified.tzinfo is None:
            raise ValueError(f"attachment {self.name!r}: modified has no time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """A finished PDF, the names that stand in it for characters that no font can draw, and its number of pages."""

    content: bytes
    replaced: tuple[str, ...]
    pages: int


class Untypesettable(Exception):
    """The document cannot be made: it asked for something outside, or a character in a style could not be drawn."""

    def __init__(self, *, blocked: tuple[str, ...] = (), missing_characters: tuple[str, ...] = ()) -> None:
        """Keep the addresses that were refused and the characters without a glyph ("U+1F600")."""
        super().__init__(f"blocked: {', '.join(blocked) or '-'}; missing: {', '.join(missing_characters) or '-'}")
        self.blocked = blocked
        self.missing_characters = missing_characters


def typeset(html: str, *, language: str, attachments: Sequence[Attachment] = ()) -> Typeset:
    """Return the document as a PDF that meets PDF/A-3a and PDF/UA-1.

    `language` is a BCP 47 tag ("en-GB", "cy"). The dates of the PDF come from the document's own `dcterms.created` and
    `dcterms.modified`, never from the clock. Raises Untypesettable.
    """
    fonts.use_our_fonts()
    fetcher = OwnFilesOnly()
    try:
        page = weasyprint.HTML(string=html, base_url=ASSET_SCHEME, url_fetcher=fetcher)
        replaced = _prepare(page.etree_element, language)
        document = page.render(pdf_variant=PDF_VARIANT)
        content = _written(document, _embedded(attachments, fetcher))
    except FatalURLFetchingError as refusal:
        raise Untypesettable(blocked=tuple(fetcher.blocked)) from refusal
    _refuse_what_is_not_whole(fetcher, document)
    return Typeset(content=content, replaced=replaced, pages=len(document.pages))


class OwnFilesOnly(URLFetcher):
    """Hand out our own assets and inline data; refuse, note and stop at everything else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.blocked: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the content of an asset or of a `data:` address.

        Raises FatalURLFetchingError, which is no Exception: WeasyPrint drops ordinary errors and goes on. Inside an
        SVG it drops this one too, so `blocked` has to be looked at as well.
        """
        if url.lower().startswith("data:"):
            return super().fetch(url, headers)
        asset = _assets().get(url)
        if asset is None:
            self.blocked.append(url)
            raise FatalURLFetchingError(f"refused to fetch {url!r}")
        return URLFetcherResponse(url, asset.read_bytes(), {"Content-Type": ASSET_TYPES[asset.suffix]})


def _assets() -> dict[str, Path]:
    """Return each address that may be used and its file: a list of what is there, so that no path can lead astray."""
    return {ASSET_SCHEME + path.name: path for path in ASSET_FOLDER.iterdir() if path.suffix in ASSET_TYPES}


def _prepare(root: Element, language: str) -> tuple[str, ...]:
    """Set the language, spell out what cannot be drawn, and take away links that lead astray; return the names used."""
    root.set("lang", language)
    replaced: dict[str, None] = {}
    for element in root.iter():
        replaced.update(dict.fromkeys(_spell_out(element)))
        if element.tag == "a" and not _leads_somewhere_safe(element.get("href", "")):
            del element.attrib["href"]
        if NOTE_CLASS in element.get("class", "").split():
            _close_up(element)
    return tuple(replaced)


def _close_up(note: Element) -> None:
    """Make each run of white space in a footnote one space: WeasyPrint does so everywhere but in footnotes."""
    note.text = WHITE_SPACE.sub(" ", note.text or "").lstrip()
    for part in note.iterfind(".//*"):
        part.text = WHITE_SPACE.sub(" ", part.text or "")
        part.tail = WHITE_SPACE.sub(" ", part.tail or "")


def _spell_out(element: Element) -> Iterator[str]:
    """Replace what no font can draw in the element's text and drawn attributes; yield the names used."""
    drawn = isinstance(element.tag, str) and element.tag.rpartition("}")[2] not in UNDRAWN_TAGS
    if drawn and element.text:
        element.text, names = _spelled(element.text)
        yield from names
    if element.tail:
        element.tail, names = _spelled(element.tail)
        yield from names
    for attribute, value in element.attrib.items() if drawn else ():
        if attribute in DRAWN_ATTRIBUTES or attribute.startswith("data-"):
            element.attrib[attribute], names = _spelled(value)
            yield from names


def _spelled(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text as it can be drawn, and the names used in it."""
    drawable = glyphs.spell_out(text)
    return ENDLESS.sub(_breakable, drawable.text), drawable.replaced


def _breakable(word: re.Match[str]) -> str:
    """Return an endless word with places to break it, which are not seen."""
    letters = word.group()
    return ROOM_TO_BREAK.join(letters[at : at + BREAK_EVERY] for at in range(0, len(letters), BREAK_EVERY))


def _leads_somewhere_safe(href: str) -> bool:
    """Return whether a link may keep its target: a place in this document, or an address on the web or of a person."""
    if not href or href.startswith("#"):
        return True
    try:
        return urlsplit(href.strip()).scheme in LINK_SCHEMES
    except ValueError:
        return False


def _written(document: weasyprint.Document, attachments: list[weasyprint.Attachment]) -> bytes:
    """Return the laid-out document as bytes."""
    with warnings.catch_warnings():
        # WeasyPrint leaves it to the collector to close its own colour profile.
        warnings.simplefilter("ignore", ResourceWarning)
        return document.write_pdf(pdf_variant=PDF_VARIANT, finisher=_claim_accessibility, attachments=attachments)


def _embedded(attachments: Sequence[Attachment], fetcher: URLFetcher) -> list[weasyprint.Attachment]:
    """Return the attachments as WeasyPrint takes them, in the order of their names as the format wants it.

    Raises ValueError if two have the same name. An inline address is the one way to tell WeasyPrint the media type.
    """
    by_name = {attachment.name: attachment for attachment in attachments}
    if len(by_name) != len(attachments):
        raise ValueError("two attachments have the same name")
    return [
        weasyprint.Attachment(
            url=f"data:{attachment.mime_type};base64,{base64.b64encode(attachment.content).decode()}",
            url_fetcher=fetcher,
            name=name,
            description=attachment.description,
            created=attachment.modified.astimezone(UTC),
            modified=attachment.modified.astimezone(UTC),
            relationship=attachment.relationship,
        )
        for name, attachment in sorted(by_name.items())
    ]


def _claim_accessibility(_document: weasyprint.Document, pdf: Any) -> None:
    """Add the PDF/UA-1 claim to the PDF/A metadata, and name each attachment once where WeasyPrint names it twice."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", ACCESSIBILITY_CLAIM + b"</rdf:RDF>")]
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _refuse_what_is_not_whole(fetcher: OwnFilesOnly, document: weasyprint.Document) -> None:
    """Raise Untypesettable if an address was refused on the way, or a glyph was missing after all (from a style)."""
    missing = sorted({code_point for font in document.fonts.values() for code_point in font.missing})
    if fetcher.blocked or missing:
        names = tuple(f"U+{code_point:04X}" for code_point in missing)
        raise Untypesettable(blocked=tuple(fetcher.blocked), missing_characters=names)
