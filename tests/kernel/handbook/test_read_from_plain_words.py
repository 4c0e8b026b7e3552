"""What is told in plain words is read, and five sentences like it that say no such thing are not."""

import pytest
from tests.packs import den_haag

from sluitend.kernel.handbook.reading import propose

SAID = (
    ("Ze liggen met z'n achten in stacaravans op een oude camping.", "place_kind", "yard"),
    ("De plukkers slapen op een camping buiten het dorp.", "place_kind", "yard"),
    ("Zij wonen in chalets op een recreatiepark, met de hele ploeg.", "place_kind", "yard"),
    ("Er liggen tien man op een minicamping.", "place_kind", "yard"),
    ("De arbeiders zijn ondergebracht op een recreatiepark.", "place_kind", "yard"),
    ("Toen wij aanbelden, trok hij de deur dicht.", "access", "refused"),
    ("De inspecteur stond er, maar zij deed de deur dicht.", "access", "refused"),
    ("De eigenaar sloeg bij de controle de deur dicht.", "access", "refused"),
    ("Hij draaide de deur dicht toen de wijkagent kwam.", "access", "refused"),
    ("De toezichthouder zag dat hij de deur dicht gooide.", "access", "refused"),
    ("Hij sneed zijn vinger half af en stond de volgende dag weer aan de band.", "accident", "yes"),
    ("In het slachthuis hakte hij zijn duim half af.", "accident", "yes"),
    ("Zij zaagde haar hand half af, en de baas zei niets.", "accident", "yes"),
    ("Op de bouw zaagde hij zijn teen eraf.", "accident", "yes"),
    ("Hij sneed in de keuken zijn vinger er half af.", "accident", "yes"),
    ("Er ligt een man met een ontstoken snee in zijn zij.", "doctor", "yes"),
    ("Hij mist een nier.", "doctor", "yes"),
    ("Hij had een doek om zijn bebloede hoofd.", "doctor", "yes"),
    ("De kleinste hoest en gloeit.", "doctor", "yes"),
    ("Hij sneed zijn vinger half af.", "doctor", "yes"),
    ("Vorige week was dat veertig euro voor zes dagen.", "pay", "serious"),
    ("Hij kreeg 30 euro voor een hele week.", "pay", "serious"),
    ("Zij vouwt tot laat dozen in hun zaak, zonder een cent.", "pay", "serious"),
    ("Zonder een cent poetst zij het hele huis.", "pay", "serious"),
    ("Hij sjouwt de hele dag zonder een euro.", "pay", "serious"),
    ("Zij zijn van een bemiddelingsclub.", "chain", "yes"),
    ("Hij stuurt filmpjes naar haar ouders als zij ermee kapt.", "images", "yes"),
    ("Als ze weggaat, stuurt hij de foto's naar haar familie.", "images", "yes"),
    ("Anders stuurt hij het filmpje naar zijn vader.", "images", "yes"),
    ("Hij heeft mijn nummer en weet waar mijn wagen staat.", "reporter_risk", "known"),
    ("De eigenaar weet waar mijn auto staat.", "reporter_risk", "known"),
    ("De box is van een bewoner die meer huurt en mij goed kent.", "reporter_risk", "known"),
    ("Ze wil bij hem weg maar geen politie.", "may_know", "care"),
    ("Hij durft niet met de recherche te praten.", "may_know", "care"),
    ("Ik mag het aan niemand zeggen behalve aan iemand die helpt.", "may_know", "care"),
    ("Ze wil bij hem weg.", "wish", "yes"),
    ("Een vriend houdt zijn bankpas.", "kept", "yes"),
    ("De man doet voor hem het woord en heeft zijn paspoort in de binnenzak.", "kept", "yes"),
    ("Zijn oom bewaart haar pinpas.", "kept", "yes"),
    ("Er zit steeds een man aan zijn bed.", "contact", "unsafe"),
    ("Hij blijft de hele dag op haar kamer.", "contact", "unsafe"),
    ("Zondagmiddag spreek ik hem weer bij de bushalte.", "returns", "yes"),
    ("Vrijdag om elf uur rijd ik haar weer.", "returns", "yes"),
    ("Morgenochtend om acht uur haal ik hem weer op.", "returns", "yes"),
    ("De les is het enige uur dat haar schoonzus haar alleen laat.", "returns", "yes"),
    ("Elke zondag komt een man de bekers natellen.", "comes", "yes"),
    ("Hij rijdt hem elke eerste van de maand naar de bank.", "comes", "yes"),
    ("Niet zeggen, hij komt om elf uur.", "comes", "yes"),
    ("Anders komt die bij zijn begeleidster thuis langs.", "threat_other", "yes"),
    ("Of hij staat bij haar vriendin op de stoep.", "threat_other", "yes"),
    ("Hij kan slecht lezen, en slecht kan hij ook schrijven.", "plain_words", "yes"),
    ("Een cliënt die laaggeletterd is.", "plain_words", "yes"),
    ("Onze afdeling Inkomen wil vrijdag zijn uitkering intrekken.", "about_to", "letter"),
    ("Het kerkbestuur wil hun vragen te vertrekken.", "about_to", "end_home"),
    ("Mijn baas wil dinsdag alle sloten laten vervangen.", "about_to", "close"),
    ("Aan de buitenkant hing een hangslot en ik hoorde hoesten.", "danger", "soon"),
    ("Een bewoner die nog zes boxen huurt.", "organised", "places"),
    ("Een meisje van misschien zestien, misschien twintig.", "minor", "perhaps"),
    ("Zij hebben een ticket voor haar.", "leaves", "abroad"),
    ("Als zij klaagt, zeggen ze dat zij op het vliegtuig gaat.", "leaves", "abroad"),
    ("Hun oudste jongen blijft bij die man tot het rond is.", "child_held", "yes"),
)

