from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sluitend.kernel.ledger"
    label = "ledger"
