"""The neutral chat model: references, events, cards, forms, commands, actions, capabilities and the platform port.

Nothing here knows a platform or a feature. Adapters translate payloads to these events and these cards to
payloads; features speak in these words only.
"""
