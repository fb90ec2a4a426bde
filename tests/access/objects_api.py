"""What the walk of all addresses sends to the API."""

PAYLOADS = {
    "api-households:household": lambda committee, pk: {"version": 1, "head_name": "Lê Thị Sửa"},
    "api-households:classifications": lambda committee, pk: {"year": 2024, "kind": "poor"},
    "api-households:members": lambda committee, pk: {"name": "Lê Thị Thêm"},
    "api-households:member": lambda committee, pk: {"version": 1, "name": "Lê Thị Sửa"},
    "api-households:look-up": lambda committee, pk: {"id_number": "099181894887"},
}
