"""Settings of the test run: a folder of its own, fast hashing, mail kept in memory, nothing else changed."""

import os
import tempfile

os.environ.setdefault("OPORA_DATA", tempfile.mkdtemp(prefix="opora-test-"))
if "OPORA_TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["OPORA_TEST_DATABASE_URL"]

from opora.config.settings import *  # noqa: F403 -- the environment above must be set before the settings read it

SECRET_KEY = "test-only"  # noqa: S105 -- not a secret: it signs nothing outside the test run
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["*"]
# Tests travel by years between one request and the next of a person who stays signed in.
SESSION_COOKIE_AGE = 20 * 365 * 24 * 60 * 60
