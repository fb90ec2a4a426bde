"""Words by which people are found: a tsvector that the database makes itself.

``household_words`` (migration 0016) puts into it, for "Nguyễn Thị Hòa" of household 28051-0012:

    nguyen  thi  hoa            each word without accents
    nguye{n3  thi5  hoa1        each word as ``sort_key`` spells it: letters, then tones, so that
                                "hòa" and "hoà" are one word and "hoa" is another
    #12  *1958                  the number of the household in its commune, the year of birth

and the parts of "H'Hen" or "H-Blâm", joined and apart. ``member_words`` has the plain words, the
year, and the province by its path: @0001000P.
"""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, Lookup


class WordsField(SearchVectorField):
    """Words by which a person is found; ``words__match`` takes the text of a tsquery."""


@WordsField.register_lookup
class Match(Lookup):
    lookup_name = "match"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        words, parameters = self.process_lhs(compiler, connection)
        return f"{words} @@ %s::tsquery", [*parameters, self.rhs]


def words_of(*columns: str, function: str) -> Func:
    """What the database makes the words from."""
    return Func(*map(F, columns), function=function, output_field=WordsField())
