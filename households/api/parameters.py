"""The filters of the list page as parameters of the API, by the same names."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError

from households.filtering import chosen_by
from households.finding.reading import read
from households.forms.finding import HouseholdFilter

MOST, USUAL = 200, 50
NUMBER_IN_ADDRESS = (
    "Số CCCD không để trong địa chỉ: hãy gửi bằng POST đến /api/v1/households/look-up/."
)
ROW_NUMBERS = ("noi", "nam")


def _parameter(name, field):
    choices = [value for value, _ in getattr(field, "choices", []) if value]
    is_number = name in ROW_NUMBERS
    return OpenApiParameter(
        name.replace("_", "-"),
        OpenApiTypes.INT if is_number else OpenApiTypes.STR,
        description=f"{field.label}{': id đơn vị' if name == 'noi' else ''}",
        enum=choices if choices and not is_number else None,
    )


LIST_PARAMETERS = [
    *(_parameter(name, field) for name, field in HouseholdFilter.base_fields.items()),
    OpenApiParameter("sau", OpenApiTypes.STR, description="“after” của lần đọc trước"),
    OpenApiParameter("so-dong", OpenApiTypes.INT, description=f"1 đến {MOST}, mặc định {USUAL}"),
]


def chosen(request):
    """What the parameters leave of the households this person sees; nonsense is 400."""
    if read(request.GET.get("q", "").replace("\0", "")).number:
        raise ValidationError({"q": [NUMBER_IN_ADDRESS]})
    chosen = chosen_by(request.GET, request.user)
    if not chosen.filters.is_valid():
        errors = chosen.filters.errors.items()
        raise ValidationError({name.replace("_", "-"): list(said) for name, said in errors})
    return chosen


def size_of(request):
    text = request.GET.get("so-dong", str(USUAL))
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST):
        raise ValidationError({"so-dong": [f"Hãy ghi số từ 1 đến {MOST}."]})
    return int(text)
