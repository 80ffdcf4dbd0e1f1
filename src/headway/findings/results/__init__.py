"""Why results are not improving: from facts to an answer that says how sure it is."""
