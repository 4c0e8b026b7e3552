"""The terms of a pack as SKOS: they parse, keep the Dutch profile and say no more than the pack."""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import FOAF
from tests.kernel.handbook.making import raw_entries
from tests.packs import FOLDER

from sluitend.exports.skos import LISTS, as_skos, base_of
from sluitend.kernel.handbook.checks import check_pack, references_in
from sluitend.kernel.handbook.entries import Entries, Entry, Review, Text
from sluitend.kernel.handbook.loading import file_of, kind_of, load_pack, read_entry
from sluitend.kernel.handbook.pack import Pack, PackDescription

BASE = "https://regio.example/begrippen/"
HERE = Namespace(BASE)
ADMS = Namespace("http://www.w3.org/ns/adms#")
EXAMPLE = FOLDER.parent / "voorbeeld"
SHAPES = Path(__file__).with_name("nl_sbb.ttl")


@cache
def loaded(folder: Path) -> Pack:
    """Return the pack in a folder, read once."""
    return load_pack(folder)


def graph_of(pack: Pack, keeps: Callable[[Entry], bool] = lambda entry: True) -> Graph:
    """Return the terms as any other program reads them."""
    return Graph().parse(data=as_skos(pack, base=BASE, keeps=keeps), format="json-ld")


@cache
def whole(folder: Path = FOLDER) -> Graph:
    """Return all terms of the pack in a folder."""
    return graph_of(loaded(folder))


def iri(part: str, entry_id: str) -> URIRef:
    """Return the IRI of an entry."""
    return HERE[f"{part}/{entry_id}"]


def words(graph: Graph, subject: URIRef, predicate: URIRef) -> dict[str | None, list[str]]:
    """Return the words of a property by language."""
    found: dict[str | None, list[str]] = {}
    for value in graph.objects(subject, predicate):
        assert isinstance(value, Literal)
        found.setdefault(value.language, []).append(str(value))
    return found


def faults(graph: Graph) -> str:
    """Return what the shapes say is wrong, or nothing."""
    conforms, _graph, report = validate(graph, shacl_graph=Graph().parse(SHAPES))
    return "" if conforms else report


def with_entries(pack: Pack, part: str, *entries: Entry) -> Pack:
    """Return the pack with these entries in a list, each in the place of the one with its id."""
    old: Entries[Entry] = getattr(pack, part)
    new = {entry.id: entry for entry in (*old, *entries)}
    return pack.model_copy(update={part: type(old).model_construct(tuple(new.values()))})


@pytest.mark.parametrize("folder", [FOLDER, EXAMPLE], ids=lambda folder: folder.name)
def test_the_terms_of_a_pack_keep_the_profile(folder: Path) -> None:
    assert faults(whole(folder)) == ""


@pytest.mark.parametrize("folder", [FOLDER, EXAMPLE], ids=lambda folder: folder.name)
def test_every_entry_of_a_list_is_a_concept_in_dutch_and_english(folder: Path) -> None:
    pack, graph = loaded(folder), whole(folder)
    entries = [(part, entry) for part in LISTS for entry in getattr(pack, part)]
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == {iri(part, entry.id) for part, entry in entries}
    for part, entry in entries:
        here = iri(part, entry.id)
        assert set(words(graph, here, SKOS.prefLabel)) == {"nl", "en"}
        assert set(words(graph, here, SKOS.definition)) == {"nl", "en"}
        assert set(graph.objects(here, SKOS.inScheme)) == {HERE[part]}
        assert set(graph.objects(here, SKOS.notation)) == {Literal(entry.id)}


@pytest.mark.parametrize("folder", [FOLDER, EXAMPLE], ids=lambda folder: folder.name)
def test_a_definition_tells_an_entry_from_the_others_of_its_list(folder: Path) -> None:
    graph = whole(folder)
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        said = [
            definition
            for concept in graph.subjects(SKOS.inScheme, scheme)
            for definition in graph.objects(concept, SKOS.definition)
        ]
        assert len(said) == len(set(said)), scheme