NOT_SAID = (
    # Sleeping outside as a threat is no bed that is gone.
    ("Wie ziek is, slaapt buiten.", "tonight"),
    ("Wie niet betaalt, slaapt buiten, zei de baas.", "tonight"),
    ("Wie klaagt, slaapt op straat.", "tonight"),
    ("Werk door, anders slaap je buiten.", "tonight"),
    ("Wie te laat is, slaapt vannacht buiten.", "tonight"),
    # Who takes somebody away says nothing of what that person wants.
    ("De man wil hem morgenochtend meenemen.", "wish"),
    ("Zijn begeleider wil hem meenemen.", "wish"),
    ("Die mannen willen haar meenemen.", "wish"),
    ("Haar broer wilde haar vanavond meenemen.", "wish"),
    ("Hij wil haar ophalen na het werk.", "wish"),
    # Nobody with a task stood at the door.
    ("Hij zei niets en trok de deur dicht.", "access"),
    ("De jongen deed de deur dicht en ging slapen.", "access"),
    ("Zij gooide de deur dicht en liep weg.", "access"),
    ("Iemand sloeg een deur dicht.", "access"),
    ("De man draaide de deur dicht met een sleutel.", "access"),
    ("Wij zagen dat hij de deur achter zich dicht trok.", "access"),
    # An age and a home with help say nothing of a place with people.
    ("Ik heb een cliënt, een man van zesendertig die begeleid woont.", "people"),
    ("Een man van tweeënveertig schreef ons.", "people"),
    ("Een vrouw van vijfendertig schreef ons.", "people"),
    ("Een man van veertig belde.", "people"),
    ("De cliënt woont begeleid en kan niet lezen.", "people"),
    # A court or an invitation is no carrying off.
    ("Over negen dagen moet hij voorkomen.", "danger"),
    ("Vrijdag moet zij voor de rechter komen.", "danger"),
    ("Hij moet maandag naar de rechtbank.", "danger"),
    ("Binnen een week moet zij op zitting.", "danger"),
    ("Zijn maat komt bij zijn begeleidster langs.", "danger"),
    # No accident at work.
    ("Hij sneed het brood half af in de keuken.", "accident"),
    ("De kapper sneed haar haar half af.", "accident"),
    ("Hij zaagde een tak half af.", "accident"),
    ("Hij sneed thuis zijn vinger half af.", "accident"),
    ("Op het werk hakte hij hout.", "accident"),
    ("Hij sneed de taart open.", "doctor"),
    ("Een snee brood in zijn hand.", "doctor"),
    ("Hij mist een afspraak.", "doctor"),
    ("De oudste lacht en zingt.", "doctor"),
    ("Het kind speelt en lacht.", "doctor"),
    ("De buurman hoest vaak.", "doctor"),
    # No wage.
    ("Wij betaalden veertig euro voor zes dagen kamperen.", "pay"),
    ("Dertig euro voor een week parkeren.", "pay"),
    ("Het abonnement is twintig euro voor een maand.", "pay"),
    ("Hij liep zonder een cent op zak naar huis.", "pay"),
    ("Het hotel kost tachtig euro voor twee weken.", "pay"),
    ("Een leesclub met acht mensen.", "chain"),
    ("Zij stuurt foto's naar haar ouders als ze vrij is.", "images"),
    ("Ik stuur een filmpje naar mijn ouders als ik tijd heb.", "images"),
    ("Wij sturen de foto's naar haar school.", "images"),
    ("De foto's gaan naar haar werk.", "images"),
    ("Ze stuurt filmpjes naar haar familie als zij jarig is.", "images"),
    # Nobody who profits knows the reporter.
    ("Ik weet waar mijn auto staat.", "reporter_risk"),
    ("De buurvrouw kent mij goed.", "reporter_risk"),
    ("Hij heeft een nummer en weet de weg.", "reporter_risk"),
    ("De huisarts heeft mijn nummer.", "reporter_risk"),
    ("Een collega kent mij goed.", "reporter_risk"),
    # Nobody said who may know.
    ("Zij wil weg uit de stad.", "may_know"),
    ("Er is geen politie geweest.", "may_know"),
    ("Niemand was er behalve de hond.", "may_know"),
    ("Hij wil met de politie praten.", "may_know"),
    ("Alleen de buurvrouw was thuis.", "may_know"),
    # Nobody keeps anything.
    ("Mijn vriend heeft zijn bankpas verloren.", "kept"),
    ("Zijn broer heeft haar bankpas gevonden.", "kept"),
    ("Een kennis heeft zijn paspoort aangevraagd.", "kept"),
    ("De buurman heeft een bankpas.", "kept"),
    ("Een oom heeft zijn rijbewijs gehaald.", "kept"),
    ("Er staat een stoel aan zijn bed.", "contact"),
    ("De arts komt aan haar bed.", "contact"),
    ("Hij zit aan tafel.", "contact"),
    ("Zijn vrouw kwam op zijn kamer.", "contact"),
    ("Op haar kamer staat een televisie.", "contact"),
    # No moment on which somebody is there again.
    ("Vrijdag rijd ik naar huis.", "returns"),
    ("Morgen haal ik brood.", "returns"),
    ("Ik zag haar maandag weer lachen.", "returns"),
    ("Dinsdag spreek ik mijn baas.", "returns"),
    ("Het enige uur dat ik vrij ben, is dinsdag.", "returns"),
    ("Elke zondag komt de priester.", "comes"),
    ("Hij rijdt elke maand naar de bank.", "comes"),
    ("Hij komt om elf uur thuis.", "comes"),
    ("Elke week leegt hij zijn brievenbus.", "comes"),
    ("De monteur komt om elf uur.", "comes"),
    ("Zijn begeleidster komt bij hem thuis langs.", "threat_other"),
    ("Hij komt bij zijn vriendin thuis.", "threat_other"),
    ("Zij gaat bij haar collega langs.", "threat_other"),
    ("Een vriend staat bij zijn vriend op de stoep.", "threat_other"),
    ("Wij gaan bij haar vriendin langs.", "threat_other"),
    ("De brief was slecht te lezen.", "plain_words"),
    ("Het kenteken kon ik slecht lezen.", "plain_words"),
    ("Hij schrijft boeken.", "plain_words"),
    ("Zij leest graag.", "plain_words"),
    ("Het is moeilijk te zien.", "plain_words"),
    # Nobody is about to do something.
    ("Zijn uitkering is vorig jaar gestopt.", "about_to"),
    ("De sloten zijn vorig jaar vervangen.", "about_to"),
    ("Het bestuur wil een nieuw dak.", "about_to"),
    ("Wij vragen of iemand wil helpen.", "about_to"),
    ("Ik wil mijn slot laten vervangen na de inbraak.", "about_to"),
    ("Aan de buitenkant hangt een slot.", "danger"),
    ("Ik hoorde hoesten in de gang.", "danger"),
    ("Van buiten zie je een hek.", "danger"),
    ("Het hangslot ligt op tafel.", "danger"),
    ("De fiets staat met een ketting aan de buitenkant.", "danger"),
    ("Hij huurt een box.", "organised"),
    ("Wij hebben zes boxen te huur.", "organised"),
    ("Er staan nog zes dozen.", "organised"),
    ("De bewoner huurt een garage.", "organised"),
    ("De corporatie heeft boxen.", "organised"),
    ("Misschien zestien dozen.", "minor"),
    ("Er zijn misschien vijftien mannen.", "minor"),
    ("Ongeveer zestien uur per dag.", "minor"),
    ("Hooguit 17 euro.", "minor"),
    ("Een jaar of dertig oud.", "minor"),
    ("Zij hebben tickets voor een concert.", "leaves"),
    ("Hij heeft een kaartje voor de trein.", "leaves"),
    ("Ze hebben een ticket voor het museum.", "leaves"),
    ("Wij zagen een vliegtuig.", "leaves"),
    ("Zij zegt dat zij nooit vliegt.", "leaves"),
    ("Hun oudste zit op school.", "child_held"),
    ("Hun jongste slaapt bij oma.", "child_held"),
    ("Haar oudste woont bij zijn vader.", "child_held"),
    ("Hun oudste jongen gaat naar voetbal.", "child_held"),
    ("Hun meisje speelt bij de buren.", "child_held"),
)


