"""Documents and their versions, publications, words, marks of ИС МЭДК, the register of unified forms."""

from opora.documents.models.form_templates import FormCopy, FormTemplate, FormTemplateVersion
from opora.documents.models.marks import FederalMark
from opora.documents.models.papers import Comment, Document, DocumentText, Version
from opora.documents.models.publications import Publication, PublicationCheck
from opora.documents.models.words import Attestation

__all__ = [
    "Attestation",
    "Comment",
    "Document",
    "DocumentText",
    "FederalMark",
    "FormCopy",
    "FormTemplate",
    "FormTemplateVersion",
    "Publication",
    "PublicationCheck",
    "Version",
]
