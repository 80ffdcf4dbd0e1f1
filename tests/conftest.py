"""What every test shares: a fixed pace of hypothesis."""

from datetime import timedelta

from hypothesis import settings

settings.register_profile("headway", deadline=timedelta(seconds=5), print_blob=True)
settings.load_profile("headway")
