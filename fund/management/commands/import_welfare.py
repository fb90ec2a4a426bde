from committees.importing import ImportCommand


class Command(ImportCommand):
    help = "Nhập an sinh xã hội chưa có danh sách từ tệp Excel."
    kind = "welfare"
