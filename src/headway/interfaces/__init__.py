"""How people meet Headway: translation only, no judgement."""
