"""A registry of the size of the nation, made up, in a database of its own: for benches.

names.py invents the people, seeding.py writes them, site.py serves them as the real server does.
``seed_scale`` is its command. Other apps that need such a registry add their own rows to it.
"""
