from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0008_history_without_search_columns"),
    ]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="removed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="bỏ nội dung lúc"),
        ),
    ]
