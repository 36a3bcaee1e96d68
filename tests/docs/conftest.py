"""The command line in process, as in tests/faces."""

from tests.faces.conftest import unsc as unsc