SPOILED: dict[str, Callable[[Graph, URIRef], object]] = {
    "no definition": lambda graph, here: graph.remove((here, SKOS.definition, None)),
    "no name": lambda graph, here: graph.remove((here, SKOS.prefLabel, None)),
    "words without a language": lambda graph, here: graph.add((here, SKOS.scopeNote, Literal("woorden"))),
    "two names in a language": lambda graph, here: graph.add((here, SKOS.prefLabel, Literal("x", "nl"))),
    "no scheme": lambda graph, here: graph.remove((here, SKOS.inScheme, None)),
    "two schemes": lambda graph, here: graph.add((here, SKOS.inScheme, HERE["roles"])),
    "no source": lambda graph, here: graph.remove((here, DCTERMS.source, None)),
    "no code": lambda graph, here: graph.remove((here, SKOS.notation, None)),
    "a code twice": lambda graph, here: graph.set((here, SKOS.notation, Literal("ALG-02"))),
    "related to nothing": lambda graph, here: graph.add((here, SKOS.related, HERE["weg"])),
    "related one way": lambda graph, here: graph.add((here, SKOS.related, iri("partners", "riec"))),
    "something broader": lambda graph, here: graph.add((here, SKOS.broader, iri("indicators", "ALG-02"))),
    "matched to a concept": lambda graph, here: graph.add((here, SKOS.exactMatch, iri("roles", "rni"))),
    "also a scheme": lambda graph, here: graph.add((here, RDF.type, SKOS.ConceptScheme)),
    "a scheme without title": lambda graph, here: graph.remove((HERE["indicators"], DCTERMS.title, None)),
    "not at the top": lambda graph, here: graph.remove((HERE["indicators"], SKOS.hasTopConcept, here)),
}


@pytest.fixture(scope="module")
def few() -> Graph:
    """A part of the terms, so that looking at all of it is quick."""
    kept = {"ALG-01", "ALG-02", "arbeidsuitbuiting", "brp", "rni", "riec", "documenten"}
    return graph_of(loaded(FOLDER), lambda entry: entry.id in kept or entry.id == "delphi" or "." in entry.id)


@pytest.mark.parametrize("how", SPOILED)
def test_the_shapes_see_what_is_wrong(how: str, few: Graph) -> None:
    graph = Graph() + few
    SPOILED[how](graph, iri("indicators", "ALG-01"))
    assert faults(graph)


def test_a_link_is_a_reference_of_the_pack_and_every_reference_is_a_link() -> None:
    pack, graph = loaded(FOLDER), whole()
    stated = set()
    for part in LISTS:
        for entry in getattr(pack, part):
            for _, refers, target in references_in(entry):
                if refers.kind in LISTS and target not in refers.also:
                    pair = (iri(part, entry.id), iri(refers.kind, target))
                    stated |= {pair, pair[::-1]}
    assert set(graph.subject_objects(SKOS.related)) == stated
    assert (iri("sectors", "glastuinbouw"), iri("partners", "fairwork")) in stated
    # All forms is no form.
    assert not set(graph.objects(iri("indicators", "ALG-01"), SKOS.related)) & {
        iri("forms", form) for form in pack.forms.ids
    }
    assert not set(graph.subject_objects(SKOS.broader))


def test_a_group_is_linked_to_no_indicator_and_says_what_it_is_not_for() -> None:
    graph = whole()
    comment = words(graph, HERE["risk_groups"], URIRef("http://www.w3.org/2000/01/rdf-schema#comment"))
    assert "Schrijf een groep nooit bij een persoon op." in comment["nl"][0]
    groups = set(graph.subjects(SKOS.inScheme, HERE["risk_groups"]))
    near = {other for group in groups for other in graph.objects(group, SKOS.related)}
    assert near
    assert not near & set(graph.subjects(SKOS.inScheme, HERE["indicators"]))


