"""Countries and a few other places: the words for each, under the one they are compared by."""

_TABLE = """
afghanistan afghan afghans; albania albanian; algeria algerian; angola angolan; argentina
argentine argentinian; armenia armenian; australia australian aussie; austria austrian; azerbaijan
azerbaijani azeri; bahamas bahamian; bahrain bahraini; bangladesh bangladeshi; belarus belarusian;
belgium belgian; bolivia bolivian; bosnia bosnian; botswana motswana; brazil brazilian; bulgaria
bulgarian; cambodia cambodian; cameroon cameroonian; canada canadian; chile chilean; china
chinese; colombia colombian; congo congolese drc; croatia croatian croat; cuba cuban; cyprus
cypriot; czechia czech; denmark danish dane; ecuador ecuadorian; egypt egyptian; england english;
eritrea eritrean; estonia estonian; ethiopia ethiopian; europe european; fiji fijian; finland
finnish; france french; gaza gazan; georgia georgian; germany german; ghana ghanaian; greece
greek; guatemala guatemalan; haiti haitian; honduras honduran; hungary hungarian; iceland
icelandic icelander; india indian; indonesia indonesian; iran iranian; iraq iraqi; ireland irish;
israel israeli; italy italian; jamaica jamaican; japan japanese; jordan jordanian; korea korean;
kazakhstan kazakh; kenya kenyan; kosovo kosovar; kurdistan kurdish kurd kurds; kuwait kuwaiti;
latvia latvian; lebanon lebanese; liberia liberian; libya libyan; lithuania lithuanian; macedonia
macedonian; malaysia malaysian; mali malian; malta maltese; mexico mexican; moldova moldovan;
mongolia mongolian; morocco moroccan; mozambique mozambican; myanmar burmese burma; namibia
namibian; nepal nepalese nepali; netherlands dutch holland; zealand kiwi; nicaragua nicaraguan;
niger nigerien; nigeria nigerian; norway norwegian; oman omani; pakistan pakistani; panama
panamanian; paraguay paraguayan; peru peruvian; philippines philippine filipino; poland polish;
portugal portuguese; qatar qatari; romania romanian; russia russian; rwanda rwandan; samoa samoan;
saudi saudis; scotland scottish scots; senegal senegalese; serbia serbian; singapore singaporean;
slovakia slovak; slovenia slovenian; somalia somali; spain spanish; sudan sudanese; sweden
swedish; switzerland swiss; syria syrian; taiwan taiwanese; tanzania tanzanian; thailand thai;
tibet tibetan; tonga tongan; tunisia tunisian; turkey turkish turkiye; uganda ugandan; ukraine
ukrainian; uk u.k u.k. british britain kingdom; un nations; uruguay uruguayan; us usa u.s u.s.
american america states; uzbekistan uzbek; venezuela venezuelan; vietnam vietnamese; wales welsh;
yemen yemeni; zambia zambian; zimbabwe zimbabwean; london londoner; paris parisian; moscow
muscovite; rico rican; africa african; asia asian; quebec quebecois; catalonia catalan; palestine
palestinian
"""

# "french" and "france" -> "france": for "the French president" beside "president of France".
DEMONYMS = {
    word: words.split()[0]
    for words in _TABLE.replace("\n", " ").split(";")
    for word in words.split()
}
