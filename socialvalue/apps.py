"""Which of the packages' static files we serve."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Collect what a page asks for, and not the variants, sources and extensions that come along with it.

    Collecting and compressing all of it took 22 seconds where this takes 7, on every first start.
    tests/architecture/test_static_files.py holds that whatever a template names is collected.
    """

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        # Of Bootstrap only css/bootstrap.min.css, and its map, which it names.
        "css/bootstrap-*",
        "css/bootstrap.css*",
        "css/bootstrap.rtl.*",
        "js/bootstrap*",
        # Of htmx only the second edition, as one file.
        "django_htmx/ext/*",
        "django_htmx/htmx-4*",
        "django_htmx/htmax-4*",
        "django_htmx/htmx-2.js",
    ]
