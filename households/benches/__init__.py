"""How fast the registry is: ``./dev bench import registry-search``."""

from households.benches.importing import bench_import
from households.benches.searching import bench_search

BENCHES = {"import": bench_import, "registry-search": bench_search}
