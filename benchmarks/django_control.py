# ruff: noqa: PLC0415  Django must be set up before its models can be imported
"""The control of our comparisons: one file of Django on SQLite, 100 users, 10,000 opportunities.

It is the floor of our stack: a list of 25 rows, filtered by owner for a seller and by team for a
manager, rendered as HTML, with a session and nothing else. `results_page.py` measures our list
against it.
"""

import os
import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

USERS, MANAGERS, ADMINS, OPPORTUNITIES, ACCOUNTS, PAGE = 100, 10, 5, 10_000, 2_000, 25
SEED = 20_261_122

TEMPLATE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>List</title></head>
<body><h1>Opportunities</h1><p>{{ page.paginator.count }} in all</p><table><thead><tr>
<th>Name</th><th>Account</th><th>Owner</th><th>Stage</th><th>Amount</th><th>Created</th><th>Closed</th>
</tr></thead><tbody>{% for row in page %}<tr><td>{{ row.name }}</td><td>{{ row.account.name }}</td>
<td>{{ row.owner.username }}</td><td>{{ row.stage }}</td><td>{{ row.amount }}</td>
<td>{{ row.created_on|date:"j M Y" }}</td><td>{{ row.closed_on|date:"j M Y" }}</td></tr>{% endfor %}
</tbody></table>
{% if page.has_next %}<a href="?page={{ page.next_page_number }}">Next</a>{% endif %}
</body></html>"""


def configured(folder: Path) -> None:
    """Sets up a Django of its own; one process can hold one, so the control runs in its own."""
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="control",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "control.sqlite3",
                "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
            }
        },
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [("django.template.loaders.locmem.Loader", {"list.html": TEMPLATE})]
                },
            }
        ],
        USE_TZ=True,
    )
    django.setup()


def models() -> tuple[Any, Any]:
    """The two tables; declared here, for Django must be set up before."""
    from django.conf import settings
    from django.db import models as fields

    class Account(fields.Model):
        name = fields.TextField()

        class Meta:
            app_label = "control"

    class Opportunity(fields.Model):
        name = fields.TextField()
        account = fields.ForeignKey(Account, fields.CASCADE)
        owner = fields.ForeignKey(settings.AUTH_USER_MODEL, fields.CASCADE)
        team = fields.IntegerField(db_index=True)
        stage = fields.TextField()
        amount = fields.DecimalField(max_digits=18, decimal_places=2)
        created_on = fields.DateField()
        closed_on = fields.DateField(db_index=True)

        class Meta:
            app_label = "control"

    return Account, Opportunity


def seeded(account: Any, opportunity: Any) -> None:
    """The same data every time: 5 admins, 10 managers, 85 sellers in their teams."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(account)
        editor.create_model(opportunity)
    User.objects.bulk_create(
        User(username=f"u{n}", password="!", is_superuser=n < ADMINS) for n in range(USERS)
    )
    account.objects.bulk_create(account(name=f"Account {n}") for n in range(ACCOUNTS))
    chance = random.Random(SEED)
    owners = list(User.objects.order_by("id").values_list("id", flat=True))[ADMINS + MANAGERS :]
    opportunity.objects.bulk_create(
        opportunity(
            name=f"Opportunity {n}",
            account_id=chance.randint(1, ACCOUNTS),
            owner_id=(owner := chance.choice(owners)),
            team=owner % MANAGERS,
            stage=chance.choice(["Won", "Lost"]),
            amount=chance.randint(1_000, 90_000),
            created_on=(on := date(2026, 4, 1) + timedelta(days=chance.randrange(180))),
            closed_on=on + timedelta(days=1),
        )
        for n in range(OPPORTUNITIES)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def listed(opportunity: Any) -> Any:
    """The view: what one may see, 25 rows, one statement to count and one to read."""
    from django.contrib.auth.decorators import login_required
    from django.core.paginator import Paginator
    from django.shortcuts import render

    @login_required
    def view(request: Any) -> Any:
        found = opportunity.objects.select_related("account", "owner").order_by("-closed_on", "id")
        if not request.user.is_superuser:
            is_manager = request.user.id <= ADMINS + MANAGERS
            mine = {"team": request.user.id % MANAGERS} if is_manager else {"owner": request.user}
            found = found.filter(**mine)
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        return render(request, "list.html", {"page": page})

    return view


urlpatterns: list[Any] = []


def client(*, username: str, folder: Path) -> Any:
    """A signed-in client of a freshly seeded control."""
    configured(folder)
    account, opportunity = models()
    seeded(account, opportunity)
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import path

    urlpatterns.append(path("", listed(opportunity)))
    made = Client()
    made.force_login(User.objects.get(username=username))
    return made


if __name__ == "__main__":
    # A line "n" on standard input asks for n lists; the answer is the CPU ms of each.
    import time

    with tempfile.TemporaryDirectory() as name:
        sys.modules["django_control"] = sys.modules[__name__]
        asked = client(username=os.environ.get("CONTROL_USER", "u7"), folder=Path(name))
        assert b"Opportunity" in asked.get("/").content
        print("ready", flush=True)
        for line in sys.stdin:
            times = int(line)
            start = time.process_time()
            for _ in range(times):
                asked.get("/")
            print((time.process_time() - start) / times * 1000, flush=True)
