"""Word lists about people: first names by gender, forms of address, offices, countries.

Closed, small and plain; what is not listed here is decided by the article's own words.
"""

from typing import Literal

from index.language.places import DEMONYMS

Gender = Literal["m", "f", ""]

_MEN = """aaron abdul abdullah abraham adam adrian ahmed alan albert alberto alec alejandro
aleksander aleksandr alex alexander alexandre alexei alexey alexis alfred ali allan allen alonzo
alvin amir anders andre andreas andrei andres andrew andrzej andy angelo angus anthony antoine
anton antonio archie ari arjun armand arnold arthur asif ashraf augusto austin avi barack barry
bart bashar beau ben benedict benjamin bernard bernardo bernie bill billy bob bobby boris brad
bradley brandon brendan brent brett brian bruce bruno bryan byron caleb calvin cameron carl carlos
carlo cecil cesar chad charles charlie chester chris christian christoph christophe christopher
chuck clarence claude claudio clay clayton clement cliff clifford clint clinton clive cody colin
conor constantin corey cory craig curtis cyril cyrus dale damian damien dan daniel danilo danny
darrell darren dave david davide dean declan denis dennis derek desmond devin dick didier diego
dieter dirk dmitri dmitry dominic dominique don donald doug douglas duncan dustin dwight dylan
earl ed eddie edgar eduardo edward edwin egor eli elias elijah elliot elliott elon elvis
emil emmanuel emmerson enrico enrique eric erik ernest ernesto ernst ethan eugene evan evo
fabian fabio federico felipe felix ferdinand fernando fidel filippo finn floyd francesco francis
francisco franco francois françois frank franklin franz fred freddie frederick frederik fritz
gabriel gareth garrett gary gavin gene geoff geoffrey george georges georgy gerald gerard gerardo
gerry gianni gideon gilbert giorgio giovanni giuseppe glen glenn gordon graham grant greg gregg
gregory guido guillaume guillermo gunther gus gustavo guy hamid hamza hank hans harold harry
harvey hassan hector heinz helmut henri henrik henry herbert herman hiroshi howard hubert hugh
hugo hussein ian ibrahim ignacio igor ilya imran isaac ismail ivan jack jackson jacob jacques jair
jaime jake jakob jamal james jamie jan jared jason javier jay jean jeb jeff jefferson jeffrey
jens jeremy jerome jerry jesus jim jimmy joachim joao joaquin joe joel johan johannes john
johnny jon jonas jonathan jordan jorge jose josé josef joseph josh joshua josip juan julian
julien julio julius junior jurgen justin kamal karim karl keir keith ken kenneth kenny kent
kevin khalid kim kirk klaus konstantin kurt kyle lamar lance larry lars laurence laurent lawrence
lee len leo leon leonard leonardo leonid leopoldo leroy leslie lester lev lewis liam linus lionel
lloyd logan lorenzo lou louis luc luca lucas luigi luis luiz lukas luke mahmoud malcolm manuel
marc marcel marcello marcelo marco marcos marcus mariano mario marius mark marko marshall martin
martyn marvin mateo mathias matt matteo matthew matthias maurice mauricio mauro max maxim maxime
maximilian mehmet mel michael michel micheal miguel mikhail mike milan miles milos mitch mitt
mohamed mohammad mohammed moises moritz morris moshe muhammad mustafa narendra nathan nathaniel
neil nelson nestor nicholas nick nicky nicola nicolas nicolás nigel nikita nikola nikolai nikolay
noah noel norbert norman oleg oliver olivier omar orlando oscar osama otto owen pablo pascal
patricio patrick paul paulo pavel pedro pervez peter petr petro phil philip philippe phillip
pierre piotr rafael rafael rajiv ralph ramon ramón randall randy raphael rashid raul raúl ravi ray
raymond recep reginald reinhard rene rex reza ricardo riccardo richard rick ricky rob robert
roberto robin rod roderick rodney rodrigo roger roland rolf roman ron ronald ronnie ross roy
ruben rudolf rudy rupert russell ryan sajid salman salvador salvatore sam samir samuel sanjay
santiago scott sean sebastian sergei sergey sergio seth shane shaun shawn shinzo sid sidney silvio
simon spencer stan stanislav stanley stefan stephan stephane stephen steve steven stewart stuart
sven sylvester tariq taylor ted tedros terence terrence terry theo theodore theresa thierry
thomas tim timothy toby todd tom tomas tommy tony travis trevor tristan troy tyler ulrich umberto
vernon viktor victor vince vincent vinnie vitali vitaly vlad vladimir volodymyr wade wallace
walter warren wayne wendell werner wilbur wilfred wilhelm will willem william willie wolfgang
xavier xi yannick yevgeny yitzhak yuri yusuf yves zachary zack zoran"""
_WOMEN = """abigail ada adele adriana agnes aisha alana alexandra alexandria alice alicia alina
alison allison alyssa amal amanda amber amelia amina amy ana anastasia andrea angela angelica
angelina angie anita ann anna annabel anne annegret annette annie antonia april ariana arlene
ashley asma astrid audrey ava barbara bea beatrice beatriz becky belinda benazir bernadette
bernice beth bethany betsy betty beverly bianca bonnie brenda bridget brigitte brittany brooke
camila camilla candace carla carly carmen carol carole carolina caroline carolyn carrie
cassandra catalina caterina catherine cathy cecilia celia celine charlene charlotte chelsea
cheryl christina christine cindy claire clara clarissa claudia colleen condoleezza connie
constance corinne courtney cristina crystal cynthia daisy dana daniela danielle daphne darlene
dawn deanna debbie deborah debra delia denise diana diane dianne dilma dina dolores donna dora
doreen doris dorothy edith edna eileen elaine eleanor elena elisa elisabeth elise elizabeth ella
ellen elsa emilia emily emma erica erika erin esther ethel eva eve evelyn faith fatima federica
felicia fiona flora florence frances francesca francoise gabriela gabrielle gail gemma geraldine
gertrude gina giorgia giulia gladys glenda gloria grace greta gretchen gwen haley hannah harriet
hazel heather heidi helen helena helene hillary hilary holly hope huma ida ilhan imelda ines
ingrid irene irina iris irma isabel isabella isabelle ivanka ivy jacinda jackie jacqueline jana
jane janet janice jasmine jeanette jeanne jenna jennifer jenny jessica jill joan joanna joanne
jocelyn jodie johanna josephine joy joyce juanita judith judy julia juliana julie juliet june
kaitlyn kamala karen karin karla kate katharine katherine kathleen kathryn kathy katie katrina
kay kayla kelly kellyanne kerry kimberly kirsten kirstjen kristen kristin kristina lana lara
latoya laura lauren laurie leah leila lena leslie letitia lidia lila lillian lily linda lindsay
lindsey lisa liz lois loretta lori lorraine louise lucia lucille lucy lydia lynn mabel madeleine
madison maggie malala malia mandy manuela mara marcia margaret margarita margot marguerite maria
maría mariana marianne marie marilyn marina marine marion marissa marjorie marlene marsha martha
martina mary matilda maureen maxine may megan meghan melania melanie melinda melissa mercedes
meredith mette michaela michele michelle mildred miranda miriam molly mona monica monique
muriel myra nadia nadine nancy naomi natalia natalie natasha nellie nicola nicole nikki nina
noelle nora norma octavia olga olivia oprah paige pam pamela patricia patty paula pauline pearl
peggy penelope penny petra phoebe phyllis pia polly priscilla priti priya rachel ramona raquel
rebecca regina renata renee rhonda rita roberta rosa rosalind rosalie rose rosemary rosie roxanne
ruby ruth sabrina sadie sally samantha sandra sandy sanna sara sarah sasha selena serena shannon
sharon sheila shelley sherry sheryl shirley silvia simone sofia sonia sonya sophia sophie stacey
stacy stella stephanie sue susan susana susanne suzanne svetlana sylvia tamara tammy tania tanya
tara tatiana tawakkol teresa tessa thelma theresa tiffany tina tracey tracy tulsi ursula valentina
valerie vanessa vera veronica vicky victoria viola violet virginia vivian wanda wendy whitney
whoopi winona yasmin yolanda yvette yvonne zoe"""