def test_an_entry_matches_the_code_of_the_standard_and_a_partner_is_one_of_what_it_stands_for() -> None:
    pack, graph = loaded(FOLDER), whole()
    forced = iri("codes", "type_of_exploitation.ForcedLabour")
    assert set(graph.objects(iri("forms", "arbeidsuitbuiting"), SKOS.exactMatch)) == {forced}
    assert words(graph, forced, SKOS.prefLabel) == {
        "en": [pack.codes["type_of_exploitation.ForcedLabour"].label]
    }
    assert set(graph.objects(forced, SKOS.notation)) == {Literal("ForcedLabour")}
    assert set(graph.objects(forced, DCTERMS.source)) == {iri("references", "htcds")}
    ngos = set(graph.subjects(SKOS.broadMatch, iri("codes", "organisation_type.NGO")))
    assert ngos == {
        iri("partners", one.id) for one in pack.partners if "organisation_type.NGO" in one.exact_match
    }
    assert len(ngos) > 1
    matched = {
        (iri(part, entry.id), iri("codes", code))
        for part in LISTS
        for entry in getattr(pack, part)
        for code in entry.exact_match
    }
    assert {*graph.subject_objects(SKOS.exactMatch), *graph.subject_objects(SKOS.broadMatch)} == matched


def test_what_the_standard_ended_is_never_written() -> None:
    pack = loaded(FOLDER)
    ended = next(code for code in pack.codes if code.status == "deprecated")
    form = pack.forms["arbeidsuitbuiting"].model_copy(update={"exact_match": (ended.id,)})
    graph = graph_of(with_entries(pack, "forms", form))
    assert not set(graph.objects(iri("forms", form.id), SKOS.exactMatch))
    assert not set(graph.predicate_objects(iri("codes", ended.id)))


def test_what_is_not_confirmed_says_so() -> None:
    pack, graph = loaded(FOLDER), whole()
    unconfirmed = {
        iri(part, entry.id) for part in LISTS for entry in getattr(pack, part) if not entry.confirmed
    }
    assert unconfirmed
    assert set(graph.subjects(ADMS.status)) == unconfirmed
    assert set(graph.subjects(SKOS.editorialNote, Literal("Niet bevestigd.", "nl"))) == unconfirmed


def test_what_is_left_out_is_linked_to_by_nothing() -> None:
    pack = loaded(FOLDER)
    graph = graph_of(pack, lambda entry: entry.confirmed)
    assert not set(graph.subjects(ADMS.status))
    left_out = {iri(part, one.id) for part in LISTS for one in getattr(pack, part) if not one.confirmed}
    assert not left_out & set(graph.all_nodes())
    assert faults(graph) == ""


def test_a_list_of_which_nothing_is_left_is_no_scheme() -> None:
    graph = graph_of(loaded(FOLDER), lambda entry: entry.id not in loaded(FOLDER).roles.ids)
    assert HERE["roles"] not in set(graph.all_nodes())
    assert HERE["forms"] in set(graph.subjects(RDF.type, SKOS.ConceptScheme))


def test_another_language_stands_there_only_when_a_person_read_it() -> None:
    pack = loaded(FOLDER)
    label = Text(
        {"nl": "Uitbuiting in werk", "en": "Labour exploitation", "pl": "Wyzysk", "ro": "Exploatare"}
    )
    read = Review(language="pl", by="Een tolk", on=date(2026, 11, 1))
    form = pack.forms["arbeidsuitbuiting"].model_copy(update={"label": label, "reviewed": (read,)})
    graph = graph_of(with_entries(pack, "forms", form))
    assert words(graph, iri("forms", form.id), SKOS.prefLabel) == {
        "nl": ["Uitbuiting in werk"],
        "en": ["Labour exploitation"],
        "pl": ["Wyzysk"],
    }


def test_an_indicator_comes_with_its_innocent_explanation() -> None:
    note = words(whole(), iri("indicators", "ALG-01"), SKOS.scopeNote)
    innocent = loaded(FOLDER).indicators["ALG-01"].innocent
    assert innocent is not None
    assert note == {
        "nl": [f"Kan ook: {innocent.nl}"],
        "en": [f"May also be: {innocent.in_language('en')}"],
    }


def test_a_heading_is_a_collection_of_what_stands_under_it() -> None:
    pack, graph = loaded(FOLDER), whole()
    assert set(graph.objects(iri("categories", "documenten"), SKOS.member)) == {
        iri("indicators", one.id) for one in pack.indicators if one.category == "documenten"
    }


