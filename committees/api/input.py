"""What programs send: strict shapes, and refusals in the house's words."""

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import JSONParser

WORDS = {
    "required": "Hãy điền ô này.",
    "null": "Ô này không được là null.",
    "blank": "Hãy điền ô này.",
    "invalid": "Giá trị không đúng kiểu: hãy xem mô tả của ô này.",
    "invalid_choice": "Hãy chọn một giá trị trong mô tả của ô này.",
    "not_a_list": "Ô này phải là một danh sách.",
    "min_value": "Số này quá nhỏ.",
    "max_value": "Số này quá lớn.",
    "max_string_length": "Số này quá dài.",
    "max_digits": "Số này có quá nhiều chữ số.",
    "max_decimal_places": "Số này có quá nhiều chữ số lẻ.",
    "max_whole_digits": "Số này có quá nhiều chữ số.",
    "max_length": "Giá trị này quá dài.",
    "datetime": "Hãy ghi ngày dạng NĂM-THÁNG-NGÀY, không kèm giờ.",
    "null_characters_not_allowed": "Ô này có ký tự không in được.",
    "surrogate_characters_not_allowed": "Ô này có ký tự không in được.",
}
DATE = "Hãy ghi ngày dạng NĂM-THÁNG-NGÀY, ví dụ 1987-03-05."
UNKNOWN = "Không có ô này."


class StrictJSONParser(JSONParser):
    """JSON nested deeper than Python can follow is no JSON of ours: 400."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError from error


class TextField(serializers.CharField):
    """Text only: a number would have lost the zeros it begins with."""

    def __init__(self, **kwargs):
        super().__init__(trim_whitespace=False, allow_blank=True, **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, str):
            raise ValidationError("Ô này phải là chuỗi ký tự, để giữ số 0 ở đầu.", code="text")
        return super().to_internal_value(data)


class Sent(serializers.Serializer):
    """A JSON object of known fields; anything else in it is refused."""

    def to_internal_value(self, data):
        try:
            known = super().to_internal_value(data)
        except ValidationError as refusal:
            raise ValidationError(self._in_words(refusal.detail)) from refusal
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            raise ValidationError({name: [UNKNOWN] for name in unknown})
        return known

    def _in_words(self, detail):
        if isinstance(detail, dict):
            return {name: self._said(value, name) for name, value in detail.items()}
        return detail

    def _said(self, value, name):
        if isinstance(value, ErrorDetail):
            field = self.fields.get(name)
            if isinstance(field, serializers.DateField) and value.code == "invalid":
                return DATE
            return WORDS.get(value.code, str(value))
        if isinstance(self.fields.get(name), Sent) and isinstance(value, dict):
            return value  # said by the object inside
        if isinstance(value, dict):  # entries of a list, by their number
            value = [said for entry in value.values() for said in entry]
        return [self._said(entry, name) for entry in value]