_BOTH = frozenset(_MEN.split()) & frozenset(_WOMEN.split())
MEN = frozenset(_MEN.split()) - _BOTH
WOMEN = frozenset(_WOMEN.split()) - _BOTH
FIRST_NAMES = MEN | WOMEN | _BOTH | frozenset("casey jessie morgan robin alexis kim pat".split())

HONORIFICS: dict[str, Gender] = {
    "mr": "m", "sir": "m", "lord": "m", "mister": "m", "king": "m", "prince": "m", "pope": "m",
    "father": "m", "messrs": "m", "monsieur": "m", "imam": "m", "ayatollah": "m", "sheikh": "m",
    "mrs": "f", "ms": "f", "miss": "f", "lady": "f", "dame": "f", "queen": "f", "princess": "f",
    "sister": "f", "madame": "f", "baroness": "f", "duchess": "f", "duke": "m",
    "dr": "", "prof": "", "rev": "", "hon": "", "st": "", "reverend": "",
}  # fmt: skip
# Stay with a single name: "Pope Francis", "Queen Elizabeth".
REGNAL = frozenset(
    "pope king queen prince princess sheikh emperor empress sultan lord lady".split()
)
# Words in a role that tell the gender of who holds it.
GENDERED: dict[str, Gender] = {
    "spokesman": "m", "chairman": "m", "congressman": "m", "businessman": "m", "policeman": "m",
    "king": "m", "prince": "m", "actor": "m", "husband": "m", "father": "m", "son": "m",
    "brother": "m", "man": "m", "boy": "m", "uncle": "m", "grandfather": "m", "nephew": "m",
    "fisherman": "m", "fireman": "m", "pope": "m", "duke": "m", "gentleman": "m", "widower": "m",
    "spokeswoman": "f", "chairwoman": "f", "congresswoman": "f", "businesswoman": "f",
    "policewoman": "f", "queen": "f", "princess": "f", "actress": "f", "wife": "f",
    "mother": "f", "daughter": "f", "sister": "f", "woman": "f", "girl": "f", "aunt": "f",
    "grandmother": "f", "niece": "f", "duchess": "f", "widow": "f", "nun": "f",
    "assemblywoman": "f", "assemblyman": "m", "councilman": "m", "councilwoman": "f",
}  # fmt: skip

