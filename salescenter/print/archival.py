"""What makes a file fit to be kept for good (PDF/A-2u, ISO 19005-2): its properties as XMP, its colours defined.

Every file of ours is made so, whether it is kept or not. What else the standard asks for stands where it is done:
fonts embedded with the meaning of each glyph (`embed`), plain streams (`stream`), nothing transparent, no links out.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from struct import pack
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from salescenter.print.stream import Stream

PROGRAM, PRODUCER = "salescenter", "salescenter, reportlab"
_ZONE = "+08:00"
"""The house's clock is China's."""


@dataclass(frozen=True, slots=True)
class Properties:
    """A paper's own title, author, day and language (`zh_CN`); `made` is the house's time."""

    title: str
    author: str
    made: datetime
    lang: str


def conform(doc: Any, about: Properties) -> None:
    """Give a document its properties, once for readers and once as XMP, and say what its colours mean."""
    doc.info = _Info(about)
    catalog = doc.Catalog
    catalog.Metadata = Stream(xmp(about).encode(), {"Type": "/Metadata", "Subtype": "/XML"})
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary({
        "Type": "/OutputIntent", "S": "/GTS_PDFA1", "OutputConditionIdentifier": "(sRGB)",
        "Info": "(sRGB IEC61966-2.1)",
        "DestOutputProfile": doc.Reference(Stream(packed_srgb(), {"N": 3, "Filter": "/FlateDecode"})),
    })])


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """The properties as older readers look for them; nothing stands here that the XMP does not say, too."""

    def __init__(self, about: Properties) -> None:
        super().__init__()
        self._about = about

    def format(self, document: Any) -> Any:
        """Write the dictionary."""
        return pdfdoc.PDFDictionary({name: pdfdoc.PDFString(value) for name, value in said(self._about).items()}
                                    ).format(document)


def said(about: Properties) -> dict[str, str]:
    """Return the properties by their names in a file's dictionary (ISO 32000-1, 14.3.3); none that says nothing."""
    day = f"D:{about.made:%Y%m%d%H%M%S}{_ZONE.replace(':', chr(39))}'"
    named = {"Title": about.title, "Author": about.author, "Creator": PROGRAM, "Producer": PRODUCER}
    return {name: value for name, value in named.items() if value} | {"CreationDate": day, "ModDate": day}


def xmp(about: Properties) -> str:
    """Return the properties as an XMP packet (ISO 16684-1), and the claim to be PDF/A-2u."""
    made = f"{about.made:%Y-%m-%dT%H:%M:%S}{_ZONE}"
    author = f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(about.title)}</rdf:li></rdf:Alt></dc:title>
{author if about.author else ""}
<dc:language><rdf:Bag><rdf:li>{about.lang.replace("_", "-")}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


# --- the colours: sRGB (IEC 61966-2-1) as a profile of version 2 (ICC.1:2001-04), made here from its definition

_WHITE = (0.9642, 1.0, 0.8249)  # D50, to which a profile's colours are referred
_PRIMARIES = {
    "rXYZ": (0.43607, 0.22249, 0.01392), "gXYZ": (0.38515, 0.71687, 0.09708), "bXYZ": (0.14307, 0.06061, 0.71410),
}  # fmt: skip
_STEPS = 1024


@cache
def packed_srgb() -> bytes:
    """Return that profile as a stream of a PDF holds it."""
    return zlib.compress(srgb_profile(), 9)


def srgb_profile() -> bytes:
    """Return an ICC profile that says what red, green and blue of a paper are."""
    light = (round(_linear(at / (_STEPS - 1)) * 65535) for at in range(_STEPS))
    curve = pack(f">4s4xI{_STEPS}H", b"curv", _STEPS, *light)
    tags = {"desc": _description(b"sRGB"), "cprt": b"text\0\0\0\0Public domain\0", "wtpt": _xyz(_WHITE)}
    tags |= {name: _xyz(value) for name, value in _PRIMARIES.items()}
    tags |= dict.fromkeys(("rTRC", "gTRC", "bTRC"), curve)
    places: dict[bytes, int] = {}
    body, first = b"", 128 + 4 + 12 * len(tags)
    for data in tags.values():  # the three curves are one
        if data not in places:
            places[data] = first + len(body)
            body += data + b"\0" * (-len(data) % 4)
    table = b"".join(pack(">4sII", name.encode(), places[data], len(data)) for name, data in tags.items())
    return _head(first + len(body)) + pack(">I", len(tags)) + table + body


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(value: tuple[float, float, float]) -> bytes:
    return pack(">4s4x3i", b"XYZ ", *map(_fixed, value))


def _description(name: bytes) -> bytes:
    return pack(f">4s4xI{len(name) + 1}sIIHB67s", b"desc", len(name) + 1, name, 0, 0, 0, 0, b"")


def _head(size: int) -> bytes:
    """The first 128 bytes: a monitor's profile from red, green and blue to XYZ, version 2.1, of a fixed day."""
    kind, day = (b"mntr", b"RGB ", b"XYZ "), (2026, 1, 1, 0, 0, 0)
    return pack(">I4xI4s4s4s6H4s28x3i48x", size, 0x02100000, *kind, *day, b"acsp", *map(_fixed, _WHITE))
