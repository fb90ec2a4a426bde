"""How fast the registry is: ``./dev bench import``."""

from households.benches.importing import bench_import

BENCHES = {"import": bench_import}
