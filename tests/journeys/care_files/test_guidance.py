"""Whom a coordinator calls first where somebody is under eighteen."""

from tests.packs import den_haag

from sluitend.journeys.care_files.queries import child_routes


def test_each_situation_of_a_child_says_whom_to_call_and_none_of_a_grown_up_does() -> None:
    pack = den_haag()
    routes = child_routes(pack)
    of_children = [each for each in pack.care_situations if each.minor]
    assert 0 < len(of_children) < len(pack.care_situations)
    assert [each.text for each in routes] == [each.text.nl for each in of_children]
    assert any("Veilig Thuis" in each.text for each in routes)
    assert any("Nidos" in each.text for each in routes)
