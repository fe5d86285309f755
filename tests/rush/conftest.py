"""The house of the deeds, for the tests of the rush too."""

from tests.houses import estate, pg_model, small, small_on_server, sqlite_model
from tests.services.reception_house import both, reception

__all__ = ["both", "estate", "pg_model", "reception", "small", "small_on_server", "sqlite_model"]
