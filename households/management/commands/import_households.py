from committees.importing import ImportCommand


class Command(ImportCommand):
    help = "Nhập danh sách hộ của một xã từ tệp .xlsx"
    kind = "households"
