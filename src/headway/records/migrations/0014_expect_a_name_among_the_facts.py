from django.db import migrations, models

import headway.records.models.brought


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0013_name_what_was_entered"),
    ]

    operations = [
        migrations.AlterField(
            model_name="card",
            name="fact_id",
            field=models.CharField(
                default=headway.records.models.brought.fresh, max_length=80, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="fact_id",
            field=models.CharField(
                default=headway.records.models.brought.fresh, max_length=80, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="fact_id",
            field=models.CharField(
                default=headway.records.models.brought.fresh, max_length=80, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="planversion",
            name="fact_id",
            field=models.CharField(
                default=headway.records.models.brought.fresh, max_length=80, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="wave",
            name="fact_id",
            field=models.CharField(
                default=headway.records.models.brought.fresh, max_length=80, unique=True
            ),
        ),
    ]
