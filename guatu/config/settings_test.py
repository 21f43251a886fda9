"""Settings of the test suite: the same product, a data folder and database of its own, cheap password hashes."""

import os
import tempfile

os.environ["GUATU_DATA_DIR"] = tempfile.mkdtemp(prefix="guatu-test-")

from guatu.config import env
from guatu.config.settings import *  # noqa: F403  the product's settings, after the data folder is set aside
from guatu.config.settings import DATABASES, MIDDLEWARE

# argon2 costs 50 ms by design; test_people_security checks that the product's own setting is argon2.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
if not env.DATABASE_URL:
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["GUATU_DATA_DIR"], "test.sqlite3")}
Q_CLUSTER = {"name": "guatu-test", "orm": "default", "sync": True, "timeout": 600, "retry": 900}
