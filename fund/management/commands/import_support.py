from committees.importing import ImportCommand


class Command(ImportCommand):
    help = "Nhập danh sách hộ được hỗ trợ của một xã từ tệp Excel."
    kind = "support"
