"""What the file says of itself: title, language, conformance (XMP), and the profile of its colours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from visitator_tui.resources import asset

LANGUAGE = "da-DK"


@dataclass(frozen=True)
class Metadata:
    """Title, author and subject of a letter, and the day it was made: its decision's, not the clock's."""

    title: str
    author: str
    subject: str
    made_on: date
    creator: str = "Visitator"


class Stamp:
    """The day a letter was made, as reportlab reads a time: noon, so that no time zone shifts the day."""

    dhh = dmm = 0

    def __init__(self, made_on: date) -> None:
        self.YMDhms = (made_on.year, made_on.month, made_on.day, 12, 0, 0)

    @property
    def iso(self) -> str:
        """As XMP has it."""
        year, month, day, *_ = self.YMDhms
        return f"{year:04d}-{month:02d}-{day:02d}T12:00:00+00:00"


def output_intent(document: Any) -> Any:
    """The sRGB profile that the file's colours are meant in."""
    profile = PDFStream(PDFDictionary({"N": 3}), asset("icc", "sRGB.icc").read_bytes(), [PDFZCompress])
    return PDFArray(
        [
            PDFDictionary(
                {
                    "Type": PDFName("OutputIntent"),
                    "S": PDFName("GTS_PDFA1"),
                    "OutputConditionIdentifier": PDFString("sRGB"),
                    "Info": PDFString("sRGB IEC61966-2.1"),
                    "DestOutputProfile": document.Reference(profile, "ColourProfile"),
                }
            )
        ]
    )


def xmp(metadata: Metadata, stamp: Stamp) -> Any:
    """The XMP packet, which must agree with the file's Info dictionary."""
    return XMP(creator=lambda document: _packet(metadata, stamp, document.info.producer).encode("utf-8"))


def _packet(metadata: Metadata, stamp: Stamp, producer: str) -> str:
    values = {
        "title": metadata.title,
        "author": metadata.author,
        "subject": metadata.subject,
        "creator": metadata.creator,
        "producer": producer,
        "language": LANGUAGE,
        "made": stamp.iso,
    }
    return _XMP.format_map({name: escape(value) for name, value in values.items()})


# The extension schema describes pdfuaid, which PDF/A-2 does not know of itself.
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
