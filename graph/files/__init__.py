"""Files and disks: safe opening, atomic writing, and finding the disk that is full."""
