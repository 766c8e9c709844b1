import pytest
@pytest.fixture
def anyio_backend(): return "asyncio"
@pytest.fixture
def database_url(tmp_path): return f"sqlite:///{tmp_path}/x.db"
