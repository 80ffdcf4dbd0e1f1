"""What coaching did to practice, and who got it."""
