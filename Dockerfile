# One image for the three processes: web, worker and beat. docker-compose.yml says how they stand together.

# --- Build: the packages, checked against their hashes, and the static files.
FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /srv/socialvalue

COPY requirements/production.txt requirements/production.txt
RUN pip install --require-hashes -r requirements/production.txt

COPY . .
# These secrets open nothing: collecting files needs settings that load, not ones that work.
RUN DJANGO_SETTINGS_MODULE=socialvalue.settings.production \
    SOCIALVALUE_SECRET_KEY=only-while-the-image-is-built-0123456789-0123456789-0123456789 \
    SOCIALVALUE_ALLOWED_HOSTS=localhost \
    SOCIALVALUE_DATABASE_URL=postgresql://nobody@localhost/nothing \
    python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q .

# --- Run: no compiler, no package manager's cache, no root.
FROM python:3.11-slim-bookworm

# What draws the PDF: the same as NATIVE_PACKAGES in ./run (a test compares the two).
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
        libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --home-dir /var/lib/socialvalue --create-home --shell /usr/sbin/nologin socialvalue

COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/socialvalue /srv/socialvalue

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=socialvalue.settings.production \
    SOCIALVALUE_VAR_DIR=/var/lib/socialvalue

WORKDIR /srv/socialvalue
USER 10001
VOLUME /var/lib/socialvalue
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-m", "socialvalue.probe"]

CMD ["gunicorn", "--config", "python:socialvalue.webserver", "socialvalue.wsgi:application"]
