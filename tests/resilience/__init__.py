"""What others do to a program: nonsense in its settings, odd paths, damaged data."""
