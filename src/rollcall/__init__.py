"""Rollcall: organizations and their people on the Toggl Track API v9."""
