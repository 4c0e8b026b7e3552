"""Addresses of the handbook, under /handboek/."""

from django.urls import path

from sluitend.surfaces.handbook.views import (
    barriers,
    cards,
    figures,
    forms,
    home,
    measures,
    partners,
    people,
    readers,
    trade,
    who,
)

urlpatterns = [
    path("handboek/", home.home, name="handbook"),
    path("handboek/wie-bel-ik/", who.who_to_call, name="handbook_who"),
    path("handboek/kaarten/", cards.cards, name="handbook_cards"),
    path("handboek/kaarten/rol/<str:role>/", cards.for_role, name="handbook_card_role"),
    path("handboek/kaarten/rol/<str:role>/kaart.pdf", cards.role_pdf, name="handbook_card_role_pdf"),
    path("handboek/kaarten/vorm/<str:exploitation>/", cards.about_form, name="handbook_card_form"),
    path("handboek/kaarten/vorm/<str:exploitation>/kaart.pdf", cards.form_pdf, name="handbook_card_form_pdf"),
    path("handboek/balie/<str:role>/", cards.counter, name="handbook_counter"),
    path("handboek/partners/", partners.partners, name="handbook_partners"),
    path("handboek/partners/<str:partner>/", partners.partner, name="handbook_partner"),
    path("handboek/vormen/", forms.forms, name="handbook_forms"),
    path("handboek/vormen/<str:exploitation>/", forms.form, name="handbook_form"),
    path("handboek/sectoren/", trade.sectors, name="handbook_sectors"),
    path("handboek/sectoren/<str:sector>/", trade.sector, name="handbook_sector"),
    path("handboek/branches/", trade.branches, name="handbook_branches"),
    path("handboek/branches/<str:branch>/", trade.branch, name="handbook_branch"),
    path("handboek/groepen/", people.groups, name="handbook_groups"),
    path("handboek/groepen/<str:group>/", people.group, name="handbook_group"),
    path("handboek/contactmomenten/", people.moments, name="handbook_moments"),
    path("handboek/contactmomenten/<str:moment>/", people.moment, name="handbook_moment"),
    path("handboek/barrieres/", barriers.barriers, name="handbook_barriers"),
    path("handboek/barrieres/vorm/<str:exploitation>/", barriers.model, name="handbook_barrier_model"),
    path("handboek/barrieres/<str:barrier>/", barriers.barrier, name="handbook_barrier"),
    path("handboek/instrumenten/<str:instrument>/", barriers.instrument, name="handbook_instrument"),
    path("handboek/maatregelen/", measures.headings, name="handbook_headings"),
    path("handboek/maatregelen/lijsten/", measures.registers, name="handbook_registers"),
    path("handboek/maatregelen/<str:heading>/", measures.heading, name="handbook_heading"),
    path("handboek/cijfers/", figures.figures, name="handbook_figures"),
    path("handboek/voor/<str:readers>/", readers.for_readers, name="handbook_readers"),
]
