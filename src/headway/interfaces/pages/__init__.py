"""The look: templates, drawings and the style shared by the web and the one-file report."""
