"""The product under stress: simultaneous loads, full disks, bad datasets and bad settings."""
