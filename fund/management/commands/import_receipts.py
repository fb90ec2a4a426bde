from committees.importing import ImportCommand


class Command(ImportCommand):
    help = "Nhập danh sách ủng hộ Quỹ “Vì người nghèo” từ tệp Excel."
    kind = "receipts"
