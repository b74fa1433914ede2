"""What is always true, read from the environment. `local`, `test` and `production` say only how they differ."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from socialvalue.logging import configuration
from socialvalue.settings import environment

BASE_DIR = Path(__file__).resolve().parents[2]
# Everything that the running system writes lives here: the embedded database, uploads, reports, keys. Never served.
VAR_DIR = environment.directory("SOCIALVALUE_VAR_DIR", BASE_DIR / "var")

DEBUG = environment.flag("SOCIALVALUE_DEBUG", default=False)
# Whether people whose password everybody knows may be made here. Only `local` and `test` say yes.
DEMONSTRATION = False

# --- The apps -------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "socialvalue",
    "reports",
    "outcomes",
    "stakeholders",
    "accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_include_bootstrap",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "socialvalue.apps.StaticFiles",
    "django.forms",
]

MIDDLEWARE = [
    "socialvalue.logging.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Long tables shrink to a tenth. The tokens of forms are masked anew each time, so sizes tell nothing of them.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Closed unless a view says otherwise: a page for everyone is marked @login_not_required.
    "accounts.http.SignInFirst",
    "accounts.middleware.InTheirLanguage",
    "accounts.middleware.SecondFactorFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "accounts.middleware.RefusedInWords",
]

ROOT_URLCONF = "socialvalue.urls"
WSGI_APPLICATION = "socialvalue.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "socialvalue.logging.reference",
            ],
        },
    },
]
# Widgets come from the same templates as pages, so that templates/django/forms can replace any of them.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- The database ---------------------------------------------------------------------------------------------------

# ATOMIC_REQUESTS is False: under IMMEDIATE every page that only reads would take the write lock. Services are atomic.
DATABASES = {
    "default": environment.database(
        environment.text("SOCIALVALUE_DATABASE_URL", f"sqlite:///{VAR_DIR / 'socialvalue.sqlite3'}"),
        statement_timeout=environment.whole_number("SOCIALVALUE_STATEMENT_TIMEOUT", 15, least=0, most=3600),
    )
}

# --- Who may come in ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

# Signing in is allauth's, in our words: see docs/decisions/coming-in.md. People have an address and no user name.
ACCOUNT_ADAPTER = "accounts.adapters.ComingIn"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
# Whoever came in through another window meanwhile still gets back what they had typed in this one.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
# In the cache. Guesses at a password are counted by axes, in the database; these are guesses at a code, and the rest.
ACCOUNT_RATE_LIMITS = {
    "change_password": "10/m/user",
    "confirm_email": "1/60s/key",
    "login": "30/m/ip",
    "login_failed": "10/15m/key",
    "manage_email": "20/m/user",
    "reauthenticate": "20/m/user",
    "reset_password": "3/5m/key,20/m/ip",
    "reset_password_from_key": "20/m/ip",
    "signup": "20/m/ip",
}
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.coming_in.AnotherAddress",
    "change_password": "accounts.forms.coming_in.ChangePassword",
    "login": "accounts.forms.coming_in.SignIn",
    "reauthenticate": "accounts.forms.coming_in.SayPasswordAgain",
    "reset_password": "accounts.forms.coming_in.ForgottenPassword",
    "reset_password_from_key": "accounts.forms.coming_in.NewPassword",
    "set_password": "accounts.forms.coming_in.FirstPassword",
    "signup": "accounts.forms.coming_in.Join",
}
MFA_ADAPTER = "accounts.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The address that somebody signs in with is always confirmed; one that they are about to add need not hinder them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Accounts of social value"
# A code counts half a minute before and after its time, for slow fingers; and it counts once (accounts/forms).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "accounts.forms.second_factor.ActivateApp",
    "add_webauthn": "accounts.forms.second_factor.AddPasskey",
    "authenticate": "accounts.forms.second_factor.SignInCode",
    "authenticate_webauthn": "accounts.forms.second_factor.SignInPasskey",
    "edit_webauthn": "accounts.forms.second_factor.RenamePasskey",
    "login_webauthn": "accounts.forms.second_factor.PasskeyAlone",
    "reauthenticate": "accounts.forms.second_factor.CodeAgain",
    "reauthenticate_webauthn": "accounts.forms.second_factor.PasskeyAgain",
}

# Lock-out is kept in the database, so that it holds over every process and after a restart. The person and the address
# together are locked: a stranger who guesses cannot lock the person out elsewhere.
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# As the sign-in form calls it; and the same person, in whatever capitals and through whichever form.
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "accounts.adapters.name_that_was_tried"
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_ALLOWED_CORS_ORIGINS = ""
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["login", "email", "username", "ip_address", "password"]
AXES_CLIENT_IP_CALLABLE = "socialvalue.proxy.client_address"
# How many proxies of ours stand in front; 0 believes no X-Forwarded-* header, since anyone can send one.
TRUSTED_PROXIES = environment.whole_number("SOCIALVALUE_TRUSTED_PROXIES", 0, least=0, most=5)

SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# What was just done, and to whose row, is told from the session: by default it would go about in a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "socialvalue.views.open_for_too_long"

# --- What a browser is told -----------------------------------------------------------------------------------------

# No inline script and no inline style: charts carry presentation attributes, which the policy does not touch.
# Bootstrap draws its little arrows as data: images.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# --- Languages ------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

# --- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = environment.directory("SOCIALVALUE_STATIC_ROOT", BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
# Each file under one name only, that with its hash, since no page asks for the other.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "woff", "woff2", "png", "jpg", "gif", "webp", "gz", "br", "zip")

FILES_DIR = VAR_DIR / "files"
FILES_BACKEND = environment.one_of("SOCIALVALUE_FILES", "disk", ["disk", "s3"])
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # Outside any web root and with no address of its own: a file leaves only through a view that checks who asks.
        "OPTIONS": {
            "location": FILES_DIR,
            "base_url": None,
            "file_permissions_mode": 0o640,
            "directory_permissions_mode": 0o750,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if FILES_BACKEND == "s3":
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": environment.required("SOCIALVALUE_S3_BUCKET", "It names the bucket that keeps the files."),
            "endpoint_url": environment.text("SOCIALVALUE_S3_ENDPOINT") or None,
            "region_name": environment.text("SOCIALVALUE_S3_REGION") or None,
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_expire": 60,
        },
    }

# A grid of 2,000 inputs must not lose everything that was typed: Django refuses more than 1,000 fields and bodies over
# 2.5 MB unless told otherwise. Twice the grid, and 2 KB of text for each input.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# Somewhat more than any door takes: the doors refuse in words what is larger than they take, and nobody fills the disk.
LARGEST_UPLOAD = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "socialvalue.uploads.UpToALimit"]

# --- Signature ------------------------------------------------------------------------------------------------------

# Keys are files, or in a device, never rows. Without one, reports are made and cannot be published (reports/keys.py).
SIGNING_KEY = environment.file("SOCIALVALUE_SIGNING_KEY")
# The passphrase of the file, or the PIN of the device.
SIGNING_PASSPHRASE = environment.text("SOCIALVALUE_SIGNING_PASSPHRASE") or environment.content(
    "SOCIALVALUE_SIGNING_PASSPHRASE_FILE"
)
# The library (PKCS#11) through which a device signs, the token in it, and what key and certificate are called there.
SIGNING_DEVICE = environment.file("SOCIALVALUE_SIGNING_DEVICE")
SIGNING_TOKEN = environment.text("SOCIALVALUE_SIGNING_TOKEN")
SIGNING_LABEL = environment.text("SOCIALVALUE_SIGNING_LABEL", "socialvalue")
SIGNING_CERTIFICATE_LABEL = environment.text("SOCIALVALUE_SIGNING_CERTIFICATE_LABEL", SIGNING_LABEL)
if SIGNING_DEVICE and SIGNING_KEY:
    raise ImproperlyConfigured("SOCIALVALUE_SIGNING_KEY and SOCIALVALUE_SIGNING_DEVICE are both set. Name one key.")
if SIGNING_DEVICE and not SIGNING_TOKEN:
    raise ImproperlyConfigured("SOCIALVALUE_SIGNING_DEVICE is set but SOCIALVALUE_SIGNING_TOKEN is not.")
# Whether the first report makes the key. Only `local` and `test` say yes.
SIGNING_KEY_IS_OWN = False
SIGNING_NAME = environment.text("SOCIALVALUE_SIGNING_NAME", "Accounts of social value")
# One file for each certificate that ever signed; what is here is trusted, so keep it from others' hands as the key.
SIGNING_CERTIFICATES = environment.directory("SOCIALVALUE_SIGNING_CERTIFICATES", VAR_DIR / "signing" / "certificates")
TIME_STAMP_URL = environment.address("SOCIALVALUE_TIME_STAMP_URL")
# Where readers of a report find us, printed in it. Empty: see `local` and `production`.
PUBLIC_ADDRESS = environment.address("SOCIALVALUE_PUBLIC_ADDRESS", schemes=["https", "http"])

# --- Jobs -----------------------------------------------------------------------------------------------------------

# The table of jobs is the truth in both: "embedded" has a worker that polls it, "celery" wakes workers over Redis.
JOBS = environment.one_of("SOCIALVALUE_JOBS", "embedded", ["embedded", "celery"])
REDIS_URL = environment.text("SOCIALVALUE_REDIS_URL")
if JOBS == "celery" and not REDIS_URL:
    raise ImproperlyConfigured("SOCIALVALUE_JOBS is 'celery' but SOCIALVALUE_REDIS_URL is not set.")

# Redis hands a message to a second worker after this many seconds, so every task must have ended well before.
_VISIBILITY_TIMEOUT = 3_600
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": _VISIBILITY_TIMEOUT,
    "socket_timeout": 10,
    "socket_connect_timeout": 2,
    # With Redis away whoever asked for a report waited six seconds for nothing; the sweep finds the row in any case.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
# Workers, on the other hand, wait for its return for as long as it takes.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# Publishing is only a wake-up call: when Redis is away the row waits for the sweep, and the person must not.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 300
CELERY_TASK_TIME_LIMIT = 360
# A child that has grown is replaced after its task, which gives the memory back; kilobytes.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 20
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "reports.tasks.sweep", "schedule": 60.0, "options": {"expires": 55.0}},
}

# Codes that were used, and how often somebody tried, are kept here: one place for all processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "socialvalue.cache.OnDisk", "LOCATION": VAR_DIR / "cache", "OPTIONS": {"MAX_ENTRIES": 10_000}}
}
# How many files and codes one address may have looked at in ten minutes, without signing in (reports/views/_limits.py).
VERIFY_LIMITS = {"file": 30, "code": 120}

# --- Logs -----------------------------------------------------------------------------------------------------------

LOG_FORM = environment.one_of("SOCIALVALUE_LOG_FORM", "plain", ["json", "plain"])
LOG_LEVEL = environment.one_of("SOCIALVALUE_LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])
LOGGING = configuration(form=LOG_FORM, level=LOG_LEVEL)
