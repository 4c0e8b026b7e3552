from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "sluitend.kernel.flow"
    label = "flow"
