"""One line of migrations, each named for what it does.

The first stands in place of the 28 that were made before anything was released: a new database is
made in a third of the time, and one that had them all goes on from here.
"""
