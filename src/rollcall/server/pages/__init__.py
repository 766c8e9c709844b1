"""The plain pages that mailed links open: no scripts, and nothing changes before a form is sent."""
