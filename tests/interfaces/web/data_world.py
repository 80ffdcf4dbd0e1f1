"""Files for the pages of Data, and a worker that does what waits."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from headway.cycle import jobs
from headway.records.models import Job

HEADER = "Ref;Vendeur;Etat;Montant;Cree;Clos"
COLUMNS = "/data/loads/1/columns/"


def deals(count: int = 60, *, more: str = "") -> bytes:
    """Opportunities of a shape nobody described: two in three won, one every sixth day."""
    rows = [HEADER]
    for number in range(count):
        month, day = number // 5 % 12 + 1, number % 5 * 5 + 1
        outcome = "Perdu" if number % 3 == 0 else "Gagne"
        seller = ("Ana", "Bruno")[number % 2]
        created = f"{day:02d}/{month:02d}/2024"
        closed = f"{day + 4:02d}/{month:02d}/2025"
        rows.append(f"D{number:03d};{seller};{outcome};{1000 + number},50;{created};{closed}")
    return ("\n".join(rows) + "\n" + more).encode()


def bring(client: Client, content: bytes, *, name: str = "ventes.csv") -> HttpResponse:
    """Send one file as the form does."""
    return client.post("/data/", {"files": SimpleUploadedFile(name, content)})


def work() -> None:
    """Do all that waits, in this process."""
    while (job := Job.objects.filter(state="waiting").first()) is not None:
        jobs.work.func(job.pk)


def answered(
    client: Client, address: str = COLUMNS, *, then: str = "load", **said: str
) -> HttpResponse:
    """Send the wizard's form as it stands, but for what is said by the label's beginning."""
    shown = client.get(address).context
    form = shown["form"]
    sent = {name: form[name].value() for name in form.fields}
    for label, value in said.items():
        names = [name for name in form.fields if label in form.fields[name].label]
        assert len(names) == 1, (label, [field.label for field in form.fields.values()])
        sent[names[0]] = value
    return client.post(address, {**sent, "next": then, "seen_version": shown["seen_version"]})
