from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_remove_maintainers"),
    ]

    operations = [
        migrations.AddField(
            model_name="load",
            name="is_sample",
            field=models.BooleanField(default=False),
        ),
    ]
