import pytest
from pytest_django import Settings

from sluitend.cli import checks


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, checks.Check]:
    """An empty registry in the place of the real one."""
    list(checks.results())  # so that the real checks have entered themselves before we look away
    empty: dict[str, checks.Check] = {}
    monkeypatch.setattr(checks, "REGISTRY", empty)
    return empty


def test_a_name_is_entered_once(registry: dict[str, checks.Check]) -> None:
    checks.check("een")(lambda: checks.Result("ok", "Goed."))
    with pytest.raises(ValueError, match="een"):
        checks.check("een")(lambda: checks.Result("ok", "Goed."))


def test_a_check_that_breaks_is_a_promise_not_kept(
    registry: dict[str, checks.Check], capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> checks.Result:
        raise RuntimeError("geheim")

    checks.check("stuk")(broken)
    checks.check("heel")(lambda: checks.Result("ok", "Goed."))
    assert checks.report(brief=False) is False
    printed = capsys.readouterr().out
    assert "RuntimeError" in printed
    assert "geheim" not in printed
    assert "heel: Goed." in printed


def test_the_demonstration_may_go_without_some_promises(
    registry: dict[str, checks.Check], settings: Settings
) -> None:
    checks.check("mag", demo_may=True)(lambda: checks.Result("bad", "Niet goed."))
    settings.DEMO = False
    assert checks.report(brief=True) is False
    settings.DEMO = True
    assert checks.report(brief=True) is True
    checks.check("mag niet")(lambda: checks.Result("bad", "Niet goed."))
    assert checks.report(brief=True) is False


def test_brief_keeps_to_what_asks_for_attention(
    registry: dict[str, checks.Check], capsys: pytest.CaptureFixture[str]
) -> None:
    checks.check("goed")(lambda: checks.Result("ok", "Goed."))
    checks.check("zorg")(lambda: checks.Result("warn", "Kijk."))
    assert checks.report(brief=True) is True
    printed = capsys.readouterr().out
    assert "zorg" in printed
    assert "goed" not in printed


@pytest.mark.django_db
def test_the_web_role_of_the_tests_keeps_the_promises_of_the_database() -> None:
    levels = {check.name: (result.level, result.sentence) for check, result in checks.results()}
    for name in (
        "database",
        "rol in de database",
        "eigenaar buiten bereik",
        "regels voor rijen",
        "klok",
        "waarden in het logboek van de database",
        "foutmeldingen",
        "veiligheid van de pagina's",
    ):
        assert levels[name][0] == "ok", levels[name]


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        ("foutmeldingen", "DEBUG", True),
        ("geheime sleutel", "SECRET_KEY", "kort"),
        ("namen van de server", "ALLOWED_HOSTS", ["*"]),
        ("veiligheid van de pagina's", "SECURE_CSP", {"default-src": ["'self'", "'unsafe-inline'"]}),
        ("veiligheid van de pagina's", "SECURE_REFERRER_POLICY", "unsafe-url"),
        ("versleutelde verbinding", "SESSION_COOKIE_SECURE", False),
        ("tweede factor", "SLUITEND_SECOND_FACTOR_REQUIRED", False),
    ],
)
def test_a_bad_setting_is_found(settings: Settings, name: str, setting: str, value: object) -> None:
    from sluitend.cli import checks_settings  # noqa: F401  (they enter themselves)

    settings.DEMO = False
    setattr(settings, setting, value)
    assert checks.REGISTRY[name].run().level == "bad"
