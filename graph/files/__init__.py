"""Files and disks: files are opened safely and written whole or not at all; a full disk is named."""
