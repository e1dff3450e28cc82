"""Words of news English that mean the same, near enough for a paraphrase.

Groups of forms that a writer may put for one another; opposites never share a group. Knows nothing
of sentences.
"""

from collections import defaultdict

from bot.drafting.checking.tokens import stem_of

_GROUPS = """
injure hurt wound casualty; kill slay murder die dead death fatality decease demise toll victim;
buy purchase acquire acquisition; begin start launch open commence; end finish conclude stop halt
cease; child kid; journalist reporter press media correspondent; big large huge vast massive
great; small little slight minor tiny; deal agreement accord pact treaty; abolish remove scrap
eliminate end; hide conceal secret; number figure count total amount; full entire whole complete;
fully entirely wholly completely totally; ease allay calm relieve soothe; worry concern fear
anxious; jail prison imprison incarcerate custody; help aid assist support; fast quick rapid swift
speedy; show demonstrate prove indicate reveal; work operate function run; car vehicle; plane
aircraft jet airplane; fire blaze flame burn; quake earthquake tremor; pupil student; doctor
physician medic; lawyer attorney; film movie picture documentary; firm company business
corporation; goods commodity product; money fund cash finance; vote ballot poll election; forbid
ban prohibit bar; permit allow let authorize; require need demand must; ask request seek; try
attempt; choose select pick; get obtain receive gain; give provide supply grant award; build
construct; destroy ruin devastate wreck; increase rise grow climb raise up; decrease fall drop
decline reduce lower cut; resign quit leave depart step; appoint name nominate designate; replace
succeed succession; arrest detain seize; sentence jail term; accuse blame allege; deny reject
refute; approve pass endorse back; free release; search look hunt; strong powerful intense mighty;
storm hurricane cyclone typhoon tempest; rain downpour shower; home house residence; road street
highway; ill sick disease illness; medicine drug treatment medication therapy; trial study test
experiment; scientist researcher academic; find discover detect; think believe consider suppose
presume assume; want wish desire hope aim; use employ apply; many several numerous; main key major
chief primary central principal; theme issue topic subject matter; room space capacity; catch
capture; danger risk threat hazard; law legislation act statute; leader head chief boss; country
nation state; town city municipality; region area zone district; world globe international
worldwide; annual yearly; happen occur take place; trip travel journey; meet gather assemble; talk
discuss discussion negotiate negotiation; fight battle struggle combat; attack assault strike raid
stab shoot; soldier troop force military; weapon arm gun; bomb explosive blast explode explosion
detonate; crash collide collision accident; rescue save; sue lawsuit suit; judge justice court
rule; crime offence felony; steal theft rob robbery; cost price expense; pay salary wage; poor
bad; rich wealthy; job post position role office; worker employee staff; protest demonstrate
demonstration rally march; protester demonstrator; riot unrest; order command instruct; plan
intend propose proposal scheme; decide decision resolve; change alter modify shift; keep maintain
retain remain stay; allow enable; prevent stop avoid; understand realize recognize; necessary
essential crucial vital important; difficult hard tough; easy simple; quick brief short; new
recent latest fresh; old former previous earlier; early first initial; last final; almost nearly
virtually; about around roughly approximately some; only just solely sole; also too additionally;
often frequently commonly; quite very extremely; possible potential; likely probable; prepare
ready; send dispatch deploy deployment; put place set; bring carry transport take; come arrive; go
travel move; return back; meter metre; speak speech address; letter note message; reply answer
response respond; agree consent accept; oppose object against; warn caution alert; call urge
appeal demand; express voice; welcome greet hail; praise laud; criticize criticism condemn; doubt
question dispute; mean intend purpose goal aim objective target; result outcome consequence
effect; cause reason trigger lead; damage harm; safe safety secure security; health medical; water
flood; food meal; tell inform; hospital hospitalize clinic; surround around; next following;
exceed above over beyond; below under; survive survivor; own possess belong; part portion share;
quarter fourth; people person resident citizen population human; man men; woman female; boy son;
girl daughter; mother mom mum; father dad; wife husband spouse; friend ally; enemy foe; police
officer cop; government administration cabinet; parliament legislature; lawmaker legislator
politician; spokesman spokeswoman spokesperson; minister secretary; boss manager director; player
athlete; team squad side; game match; win victory beat defeat; lose loss; score goal; fan
supporter; song music tune; singer vocalist; book novel; author writer; show program series; actor
actress star; famous known renowned; popular beloved; wide broad; near close beside; far distant;
high tall; low short; hot warm; cold cool; clean pure; dirty pollute; air atmosphere; sea ocean;
ship boat vessel craft; train rail; bus coach; fly flight; space orbit; animal creature; tree
forest; farm agriculture; energy power electricity; oil petroleum crude; sun solar; climate
weather; certain sure; enough sufficient; lack shortage scarcity; offer propose; sell sale; trade
commerce; tax duty tariff; debt loan credit borrow; bank lender; invest investment; profit gain
earnings; economy economic; growth expand expansion; crisis emergency; war conflict; peace truce
ceasefire; border frontier; migrant immigrant refugee; flee escape evacuate; wall fence barrier;
religion faith; school college university; teach educate education; teacher instructor; learn
study; young youth teenager teen juvenile; elderly old; dead body; bury funeral; birth born; age
aged; year annual; day daily
"""


def _related() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in _GROUPS.replace("\n", " ").split(";"):
        stems = {stem_of(word) for word in group.split()}
        for stem in stems:
            found[stem] |= stems - {stem}
    return {stem: frozenset(others) for stem, others in found.items()}


RELATED = _related()
