"""The application that Friday's server serves: the product with `bench.friday_site` for its addresses."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.config.settings")
settings.ROOT_URLCONF = "bench.friday_site"
application = get_wsgi_application()
