"""References and their string forms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.refs import AccountRef, ConversationRef, InstallationRef, MessageRef

parts = st.text(min_size=1, max_size=12)
installations = st.builds(InstallationRef, parts, parts)
accounts = st.builds(AccountRef, parts, parts, parts)
conversations = st.builds(ConversationRef, parts, st.text(max_size=12), parts, st.none() | parts)
messages = st.builds(MessageRef, conversations, parts)


@given(installations, accounts, conversations, messages)
@settings(max_examples=200, deadline=None)
def test_every_reference_round_trips(
    installation: InstallationRef, account: AccountRef, conversation: ConversationRef, message: MessageRef
) -> None:
    assert InstallationRef.decode(installation.encode()) == installation
    assert AccountRef.decode(account.encode()) == account
    assert ConversationRef.decode(conversation.encode()) == conversation
    assert MessageRef.decode(message.encode()) == message


def test_the_string_form_begins_with_the_platform() -> None:
    message = MessageRef(ConversationRef("local", "", "general", "12"), "13")
    assert message.encode() == "local::general:12:13"


def test_a_thread_knows_its_channel() -> None:
    channel = ConversationRef("local", "home", "general")
    assert channel.in_thread("12") == ConversationRef("local", "home", "general", "12")
    assert channel.in_thread("12").root == channel == channel.root
    assert channel.in_thread("12").installation_ref == InstallationRef("local", "home")
    assert AccountRef("local", "home", "ana").installation_ref == InstallationRef("local", "home")


@pytest.mark.parametrize("text", ["", "local", ":", "local:", "a:b:c"])
def test_what_is_no_installation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"needed|lacks"):
        InstallationRef.decode(text)


@pytest.mark.parametrize("text", ["", "local:home:", "local:home", "a:b:c:d"])
def test_what_is_no_account_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"needed|lacks"):
        AccountRef.decode(text)


@pytest.mark.parametrize("text", ["", "local:home::", ":home:general:", "a:b:c:d:e"])
def test_what_is_no_conversation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"needed|lacks"):
        ConversationRef.decode(text)


@pytest.mark.parametrize("text", ["", "local:home:general::", "local:home:general"])
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"needed|lacks"):
        MessageRef.decode(text)
