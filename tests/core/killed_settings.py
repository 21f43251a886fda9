"""The product's settings with a queue that tries again soon, for workers that are killed."""

from guatu.config.settings import *  # noqa: F403  the product's own
from guatu.config.settings import Q_CLUSTER as _QUEUE

Q_CLUSTER = {**_QUEUE, "timeout": 4, "retry": 5, "poll": 0.1}
