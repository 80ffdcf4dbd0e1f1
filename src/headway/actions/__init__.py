"""The verbs: everything that changes a record, one transaction each."""
