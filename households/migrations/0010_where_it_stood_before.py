import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0006_rows_keep_their_history"),
        ("households", "0009_sightings_by_viewer"),
    ]

    operations = [
        migrations.AddField(
            model_name="transition",
            name="hamlet_before",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="committees.committee",
            ),
        ),
        migrations.RunSQL(
            "UPDATE households_transition SET hamlet_before_id = hamlet_id WHERE kind_before <> '';"
            " SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.CheckConstraint(
                name="transition_stood_somewhere_before",
                condition=Q(kind_before="", hamlet_before=None)
                | (~Q(kind_before="") & Q(hamlet_before__isnull=False)),
            ),
        ),
    ]
