"""Every statement that writes, except those of the connection itself."""
