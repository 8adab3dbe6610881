"""Files and disks: opened safely, written whole or not at all, and told apart when full."""