@pytest.mark.parametrize(("words", "fact", "value"), SAID)
def test_it_is_heard(words: str, fact: str, value: str) -> None:
    heard = propose([words], [], den_haag()).get(fact)
    assert heard is not None
    assert value in heard.values


@pytest.mark.parametrize(("words", "fact"), NOT_SAID)
def test_it_says_no_such_thing(words: str, fact: str) -> None:
    assert fact not in propose([words], [], den_haag())


def test_a_campsite_where_people_sleep_is_no_hotel() -> None:
    heard = propose(["Ze liggen met z'n achten in stacaravans op een camping."], [], den_haag())
    assert heard["place_kind"].values == ("yard",)


@pytest.mark.parametrize(
    "words",
    [
        "De camping heeft een gast die elke avond mannen ontvangt.",
        "Op de camping staan busjes.",
        "De camping is vorig jaar verkocht.",
        "Langs de weg staat een bord van een camping.",
        "Op het vakantiepark huurt een man steeds een huisje.",
    ],
)
def test_a_campsite_where_nobody_is_said_to_live_stays_a_park(words: str) -> None:
    assert propose([words], [], den_haag())["place_kind"].values == ("hotel",)


def test_a_holiday_says_nothing_of_a_place() -> None:
    assert "place_kind" not in propose(["Hij kampeert een weekend op een camping."], [], den_haag())
