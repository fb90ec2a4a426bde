from committees.importing import ImportCommand


class Command(ImportCommand):
    help = "Nhập danh sách nhà Đại đoàn kết của đơn vị chi từ tệp Excel."
    kind = "houses"
