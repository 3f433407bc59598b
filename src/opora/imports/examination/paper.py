"""A PDF: it opens without a password, only shows pages and carries nothing else."""

from __future__ import annotations

import pypdfium2.raw as pdfium

from opora.core.refusal import Refused
from opora.imports.examination.double import refuse_archive_behind
from opora.imports.readers.pdf_dangers import refuse_dangers
from opora.imports.readers.refusals import active, broken, locked


def judge(content: bytes, kind: str) -> None:
    """Refused: F-ACTIVE, F-PASS, F-BROKEN, F-BOMB."""
    refuse_dangers(content)
    refuse_archive_behind(content)
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        raise (
            locked()
            if pdfium.FPDF_GetLastError() in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
            else broken(f"это не целый {kind.upper()}")
        )
    try:
        if pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0:
            # It opens without a password, but what it carries is enciphered and cannot be looked at.
            raise Refused(
                "Файл защищён паролем (запрет печати или копирования — тоже защита). "
                "Снимите защиту и загрузите снова.",
                code="F-PASS",
            )
        if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
            raise active("вложенный файл")
        if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
            raise active("сценарий (JavaScript)")
        if pdfium.FPDF_GetPageCount(document) < 1:
            raise broken("в нём нет страниц")
    finally:
        pdfium.FPDF_CloseDocument(document)
