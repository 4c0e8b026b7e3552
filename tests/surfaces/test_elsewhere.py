"""What the desk serves of the public pages where it runs by itself."""

from uuid import uuid4

from django.urls import URLResolver
from django.urls.resolvers import RegexPattern

from sluitend.surfaces.elsewhere import elsewhere, not_served
from sluitend.surfaces.public import views


def test_the_desk_by_itself_serves_the_colours_and_marks_that_stand_above_its_pages() -> None:
    desk = URLResolver(RegexPattern(r"^/"), not_served("sluitend.surfaces.public.urls"))
    colours = "0e5c3a-0a4529-e5f1ea-9bc5ae-ffffff-0e5c3a"
    assert desk.resolve(f"/huisstijl/{colours}.css").func is views.colours
    assert desk.resolve(f"/huisstijl/{uuid4()}.jpg").func is views.mark
    assert desk.resolve("/privacy/").func is views.privacy
    assert desk.resolve("/gemeenten/").func is elsewhere
