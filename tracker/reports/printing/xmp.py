"""The metadata packet of a report (XMP): what PDF/A-3a and PDF/UA-1 ask for, and its imprint."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from xml.sax.saxutils import escape

from tracker.reports.models import CollectedReport
from tracker.reports.words import wording

NAMESPACE = "urn:tracker:report:1#"

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:tracker="{namespace}"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
{properties}
<pdfaExtension:schemas><rdf:Bag>
{schemas}
</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

SCHEMA = """<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{name}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
{properties}
</rdf:Seq></pdfaSchema:property>
</rdf:li>"""

PROPERTY = """<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>{type}</pdfaProperty:valueType>
<pdfaProperty:category>{category}</pdfaProperty:category>
<pdfaProperty:description>{description}</pdfaProperty:description>
</rdf:li>"""

PDF_UA = (("part", "Integer", "internal", "The part of ISO 14289 to which the file conforms"),)

OURS = (
    ("number", "Text", "external", "The number under which the report was issued"),
    ("status", "Text", "external", "Draft, board's copy, sheet of one item, or issued"),
    ("asOf", "Text", "external", "The day as of which the report is, as an ISO date"),
    ("dataSha256", "Text", "external", "The SHA-256 of the canonical JSON of its data"),
    ("headEvent", "Integer", "external", "The last event of the record from which it was made"),
    ("headHash", "Text", "external", "The hash of that event"),
)


def xmp(report: CollectedReport, data_sha256: str) -> bytes:
    """The packet, in UTF-8. The words are those of the document information."""
    schemas = (
        _schema("PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", PDF_UA),
        _schema("Report of the tracker", NAMESPACE, "tracker", OURS),
    )
    return PACKET.format(
        namespace=NAMESPACE,
        properties="\n".join(_properties(report, data_sha256)),
        schemas="\n".join(schemas),
    ).encode()


def _schema(
    name: str, namespace: str, prefix: str, properties: tuple[tuple[str, str, str, str], ...]
) -> str:
    lines = [
        PROPERTY.format(name=own_name, type=kind, category=category, description=description)
        for own_name, kind, category, description in properties
    ]
    return SCHEMA.format(name=name, namespace=namespace, prefix=prefix, properties="\n".join(lines))


def _properties(report: CollectedReport, data_sha256: str) -> Iterator[str]:
    yield _in_language("dc:title", wording.title(report))
    yield f"<dc:creator><rdf:Seq>{_item(report.body.name)}</rdf:Seq></dc:creator>"
    yield _in_language("dc:description", wording.description(report))
    yield _element("pdf:Producer", producer())
    yield _element("xmp:CreateDate", report.made_on.isoformat())
    if report.imprint:
        yield _element("dc:identifier", wording.identifier(report))
        yield _element("tracker:number", report.imprint.number)
    yield _element("tracker:status", report.status.value)
    yield _element("tracker:asOf", report.as_of.isoformat())
    yield _element("tracker:dataSha256", data_sha256)
    yield _element("tracker:headEvent", str(report.head.event))
    yield _element("tracker:headHash", report.head.hash)


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _item(text: str) -> str:
    return f"<rdf:li>{escape(text)}</rdf:li>"


def _in_language(name: str, text: str) -> str:
    item = f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
    return f"<{name}><rdf:Alt>{item}</rdf:Alt></{name}>"


def producer() -> str:
    """As WeasyPrint calls itself in the document information."""
    return f"WeasyPrint {version('weasyprint')}"
