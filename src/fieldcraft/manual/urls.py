"""Where the manual room answers."""

from django.urls import URLPattern, URLResolver, path

from fieldcraft.manual.views import importing, manuals, pages, writing

app_name = "manual"
urlpatterns: list[URLPattern | URLResolver] = [
    path("manuals/", manuals.manual_list, name="manual-list"),
    path("search/", manuals.search_all, name="search-all"),
    path("manuals/new/", manuals.manual_start, name="manual-start"),
    path("import/", importing.import_start, name="import-start"),
    path("import/<uuid:import_id>/", importing.import_page, name="import"),
    path("m/<slug:slug>/", manuals.contents_page, name="contents"),
    path("m/<slug:slug>/index/", manuals.index_page, name="index"),
    path("m/<slug:slug>/changes/", manuals.changes_page, name="changes"),
    path("m/<slug:slug>/search/", manuals.search_page, name="search"),
    path("m/<slug:slug>/about/", manuals.about, name="about"),
    path("m/<slug:slug>/bases/", importing.bases, name="bases"),
    path("m/<slug:slug>/missing/", pages.page_missing, name="page-missing"),
    path("m/<slug:slug>/files/<path:path>", pages.file, name="file"),
    path("m/<slug:slug>/revisions/<uuid:revision_id>/", pages.revision, name="revision"),
    path("m/<slug:slug>/add/", writing.add, name="page-add"),
    path("m/<slug:slug>/p/<str:address>/note/", writing.note, name="page-note"),
    path("m/<slug:slug>/p/<str:address>/change/", writing.change, name="page-change"),
    path("m/<slug:slug>/p/<str:address>/set-aside/", writing.set_aside, name="page-set-aside"),
    path("m/<slug:slug>/p/<str:address>/return/", writing.return_to_below, name="page-return"),
    path("m/<slug:slug>/p/<path:address>/", pages.page, name="page"),
]
