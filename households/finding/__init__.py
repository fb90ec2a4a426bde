"""Finding households: reading.py understands the box, ranking.py says which rows in which order,
screens.py shows them a screen at a time.
"""
