"""What a client of the API does, written once: the packages `toggl` and `toggl_api` are its faces.

Behaviour is `async def` over the small ports of `rollcall.client.ports`. The asynchronous faces await it; the
synchronous ones give it ports that answer at once and finish it with `rollcall.coroutine.complete`.
"""
