"""Where facts come from: one folder per connector, all speaking `sources.protocol`."""
