from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("households", "0013_erasing_people")]
    operations = [
        migrations.RemoveIndex("classification", "classification_by_list"),
        migrations.AddIndex(
            "classification",
            models.Index(
                name="classification_counted",
                fields=["poverty_list", "kind", "hamlet"],
                include=["flags"],
            ),
        ),
        migrations.AddIndex(
            "transition",
            models.Index(
                name="transition_counted",
                fields=["poverty_list", "kind_before", "kind_after", "code"],
                include=["hamlet", "hamlet_before"],
                condition=~Q(kind_before=F("kind_after")) | ~Q(hamlet_before=F("hamlet")),
            ),
        ),
    ]