# The head of a role: what a person is said to be.
ROLES = frozenset(
    """academic activist actor actress administrator admiral adviser advisor advocate agent aide
    ambassador analyst anchor archbishop architect artist assemblyman assemblywoman
    astronaut astronomer athlete attorney author banker biologist bishop boss broadcaster brigadier
    businessman businesswoman captain candidate cardinal ceo cfo chair chairman chairperson
    chairwoman champion chancellor chef chief climatologist coach cofounder co-founder co-author
    colleague colonel columnist comedian commander commentator commissioner commandant composer
    conductor congressman congresswoman constable consul consultant contender contestant controller
    coordinator coroner correspondent councillor councilman councilwoman counsel counselor
    creator critic curator daughter dean delegate democrat deputy designer detective developer
    dictator diplomat director doctor driver duchess duke economist editor emperor engineer
    entrepreneur envoy epidemiologist executive expert eyewitness farmer father filmmaker
    firefighter founder friend gen general geologist goalkeeper governor guitarist head historian
    host husband inspector instructor inventor investigator investor journalist judge justice king
    laureate lawmaker lawyer leader legislator lieutenant linguist lobbyist magistrate major
    manager marshal mayor mep meteorologist minister mogul monarch mother mp
    musician neighbor neighbour nominee novelist nurse officer official ombudsman operative
    opponent organiser organizer owner painter parliamentarian partner pastor physicist physician
    pilot player playwright poet policeman politician pollster pope premier president priest prince
    princess principal producer professor prosecutor protester psychologist publisher queen rabbi
    ranger rapper reporter representative republican researcher resident rival scholar
    scientist secretary senator sergeant sheriff singer skipper sociologist solicitor son speaker
    specialist spokesman spokesperson spokeswoman star statesman strategist striker student
    sultan superintendent supervisor surgeon survivor teacher technician treasurer trustee
    undersecretary member veteran veterinarian vice-chair vice-chairman vice-president victim
    volunteer warden wife winner witness woman man worker writer sen rep gov lt col maj
    capt sgt cmdr adm supt insp det pres amb whip emeritus elect hopeful""".split()
)
# Offices that a place may follow before the name: "Mayor of Lyon Ann Lee".
OFFICES = frozenset(
    """ambassador archbishop bishop commissioner governor mayor minister president secretary
    speaker chancellor chief""".split()
)
# A name with one of these is a body's or a place's, not a person's.
BODIES = frozenset(
    """academy administration agency airlines airport alliance army assembly association
    authority bank board broadcasting bureau campaign center centre church city club coalition
    college commission committee company conference congress corporation corps council country
    county court daily democrats department division east embassy federation force forces
    foundation fund government group guard guardian herald highway hospital house inc
    initiative institute institution international journal kingdom kremlin league library magazine
    market media ministry movement museum national nations navy network news newspaper north office
    organisation organization pact parliament party patrol pentagon police post press program
    project radio republic republicans river road royal school senate service services society
    south square state states station street supreme survey team television times today
    treasury tribune trust tv union united university west world wikinews twitter facebook google
    reuters bbc cnn""".split()
)
PARTICLES = frozenset(
    "de da del della di du dos das van von der den la le el al bin ibn ben y ter ten af".split()
)

# States that follow a town after a comma.
_STATES = frozenset(
    """alabama alaska ala ariz arizona ark arkansas calif california colo colorado conn connecticut
    del delaware fla florida ga georgia hawaii idaho ill illinois ind indiana iowa kan kansas ky
    kentucky la louisiana maine maryland mass massachusetts md mich michigan minn minnesota miss
    mississippi missouri mont montana neb nebraska nev nevada ohio okla oklahoma ontario oregon
    pa pennsylvania quebec tenn tennessee texas tex utah va vermont virginia vt wash wis wisconsin
    wyo wyoming alberta d.c""".split()
)
# Countries and states: never a person, and no subject when they follow a town.
PLACES = _STATES | frozenset(DEMONYMS.values()) - {"un"}


_NO_ROLES = frozenset("resist assist consist insist persist checklist shortlist blacklist".split())


def is_role(word: str) -> bool:
    """Whether the word, in lower case, is what a person may be: "minister", "geologist"."""
    if word in ROLES or word.endswith(("ographer", "itician")):
        return True
    return word.endswith("ist") and len(word) > 5 and word not in _NO_ROLES
