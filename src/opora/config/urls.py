"""All addresses of the product, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("opora.portal.urls")),
    path("", include("opora.accounts.urls")),
    path("", include("opora.dashboard.urls")),
    path("", include("opora.programmes.urls")),
    path("", include("opora.schools.urls")),
    path("", include("opora.appointments.urls")),
    path("", include("opora.plans.urls")),
    path("", include("opora.desk.urls")),
    path("", include("opora.visits.urls")),
    path("", include("opora.indicators.urls")),
    path("", include("opora.imports.urls")),
    path("", include("opora.documents.urls")),
    path("", include("opora.questionnaires.urls")),
    path("", include("opora.reviews.urls")),
    path("", include("opora.reports.urls")),
]

handler500 = "opora.desk.trouble.broken"
handler400 = "opora.dashboard.bad_requests.bad_request"
