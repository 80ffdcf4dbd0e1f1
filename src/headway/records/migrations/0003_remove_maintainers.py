from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_add_what_a_load_was_told"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="account",
            name="is_maintainer",
        ),
    ]
