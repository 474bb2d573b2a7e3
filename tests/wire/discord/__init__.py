"""A stand-in for Discord at the wire: REST and gateway on 127.0.0.1, under the real discord.py.

It is as strict as Discord is documented to be, and knows no more of the bot than Discord does. `server.StandIn`
stands it up; `people.People` does what people do, and `reading` says what they see. Identifying is not limited to
one in five seconds, so that a bot can be restarted in a test.
"""
