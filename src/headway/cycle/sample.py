"""The sample that ships with Headway: a folder of files like any other."""

from headway.sources import demo

FOLDER = demo.FOLDER
