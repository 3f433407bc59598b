"""Addresses of the room."""

from django.urls import path

from opora.imports.views import difference, review, upload

app_name = "imports"
urlpatterns = [
    path("imports/", upload.uploads, name="uploads"),
    path("imports/<int:pk>/", review.review, name="review"),
    path("imports/<int:pk>/order/", review.order, name="order"),
    path("imports/<int:pk>/term/", review.term, name="term"),
    path("imports/<int:pk>/lines/", review.add, name="add"),
    path("imports/<int:pk>/lines/<slug:key>/", review.line, name="line"),
    path("imports/<int:pk>/lines/<slug:key>/remove/", review.remove, name="remove"),
    path("imports/<int:pk>/remarks/<path:key>/", review.remark, name="remark"),
    path("imports/<int:pk>/adopt/", review.adopt, name="adopt"),
    path("imports/<int:pk>/discard/", upload.discard, name="discard"),
    path("imports/<int:pk>/reopen/", upload.reopen, name="reopen"),
    path("imports/<int:pk>/original/", upload.original, name="original"),
    path("imports/<int:pk>/difference/", difference.difference, name="difference"),
    path("imports/amendments/<int:pk>/", difference.amendment, name="amendment"),
]
