"""How people call what a field of an entry can be chosen to be, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from sluitend.kernel.handbook.entries import Text

_YES_NO: Mapping[str, tuple[str, str]] = {
    "yes": ("ja", "yes"),
    "no": ("nee", "no"),
    "perhaps": ("misschien", "perhaps"),
    "partly": ("voor een deel", "partly"),
    "unknown": ("niet bekend", "not known"),
    "unclear": ("niet duidelijk", "not clear"),
    "check": ("na te kijken", "to be checked"),
    "all": ("alle", "all"),
}

_OF_FIELD: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "answer": {
        "hit": ("wij hebben iets en delen het", "we have something and share it"),
        "silent": ("wij hebben iets en mogen niets zeggen", "we have something and may not say"),
        "nothing": ("wij hebben niets", "we have nothing"),
        "may_not": ("mag niets zeggen", "may say nothing"),
        "details": ("wat er gevraagd werd", "what was asked"),
    },
    "about": {
        "contact": ("contact met de melder", "contact with the reporter"),
        "people": ("mensen", "people"),
        "place": ("de plek", "the place"),
        "safety": ("veiligheid", "safety"),
        "source": ("hoe de melder het weet", "how the reporter knows"),
        "time": ("wanneer", "when"),
    },
    "allowed": {"ask": ("eerst vragen", "ask first")},
    "areas": {"national": ("heel Nederland", "all of the Netherlands")},
    "audience": {
        "employers": ("werkgevers", "employers"),
        "everybody": ("iedereen", "everybody"),
        "hosts": ("wie onderdak geeft", "hosts"),
        "migrant workers": ("arbeidsmigranten", "migrant workers"),
        "migrant workers from the EU": ("arbeidsmigranten uit de EU", "migrant workers from the EU"),
        "people from outside the EU who need help": (
            "mensen van buiten de EU die hulp nodig hebben",
            "people from outside the EU who need help",
        ),
        "people who need help": ("mensen die hulp nodig hebben", "people who need help"),
        "professionals": ("professionals", "professionals"),
        "reporters": ("melders", "reporters"),
        "residents": ("inwoners", "residents"),
        "workers": ("werkenden", "workers"),
        "young people": ("jongeren", "young people"),
        "young people and families": ("jongeren en gezinnen", "young people and families"),
    },
    "carried_by": {"municipality": ("gemeente", "municipality"), "region": ("regio", "region")},
    "channels": {
        "account": ("account in Sluitend", "account in Sluitend"),
        "phone": ("telefoon", "telephone"),
        "pickup": ("ophaalpagina", "pick-up page"),
        "secure_mail": ("beveiligde mail", "secure mail"),
    },
    "closes": {"report": ("melding", "report"), "track": ("spoor", "track"), "case": ("casus", "case")},
    "counts_in": {
        "owner": ("dagen van wie het doet", "days of the owner"),
        "everyone": ("elke dag", "every day"),
    },
    "direction": {
        "ltr": ("van links naar rechts", "left to right"),
        "rtl": ("van rechts naar links", "right to left"),
        "to_person": ("aan de persoon", "to the person"),
        "from_person": ("van de persoon", "from the person"),
    },
    "emergency": {"acute_danger": ("direct gevaar", "direct danger"), "minor": ("minderjarig", "minor")},
    "example_kind": {
        "good_practice": ("goede praktijk", "good practice"),
        "policy": ("beleid", "policy"),
        "problem": ("knelpunt", "problem"),
        "proposal": ("voorstel", "proposal"),
    },
    "fills": {
        "report": ("de melding", "the report"),
        "place": ("de plek", "the place"),
        "municipality": ("de gemeente", "the municipality"),
        "nobody": ("alleen een mens", "only a person"),
    },
    "family": {
        "approach": ("aanpak", "approach"),
        "care": ("zorg", "care"),
        "governance": ("bestuur", "governance"),
        "handbook": ("handboek", "handbook"),
        "report": ("melding", "report"),
        "training": ("training", "training"),
    },
    "households": {
        "adult": ("volwassene", "adult"),
        "family": ("volwassene met kinderen", "adult with children"),
        "child": ("kind alleen", "child alone"),
    },
    "holders": {
        "mayor": ("burgemeester", "mayor"),
        "college": ("college", "mayor and aldermen"),
        "council": ("raad", "council"),
        "other": ("een ander", "another"),
    },
    "kind": {
        "line": ("een regel", "a line"),
        "text": ("tekst", "text"),
        "own_words": ("eigen woorden van de persoon", "own words of the person"),
        "day": ("dag", "day"),
        "remind": ("dag die aandacht vraagt", "day that asks for attention"),
        "until": ("einde dat iemand noemde", "end that somebody stated"),
        "choice": ("één antwoord", "one answer"),
        "choices": ("meer antwoorden", "more answers"),
        "area": ("levensgebied", "life area"),
        "word": ("woord voor hoe het gaat", "word for how it goes"),
        "event": ("gebeurtenis in recht en verblijf", "event in law and residence"),
        "beside": ("andere hulp", "other help"),
        "care": ("zorg", "care"),
        "coordination": ("zorgcoördinatie", "care coordination"),
        "department": ("eigen afdeling", "own department"),
        "emergency": ("alarmnummer", "emergency number"),
        "guardianship": ("bescherming van kinderen", "protection of children"),
        "help": ("hulp", "help"),
        "inspection": ("controle", "inspection"),
        "inspectorate": ("inspectie", "inspectorate"),
        "municipality": ("gemeente", "municipality"),
        "network": ("netwerk", "network"),
        "partnership": ("samenwerkingsverband", "partnership"),
        "police": ("politie", "police"),
        "prosecution": ("vervolging", "prosecution"),
        "self": ("u zelf", "you yourself"),
        "shelter": ("opvang", "shelter"),
        "supporting": ("ondersteuning", "support work"),
    },
    "knowing": {
        "unknowing": ("zonder het te weten", "without knowing"),
        "knowing": ("bewust", "knowing"),
        "either": ("allebei kan", "either"),
    },
    "level": {"basic": ("basis", "basic"), "advanced": ("verdieping", "advanced")},
    "opens": {
        "wait_request": ("een wachtverzoek", "a hold request"),
        "night_without_place": ("een nacht zonder plek", "a night without a place"),
    },
    "rank": {
        "general": ("algemeen", "general"),
        "form": ("vorm", "form"),
        "situation": ("situatie", "situation"),
        "guard": ("bescherming", "guard"),
    },
    "read": {
        "full": ("helemaal", "in full"),
        "start": ("het begin", "the start"),
        "secondary": ("via een ander", "through another"),
        "none": ("niet", "not"),
    },
    "show": {
        "strip": ("altijd", "always"),
        "more": ("alleen als het iets is", "only when it is something"),
        "never": ("nergens", "nowhere"),
    },
    "status": {
        "in_force": ("geldt", "in force"),
        "pending": ("nog niet van kracht", "pending"),
        "draft": ("concept", "draft"),
        "deprecated": ("verouderd", "deprecated"),
    },
    "strength": {"strong": ("sterk", "strong"), "medium": ("gemiddeld", "medium"), "weak": ("zwak", "weak")},
    "strength_basis": {
        "delphi": ("onderzoek onder experts", "study among experts"),
        "own_judgement": ("eigen inschatting", "own judgement"),
        "secondary": ("andere bron", "secondary source"),
    },
    "teaches": {
        "evidence": ("te weinig bewijs", "thin evidence"),
        "body": ("het verkeerde orgaan", "the wrong body"),
    },
    "territory": {
        "here": ("hier", "here"),
        "in_region": ("in de regio", "in the region"),
        "outside_region": ("buiten de regio", "outside the region"),
    },
    "topic": {
        "hours": ("werktijden", "hours"),
        "house": ("wonen", "house"),
        "online": ("online", "online"),
        "papers": ("papieren", "papers"),
        "pay": ("loon", "pay"),
        "safety": ("veiligheid", "safety"),
        "telling": ("vertellen", "telling"),
    },
    "shape": {
        "one": ("één blad", "one sheet"),
        "rows": ("zoveel als nodig", "as many as needed"),
        "dated": ("met een dag, nieuwste boven", "with a day, newest first"),
        "areas": ("een antwoord per levensgebied", "an answer per life area"),
    },
    "track": {"person": ("persoon", "person"), "place": ("plaats", "place"), "both": ("allebei", "both")},
    "unit": {
        "at_once": ("meteen", "at once"),
        "same_day": ("dezelfde dag", "the same day"),
        "working_hours": ("werkuren", "working hours"),
        "working_days": ("werkdagen", "working days"),
        "days": ("dagen", "days"),
    },
    "urgency": {"now": ("nu", "now"), "today": ("vandaag", "today"), "days": ("binnen dagen", "within days")},
    "usable_by": {
        "municipality": ("gemeente", "municipality"),
        "care": ("zorg", "care"),
        "police": ("politie", "police"),
        "partnership": ("samenwerkingsverband", "partnership"),
    },
    "used_by": {"focal_point": ("aandachtsfunctionaris", "focal point")},
    "verb": {
        "refer": ("doorzetten", "refer"),
        "bring_in": ("inbrengen", "bring in"),
        "ask": ("vragen", "ask"),
        "transfer": ("overdragen", "transfer"),
        "hold": ("wachten", "hold"),
        "pass_on": ("doorgeven", "pass on"),
        "call": ("bellen", "call"),
        "consult": ("over de plek vragen", "ask about the place"),
        "assign": ("toewijzen", "assign"),
        "propose": ("voorstellen", "propose"),
        "do": ("zelf doen", "do oneself"),
    },
    "who": {
        "professional": ("professional", "professional"),
        "focal_point": ("aandachtsfunctionaris", "focal point"),
        "coordinator": ("zorgcoördinator", "care coordinator"),
        "supporting": ("ondersteuning", "support work"),
    },
}
_LIKE = {
    "strength_minor": "strength",
    "kinds": "kind",
    "step": "urgency",
    "verbs": "verb",
}


def choice_name(field: str, value: str) -> Text | None:
    """Return how people call a value of a field, or None when it has no name of its own."""
    found = _OF_FIELD.get(_LIKE.get(field, field), {}).get(value) or _YES_NO.get(value)
    return Text({"nl": found[0], "en": found[1]}) if found else None
