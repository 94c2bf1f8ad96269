"""The compose file asks the bot only for what it has, and gives it no more than it needs."""

import re
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic.fields import FieldInfo

from bot.__main__ import _parser
from bot.config import Settings
from bot.web import PATH

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "komekshi"]
EXAMPLE = ROOT / "deploy" / "compose" / "compose.env.example"
NGINX = (ROOT / "deploy" / "compose" / "nginx.conf").read_text()
OF_COMPOSE = {"POSTGRES_PASSWORD", "WEB_PROCESSES", "TLS_DIR"}


def settings() -> set[str]:
    """Return the names of all settings."""
    concerns = [field.annotation for field in Settings.model_fields.values()]
    fields: list[FieldInfo] = [
        field
        for concern in concerns
        if concern is not None
        for field in concern.model_fields.values()
    ]
    return {str(field.alias) for field in fields}


def example() -> set[str]:
    return set(re.findall(r"^(\w+)=", EXAMPLE.read_text(), re.MULTILINE))


def test_every_setting_is_one_of_the_bot_or_of_compose() -> None:
    known = settings()
    assert len(known) > 30
    for name in OURS:
        assert SERVICES[name]["environment"].keys() <= known
    assert example() - known == OF_COMPOSE
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    assert used == OF_COMPOSE | {"CERTIFICATE_KEY"}


def test_nothing_starts_without_a_secret_that_all_of_it_needs() -> None:
    """A process without a key for certificates would make one of its own, which no other knows."""
    for name in OURS:
        given = SERVICES[name]["environment"]
        assert given["CERTIFICATE_KEY"] == "${CERTIFICATE_KEY:?in compose.env}"
        assert "${POSTGRES_PASSWORD:?in compose.env}" in given["DATABASE_URL"]


def test_a_fixed_address_is_never_given_to_anybody_else() -> None:
    fixed = [
        (name, network, IPv4Address(how["ipv4_address"]))
        for name, service in SERVICES.items()
        if isinstance(service["networks"], dict)
        for network, how in service["networks"].items()
        if "ipv4_address" in how
    ]
    assert [(name, network) for name, network, _ in fixed] == [("proxy", "inside")]
    for _, network, address in fixed:
        (pool,) = COMPOSE["networks"][network]["ipam"]["config"]
        subnet, given_out = IPv4Network(pool["subnet"]), IPv4Network(pool["ip_range"])
        assert given_out.subnet_of(subnet)
        gateway = IPv4Address(pool["gateway"])
        assert {address, gateway} <= set(subnet.hosts()) - set(given_out)
        assert address != gateway


def test_the_database_is_asked_where_the_bot_asks_it() -> None:
    """Its own socket answers while it is first set up, and then it is gone for a moment."""
    assert "--host=127.0.0.1" in SERVICES["db"]["healthcheck"]["test"]


def test_redis_is_asked_where_the_bot_asks_it() -> None:
    """On its loopback it answers even where it refuses everybody else."""
    assert SERVICES["redis"]["healthcheck"]["test"][1:] == [
        "redis-cli",
        "-e",
        "-h",
        "redis",
        "ping",
    ]
    command = SERVICES["redis"]["command"]
    assert command[command.index("--protected-mode") + 1] == "no"


@pytest.mark.parametrize("name", OURS)
def test_a_process_of_the_bot_can_write_nowhere_and_may_do_nothing(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in service
    assert _parser().parse_args(service["command"][3:]).command in ("migrate", "web", "scheduler")


def test_images_of_others_are_pinned_to_one_release() -> None:
    others = [service["image"] for name, service in SERVICES.items() if name not in OURS]
    froms = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert len(others) == 3
    for image in (*others, *froms):
        assert re.search(r":\d+\.\d+(\.\d+)?", image), image


def test_the_proxy_passes_posts_and_pages_to_the_ports_of_web() -> None:
    web = SERVICES["web"]["environment"]
    assert f"location = {PATH} {{" in NGINX
    assert set(re.findall(r"http://web:(\d+);", NGINX)) == {
        web["WEBHOOK_PORT"],
        web["PUBLIC_PORT"],
    }
    assert web["OPS_PORT"] not in NGINX
    proxy = SERVICES["proxy"]
    assert proxy["networks"]["inside"]["ipv4_address"] == web["PUBLIC_PROXY"]
    listened = set(re.findall(r"listen (\d+)", NGINX))
    assert {port.split(":")[1] for port in proxy["ports"]} == listened
