"""Where signed-in browsers are kept: Django's own store, with the account beside each session."""

from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from headway.records.models.access import Session


class SessionStore(DatabaseSessions):
    """Sessions that know their account, so that all of somebody's can be ended at once."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table; named by Django."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:  # Any: Django's session data
        """One row, named by Django: the account is the one Django has put into the session."""
        # Every save makes the row anew, so the start travels inside the session.
        age = timedelta(seconds=self.get_session_cookie_age())
        started = data.setdefault("started_at", (self.get_expiry_date() - age).isoformat())
        # Django's store makes a row of `get_model_class`, which its types cannot say.
        made = cast("Session", super().create_model_instance(data))
        made.account_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        made.started_at = datetime.fromisoformat(started)
        return made
