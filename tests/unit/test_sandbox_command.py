"""The `sandbox` command: what it takes from the region."""

import shutil
from pathlib import Path

import pytest

from bot.commands.sandbox import region_clock, run_sandbox
from bot.config import load_settings
from bot.start_error import StartError
from tests.command import ROOT


def test_the_clock_of_the_phones_is_the_regions(tmp_path: Path) -> None:
    pack = shutil.copytree(ROOT / "content" / "kostanay", tmp_path / "kostanay")
    region = pack / "region.toml"
    region.write_text(region.read_text().replace("Asia/Qostanay", "America/St_Johns"))
    clock = region_clock(load_settings(Path("no such file"), {"CONTENT_DIR": str(tmp_path)}))

    clock.to("20:00")

    assert clock.zone.key == "America/St_Johns"
    assert f"{clock.local():%H:%M}" == "20:00"


async def test_a_host_beyond_this_machine_names_the_setting_that_allows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(
        Path("no such file"),
        {
            "CONTENT_DIR": str(ROOT / "content"),
            "LOCALES_DIR": str(ROOT / "locales"),
            "SANDBOX_HOST": "192.0.2.7",
        },
    )

    with pytest.raises(StartError) as refusal:
        await run_sandbox(settings)

    assert str(refusal.value) == (
        "SANDBOX_HOST: 192.0.2.7 is not a loopback address;"
        " SANDBOX_ANY_HOST=true serves beyond this machine"
    )
