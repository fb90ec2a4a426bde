"""Vietnamese text, numbers and dates: pure functions that know nothing of the apps."""
