"""Addresses of the room."""

from django.urls import path

from opora.portal.views import documents, embed, machines, regions, roadmaps, words

app_name = "portal"
urlpatterns = [
    path("", roadmaps.front, name="front"),
    path("open/places/<int:pk>/", roadmaps.place, name="place"),
    path("open/regions/<int:pk>/", regions.region, name="region"),
    path("open/regions/<int:pk>/news.atom", regions.region_atom, name="region_atom"),
    path("open/reports/<int:pk>/", regions.public_report, name="public_report"),
    path("open/reports/<int:pk>/paper.<slug:ending>", regions.public_report_file, name="public_report_file"),
    path("open/<int:pk>/", roadmaps.public_roadmap, name="public_roadmap"),
    path("open/<int:pk>/lines/<int:line_pk>/", roadmaps.public_line, name="public_line"),
    path("open/<int:pk>/data.csv", roadmaps.data_csv, name="data_csv"),
    path("open/<int:pk>/data.json", roadmaps.data_json, name="data_json"),
    path("open/documents/", documents.public_document_list, name="public_document_list"),
    path("open/documents/<int:pk>/", documents.public_document, name="public_document"),
    path("open/documents/<int:pk>/file/", documents.public_file, name="public_file"),
    path("open/places/<int:pk>/embed/", embed.place_embed, name="place_embed"),
    path("open/places/<int:pk>/news.atom", embed.place_atom, name="place_atom"),
    path("open/places/<int:pk>/news.rss", embed.place_rss, name="place_rss"),
    path("settings/embed/", embed.embed_code, name="embed_code"),
    path("open/news.atom", documents.news_atom, name="news_atom"),
    path("open/news.rss", documents.news_rss, name="news_rss"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("robots.txt", machines.robots, name="robots"),
    path("open/accessibility/", words.accessibility, name="accessibility"),
    path("open/personal-data/", words.personal_data, name="personal_data"),
]
