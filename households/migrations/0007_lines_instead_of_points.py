from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("households", "0006_poverty_standards")]
    operations = [
        migrations.RemoveField("povertystandard", "income_points_rural"),
        migrations.RemoveField("povertystandard", "income_points_urban"),
    ]
