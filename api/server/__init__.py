"""Sockets, uvicorn and worker processes: everything between the operating system and the ASGI application."""
