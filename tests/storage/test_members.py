"""Identity and settings on the real engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.base.errors import UserFacingError
from bot.base.ids import WorkspaceId
from bot.base.policy import Actor
from bot.base.settings import Setting
from bot.base.text import t
from bot.chat.platform import Profile
from bot.chat.refs import AccountRef, ConversationRef, InstallationRef
from bot.members import identity, service
from bot.members.preferences import set_zone
from bot.members.settings import read, write
from bot.members.zones import zones_known
from storage.engine import Database
from storage.tables.people import Member, MemberState, ZoneChange
from storage.tables.settings import SettingChange

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOME = InstallationRef("local", "home")
ANA = AccountRef("local", "home", "ana")
SAM = AccountRef("local", "home", "sam")
LENGTH = Setting("tests.length", int, 3, ("member", "channel", "workspace"), t("Length"))


async def installed(database: Database) -> WorkspaceId:
    async with database.write_everywhere() as session:
        return await identity.install(session, HOME, "Home", NOW)


async def seen(database: Database, workspace: WorkspaceId, account: AccountRef, profile: Profile) -> Actor:
    async with database.write(workspace) as session:
        return await identity.actor_of(session, account, profile, NOW)


async def zone(database: Database, workspace: WorkspaceId, actor: Actor) -> str:
    async with database.read(workspace) as session:
        return await identity.zone_of(session, actor.member)


def preferences(**changed: str) -> dict[str, str]:
    """The form of preferences as it is sent, with nothing set but what is `changed`."""
    entered = {"zone": "UTC", "quiet_from": "21:00", "quiet_until": "08:00", "days_off": "", "snoozed_until": ""}
    return {**entered, "level": "", "company": "", **changed}


async def test_an_installation_gets_one_workspace_however_often_it_is_installed(database: Database) -> None:
    first = await installed(database)
    assert await installed(database) == first
    async with database.read_everywhere() as session:
        assert await identity.workspace_of(session, HOME) == first
        assert await identity.workspace_of(session, InstallationRef("local", "elsewhere")) is None


async def test_a_removed_installation_has_no_workspace_until_it_is_back(database: Database) -> None:
    workspace = await installed(database)
    async with database.write_everywhere() as session:
        await identity.uninstall(session, HOME, NOW)
    async with database.read_everywhere() as session:
        assert await identity.workspace_of(session, HOME) is None
    assert await installed(database) == workspace


async def test_an_account_is_one_member_at_every_sight(database: Database) -> None:
    workspace = await installed(database)
    first = await seen(database, workspace, ANA, Profile("Ana", zone="Europe/Madrid"))
    again = await seen(database, workspace, ANA, Profile("Ana Ruiz", zone="Europe/Madrid"))
    assert again.member == first.member
    async with database.read(workspace) as session:
        assert await identity.name_of(session, first.member) == "Ana Ruiz"
        assert await identity.zone_of(session, first.member) == "Europe/Madrid"
        reached = await identity.reach(session, first.member, HOME)
    assert reached == identity.Reached(ANA, "en", removed=False)


async def test_each_zone_somebody_was_in_is_known_with_since_when(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana", zone="Europe/Madrid"))
    landed, moved = NOW + timedelta(days=3), NOW + timedelta(days=9)
    for moment in (landed, landed + timedelta(hours=1)):
        async with database.write(workspace) as session:
            await identity.actor_of(session, ANA, Profile("Ana", zone="Pacific/Auckland"), moment)
    async with database.write(workspace) as session:
        await set_zone(session, ana.member, "Pacific/Honolulu", moved)
    async with database.write(workspace) as session:
        await identity.actor_of(session, ANA, Profile("Ana", zone="Europe/Madrid"), moved + timedelta(days=1))
        been = [(NOW, "Europe/Madrid"), (landed, "Pacific/Auckland"), (moved, "Pacific/Honolulu")]
        assert await zones_known(session, ana.member) == been
        held = await service.export_profile(session, ana.member)
        assert {"time_zone": "Pacific/Auckland", "since": landed.isoformat()} in held
        await service.erase_profile(session, ana.member)
        assert not (await session.scalars(select(ZoneChange))).all()


async def test_whoever_never_moved_has_no_zones_written_down(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana"))
    async with database.write(workspace) as session:
        assert not await zones_known(session, ana.member)
        await set_zone(session, ana.member, "Asia/Tokyo", NOW + timedelta(days=1))
        assert await zones_known(session, ana.member) == [(NOW, "UTC"), (NOW + timedelta(days=1), "Asia/Tokyo")]


async def test_the_zone_follows_the_platform_until_the_person_sets_their_own(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana", zone="Europe/Madrid"))
    async with database.write(workspace) as session:
        await service.save_preferences(session, ana.member, preferences(zone="Europe/Madrid"), NOW)
    await seen(database, workspace, ANA, Profile("Ana", zone="Europe/Paris"))
    assert await zone(database, workspace, ana) == "Europe/Paris"
    async with database.write(workspace) as session:
        await service.save_preferences(session, ana.member, preferences(zone="Asia/Tokyo"), NOW)
    await seen(database, workspace, ANA, Profile("Ana", zone="Europe/Rome"))
    assert await zone(database, workspace, ana) == "Asia/Tokyo"


async def test_a_zone_of_the_platform_that_nobody_knows_is_left_aside(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana", zone="Mars/Olympus"))
    assert await zone(database, workspace, ana) == "UTC"
    await seen(database, workspace, ANA, Profile("Ana", zone="Europe/Paris"))
    await seen(database, workspace, ANA, Profile("Ana", zone="Mars/Olympus"))
    assert await zone(database, workspace, ana) == "Europe/Paris"


async def test_the_language_is_the_one_the_platform_names_last(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana"))
    await seen(database, workspace, ANA, Profile("Ana", language="ko"))
    await seen(database, workspace, ANA, Profile("Ana"))
    async with database.read(workspace) as session:
        assert await identity.language_of(session, ana.member) == "ko"


async def test_whoever_is_blocked_stays_blocked_when_they_leave_and_come_back(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana"))
    async with database.write(workspace) as session:
        (await session.get_one(Member, ana.member)).state = MemberState.BLOCKED
    async with database.write(workspace) as session:
        assert await identity.member_left(session, ANA) == ana.member
    assert (await seen(database, workspace, ANA, Profile("Ana"))).blocked


async def test_erasing_a_profile_leaves_nothing_of_its_settings(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana"))
    async with database.write(workspace) as session:
        await service.save_preferences(session, ana.member, preferences(level="L5"), NOW)
    async with database.write(workspace) as session:
        await service.erase_profile(session, ana.member)
    async with database.read(workspace) as session:
        left = await session.scalars(select(SettingChange).where(SettingChange.layer_id == ana.member))
        assert left.all() == []


async def test_a_platform_admin_is_an_admin_only_while_the_platform_says_so(database: Database) -> None:
    workspace = await installed(database)
    assert "admin" in (await seen(database, workspace, ANA, Profile("Ana", is_admin=True))).roles
    assert "admin" not in (await seen(database, workspace, ANA, Profile("Ana"))).roles


async def test_admins_to_tell_are_the_appointed_then_the_last_seen(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana", is_admin=True))
    sam = await seen(database, workspace, SAM, Profile("Sam"))
    async with database.write(workspace) as session:
        await service.appoint(session, SAM, "admin", ana.member, NOW)
    async with database.read(workspace) as session:
        assert await identity.admins_of(session) == [sam.member, ana.member]


async def test_dismissing_somebody_who_was_not_appointed_is_told(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana"))
    async with database.write(workspace) as session:
        with pytest.raises(UserFacingError, match="was not appointed"):
            await service.dismiss(session, ANA, "moderator", ana.member, NOW)


async def test_the_nearest_layer_of_a_setting_holds_and_every_change_is_logged(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana"))
    channel = ConversationRef("local", "home", "general")
    async with database.write(workspace) as session:
        assert await read(session, LENGTH, member=ana.member, channel=channel) == 3
        await write(session, LENGTH, "workspace", workspace, 5, ana.member, NOW)
        await write(session, LENGTH, "channel", channel.encode(), 7, ana.member, NOW)
    async with database.read(workspace) as session:
        assert await read(session, LENGTH, member=ana.member) == 5
        assert await read(session, LENGTH, member=ana.member, channel=channel.in_thread("t")) == 7
    async with database.write(workspace) as session:
        await write(session, LENGTH, "channel", channel.encode(), None, ana.member, NOW + timedelta(days=1))
        assert await read(session, LENGTH, channel=channel) == 5


async def test_a_value_of_the_wrong_type_is_refused_with_a_sentence(database: Database) -> None:
    workspace = await installed(database)
    async with database.write(workspace) as session:
        with pytest.raises(UserFacingError, match="not a possible value"):
            await write(session, LENGTH, "workspace", workspace, "long", None, NOW)  # type: ignore[misc]


async def test_preferences_are_saved_and_leave_one_day_free(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana"))
    entered = {
        "zone": "Asia/Tokyo",
        "quiet_from": "22:00",
        "quiet_until": "7:30",
        "days_off": "5,6",
        "snoozed_until": "",
        "level": "L5",
        "company": "",
    }
    async with database.write(workspace) as session:
        await service.save_preferences(session, ana.member, entered, NOW)
    async with database.read(workspace) as session:
        held = await service.own_settings(session, ana.member)
        assert held["members.quiet_until"] == "07:30"
        assert held["members.days_off"] == [5, 6]
        assert held["members.target_level"] == "L5"
        assert await identity.zone_of(session, ana.member) == "Asia/Tokyo"
    async with database.write(workspace) as session:
        with pytest.raises(UserFacingError, match="at least one day"):
            await service.save_preferences(session, ana.member, {**entered, "days_off": "0,1,2,3,4,5,6"}, NOW)


async def test_a_profile_can_be_taken_out_and_erased(database: Database) -> None:
    workspace = await installed(database)
    ana = await seen(database, workspace, ANA, Profile("Ana"))
    async with database.write(workspace) as session:
        await write(session, LENGTH, "member", ana.member, 9, ana.member, NOW)
        exported = await service.export_profile(session, ana.member)
        assert {"setting": "tests.length", "value": 9} in exported
        assert await service.erase_profile(session, ana.member) == 4  # setting, its change, account, member
    async with database.read(workspace) as session:
        assert await identity.member_of(session, ANA) is None
