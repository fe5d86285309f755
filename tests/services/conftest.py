"""What the tests of the services share."""

from tests.services.reception_house import both, reception

__all__ = ["both", "reception"]
