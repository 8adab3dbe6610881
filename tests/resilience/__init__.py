"""What the product bears: loads at once, full disks, datasets and settings as they should not be."""
