"""Every statement that writes, but those of the connection itself."""
