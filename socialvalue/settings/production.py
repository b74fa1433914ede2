"""On a server, for real people: nothing has a default that could be wrong, and what is missing stops the start."""

from django.core.exceptions import ImproperlyConfigured

from socialvalue.logging import configuration
from socialvalue.settings import environment
from socialvalue.settings.base import *

if DEBUG:
    raise ImproperlyConfigured("SOCIALVALUE_DEBUG is on under the production settings. Turn it off.")

HOW_TO_MAKE_A_KEY = "Make one with: openssl rand -base64 48"
SECRET_KEY = environment.required("SOCIALVALUE_SECRET_KEY", HOW_TO_MAKE_A_KEY)
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(f"SOCIALVALUE_SECRET_KEY is shorter than 50 characters. {HOW_TO_MAKE_A_KEY}")

environment.required("SOCIALVALUE_ALLOWED_HOSTS", "List the names that the site answers to, with commas.")
ALLOWED_HOSTS = environment.names("SOCIALVALUE_ALLOWED_HOSTS")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("SOCIALVALUE_ALLOWED_HOSTS is '*', which answers to any name. List the names.")

PUBLIC_ADDRESS = PUBLIC_ADDRESS or f"https://{ALLOWED_HOSTS[0].lstrip('.')}"

environment.required("SOCIALVALUE_DATABASE_URL", "Write it as postgresql://name:password@host:5432/database")

# --- Transport: everything over TLS. Health checks come from inside, over plain HTTP, and say nothing worth hiding.
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = environment.whole_number("SOCIALVALUE_HSTS_SECONDS", 31_536_000, least=3_600, most=63_072_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Preloading is a promise for a whole registered domain, for years: its owner's to make, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Cookies: a name with __Host- is taken by a browser only over TLS, for this host alone and for the whole of it.
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Mail
EMAIL_HOST = environment.text("SOCIALVALUE_EMAIL_HOST", "localhost")
EMAIL_PORT = environment.whole_number("SOCIALVALUE_EMAIL_PORT", 25, least=1, most=65_535)
EMAIL_HOST_USER = environment.text("SOCIALVALUE_EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("SOCIALVALUE_EMAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("SOCIALVALUE_EMAIL_TLS", default=bool(EMAIL_HOST_USER))
EMAIL_TIMEOUT = 10
# The links in letters.
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text(
    "SOCIALVALUE_EMAIL_FROM", f"noreply@{ALLOWED_HOSTS[0].lstrip('.')}"
)

LOG_FORM = environment.one_of("SOCIALVALUE_LOG_FORM", "json", ["json", "plain"])
LOGGING = configuration(form=LOG_FORM, level=LOG_LEVEL)
