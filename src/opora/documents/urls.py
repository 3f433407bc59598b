"""Addresses of the room."""

from django.urls import path

from opora.documents.views import cards, deeds, files, words

app_name = "documents"
urlpatterns = [
    path("documents/", cards.document_list, name="document_list"),
    path("documents/add/", cards.document_add, name="document_add"),
    path("documents/<int:pk>/", cards.document, name="document"),
    path("documents/<int:pk>/edit/", cards.document_edit, name="document_edit"),
    path("documents/<int:pk>/send/", deeds.document_send, name="document_send"),
    path("documents/<int:pk>/approve/", deeds.document_approve, name="document_approve"),
    path("documents/<int:pk>/return/", deeds.document_return, name="document_return"),
    path("documents/<int:pk>/recall/", deeds.approval_recall, name="approval_recall"),
    path("documents/<int:pk>/publish/", deeds.document_publish, name="document_publish"),
    path("publications/<int:pk>/take-down/", deeds.publication_take_down, name="publication_take_down"),
    path("documents/<int:pk>/file/", files.version_add, name="version_add"),
    path("documents/<int:pk>/files/<int:number>/", files.file, name="file"),
    path("documents/<int:pk>/files/<int:number>/signature/", files.signature, name="signature"),
    path("documents/<int:pk>/files/<int:number>/sign/", files.signature_add, name="signature_add"),
    path("words/", words.word_list, name="word_list"),
    path("lines/<int:pk>/word/", words.word_add, name="word_add"),
    path("words/<int:pk>/confirm/", words.word_confirm, name="word_confirm"),
    path("words/<int:pk>/withdraw/", words.word_withdraw, name="word_withdraw"),
]
