"""Addresses of the room."""

from django.urls import path

from opora.documents.views import cards, deeds, files, mark_loading, marks, owed, preview, words

app_name = "documents"
urlpatterns = [
    path("documents/", cards.document_list, name="document_list"),
    path("documents/add/", cards.document_add, name="document_add"),
    path("documents/<int:pk>/", cards.document, name="document"),
    path("documents/<int:pk>/edit/", cards.document_edit, name="document_edit"),
    path("documents/<int:pk>/preview/", preview.document_preview, name="document_preview"),
    path("documents/<int:pk>/preview/<int:page>/", preview.preview_page, name="preview_page"),
    path("documents/<int:pk>/send/", deeds.document_send, name="document_send"),
    path("documents/<int:pk>/approve/", deeds.document_approve, name="document_approve"),
    path("documents/<int:pk>/return/", deeds.document_return, name="document_return"),
    path("documents/<int:pk>/recall/", deeds.approval_recall, name="approval_recall"),
    path("documents/<int:pk>/publish/", deeds.document_publish, name="document_publish"),
    path("documents/<int:pk>/comments/", comments.comment_list, name="comment_list"),
    path("documents/<int:pk>/comments/<int:comment_pk>/settle/", comments.comment_settle, name="comment_settle"),
    path("documents/<int:pk>/discuss/", comments.document_discuss, name="document_discuss"),
    path("documents/<int:pk>/compare/", compare.document_compare, name="document_compare"),
    path("documents/publications/", publications.publication_list, name="publication_list"),
    path("publications/<int:pk>/check/", publications.publication_check, name="publication_check"),
    path("publications/<int:pk>/take-down/", deeds.publication_take_down, name="publication_take_down"),
    path("documents/<int:pk>/file/", files.version_add, name="version_add"),
    path("documents/<int:pk>/files/<int:number>/", files.file, name="file"),
    path("documents/<int:pk>/files/<int:number>/signature/", files.signature, name="signature"),
    path("documents/<int:pk>/files/<int:number>/sign/", files.signature_add, name="signature_add"),
    # what schools owe, marks of ИС МЭДК
    path("marks/", owed.owed_list, name="owed_list"),
    path("marks/federal/", marks.mark_list, name="mark_list"),
    path("marks/federal/book.xlsx", marks.mark_book, name="mark_book"),
    path("marks/federal/many/", marks.mark_many, name="mark_many"),
    path("marks/federal/load/", mark_loading.marks_load, name="marks_load"),
    path("marks/<int:pk>/", marks.school_marks, name="school_marks"),
    path("marks/<int:pk>/package.zip", marks.package, name="package"),
    path("marks/<int:pk>/papers/<int:kind_pk>/<int:factor_pk>/", marks.paper_mark, name="paper_mark"),
    path("marks/<int:pk>/measures/<int:measure_pk>/", marks.measure_mark, name="measure_mark"),
    path("words/", words.word_list, name="word_list"),
    path("lines/<int:pk>/word/", words.word_add, name="word_add"),
    path("words/<int:pk>/confirm/", words.word_confirm, name="word_confirm"),
    path("words/<int:pk>/withdraw/", words.word_withdraw, name="word_withdraw"),
]