def test_other_names_of_a_partner_are_names_and_its_own_name_is_not_among_them() -> None:
    pack = loaded(FOLDER)
    partner = next(one for one in pack.partners if one.aliases)
    named = partner.model_copy(update={"aliases": (partner.label.nl, "Oude naam")})
    graph = graph_of(with_entries(pack, "partners", named))
    assert words(graph, iri("partners", partner.id), SKOS.altLabel) == {"nl": ["Oude naam"]}


def test_the_days_between_which_an_entry_holds_are_told() -> None:
    pack = loaded(FOLDER)
    ending = pack.forms["arbeidsuitbuiting"].model_copy(update={"valid_until": date(2027, 1, 1)})
    graph = graph_of(with_entries(pack, "forms", ending))
    assert set(graph.objects(iri("forms", ending.id), DCTERMS.valid)) == {Literal("../2027-01-01")}


def test_an_address_that_is_none_does_not_spoil_the_document() -> None:
    pack = loaded(FOLDER)
    paper = pack.references["seed"].model_copy(update={"address": "https://x.example/een adres <hier>"})
    graph = graph_of(with_entries(pack, "references", paper))
    here = iri("references", "seed")
    assert (here, RDF.type, FOAF.Document) in graph
    assert not set(graph.objects(here, FOAF.page))
    assert set(graph.objects(iri("references", "htcds"), FOAF.page))


def test_iris_begin_with_what_the_pack_says_else_with_the_address_of_the_installation(settings: Any) -> None:
    pack = loaded(EXAMPLE)
    settings.SLUITEND_ADDRESS, settings.SLUITEND_PUBLIC_ADDRESS = "https://werk.example/", ""
    assert base_of(pack) == "https://werk.example/handboek/begrippen.jsonld#"
    settings.SLUITEND_PUBLIC_ADDRESS = "https://meldpunt.example"
    assert base_of(pack) == "https://meldpunt.example/handboek/begrippen.jsonld#"
    named = pack.description.model_copy(update={"terms_base": BASE})
    assert base_of(pack.model_copy(update={"description": named})) == BASE


@pytest.mark.parametrize(
    "base", ["begrippen/", "https://x.example/begrippen", "ftp://x.example/", "https://x.example/a b/", ""]
)
def test_a_pack_says_no_beginning_that_makes_no_iris(base: str) -> None:
    description = loaded(EXAMPLE).description.model_dump(mode="json") | {"terms_base": base}
    with pytest.raises(ValueError, match="terms_base"):
        PackDescription.model_validate_json(json.dumps(description))


MADE = ("categories", "headings", "stages", "codes", *LISTS)
FEW = settings(
    max_examples=12,  # each makes, writes and reads a whole pack
    suppress_health_check=list(HealthCheck),
    phases=set(Phase) - {Phase.explain},
)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Return a pack that is right, with entries that nobody thought of in some of its lists."""
    pack = loaded(FOLDER)
    for part in draw(st.lists(st.sampled_from(MADE), min_size=1, max_size=5)):
        stated = {"source": ["eigen"], "confirmed": draw(st.booleans())}
        raw = stated | draw(raw_entries(kind_of(part), pack))
        entry, _problems = read_entry(part, raw | ({} if raw["source"] else stated))
        assume(entry is not None)
        assert entry is not None
        matched = draw(st.lists(st.sampled_from(pack.codes.ids), max_size=2, unique=True))
        pack = with_entries(pack, part, entry.model_copy(update={"exact_match": tuple(matched)}))
    return pack


@FEW
@given(pack=packs(), kept=st.sets(st.integers(0, 9), max_size=2))
def test_the_terms_of_any_pack_keep_the_profile(pack: Pack, kept: set[int]) -> None:
    """Whatever part of it is shown: what was made, and of the region's own entries some."""
    assume(not list(check_pack(pack, broken={}, file_of=file_of)))
    own = {id(entry) for part in MADE for entry in getattr(loaded(FOLDER), part)}
    shown = {
        id(entry)
        for part in MADE
        for number, entry in enumerate(getattr(pack, part))
        if number % 10 in kept or id(entry) not in own
    } | {id(entry) for entry in pack.references}
    graph = graph_of(pack, lambda entry: id(entry) in shown)
    concepts = {iri(part, one.id) for part in LISTS for one in getattr(pack, part) if id(one) in shown}
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == concepts
    assert faults(graph) == ""
