"""What the endpoints of `toggl_api` do, a module for each noun, over one way to read, keep and change objects."""
