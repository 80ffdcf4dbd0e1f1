"""What is known, as tables: declared once, loaded, doubted, kept and read here."""
