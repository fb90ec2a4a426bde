import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Only ever added to, and read by household: two of the indexes of its keys serve nobody.


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("households", "0011_finding_households"),
    ]

    operations = [
        migrations.AlterField(
            model_name="sighting",
            name="household",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="sightings",
                to="households.household",
            ),
        ),
        migrations.AlterField(
            model_name="sighting",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
