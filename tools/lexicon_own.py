"""What the lexicon has by hand: names, adjectives and seats of states, well-known bodies with their
short names, and what the raw lists get wrong. Read by lexicon_from_gazetteer.py."""

# Usual English short names where the raw list is formal, and names it lacks.
NAMES = {"CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo"}

MORE_NAMES = {
    "US": ["U.S.", "US [case]", "U.S.A.", "USA [case]", "America", "United States of America"],
    "GB": ["U.K.", "UK [case]", "Britain", "Great Britain"],
    "AE": ["UAE [case]", "Emirates", "U.A.E."],
    "CD": ["DRC [case]", "DR Congo", "Congo", "Zaire"],
    "KR": ["South Korea", "Republic of Korea", "ROK [case]"],
    "KP": ["North Korea", "DPRK [case]"],
    "PS": ["Palestine", "State of Palestine"],
    "CZ": ["Czech Republic"],
    "MK": ["Macedonia"],
    "CI": ["Ivory Coast"],
    "MM": ["Burma"],
    "TR": ["Türkiye", "Turkiye"],
    "VA": ["Vatican", "Holy See"],
    "NL": ["Holland"],
    "RU": ["Russian Federation", "Soviet Union", "USSR [case]", "U.S.S.R."],
    "DE": ["West Germany", "East Germany", "Federal Republic of Germany"],
    "CN": ["PRC [case]", "People's Republic of China", "mainland China"],
    "SA": ["Kingdom of Saudi Arabia", "KSA [case]"],
    "BA": ["Bosnia", "BiH [case]"],
    "TL": ["East Timor"],
    "SZ": ["Swaziland"],
    "CV": ["Cape Verde"],
    "NZ": ["New Zealand"],
    "PG": ["PNG [case]"],
    "TT": ["Trinidad"],
    "XK": ["Kosovo"],
    "RS": ["Yugoslavia"],
}

MORE_ADJECTIVES = {
    "GB": ["British", "English", "Scottish", "Welsh"],
    "US": ["American"],
    "RU": ["Soviet", "Russo"],
    "PS": ["Palestinian"],
    "SA": ["Saudi"],
    "AE": ["Emirati"],
    "KR": ["South Korean", "Korean"],
    "KP": ["North Korean"],
    "CN": ["Sino"],
    "TW": ["Taiwanese"],
    "CZ": ["Czech"],
    "PH": ["Filipino"],
    "CD": ["Congolese"],
    "IN": ["Indo"],
    "XK": ["Kosovar"],
    "VA": ["Vatican"],
    "AF": ["Afghan"],
    "DE": ["German", "West German", "East German"],
    "FR": ["Franco", "French"],
    "IE": ["Irish"],
    "DO": ["Dominican"],
    "GN": ["Guinean"],
    "WS": ["Samoan"],
    "NG": ["Nigerian"],
    "NE": ["Nigerien"],
    "MK": ["Macedonian"],
    "HK": ["Hong Kong"],
    "NZ": ["New Zealand"],
    "NL": ["Dutch"],
    "BA": ["Bosnian"],
    "RS": ["Serbian", "Serb", "Yugoslav"],
    "ES": ["Spanish"],
    "TR": ["Turkish"],
    "IQ": ["Iraqi"],
    "VN": ["Vietnamese"],
    "JP": ["Japanese"],
    "IR": ["Iranian", "Persian"],
    "CU": ["Cuban"],
    "CH": ["Swiss"],
    "PT": ["Portuguese"],
    "LA": ["Lao", "Laotian"],
    "MM": ["Burmese", "Myanmar"],
    "IT": ["Italian"],
    "DK": ["Danish"],
    "PL": ["Polish"],
    "LK": ["Sri Lankan"],
    "BI": ["Burundian"],
    "BW": ["Botswanan"],
    "KZ": ["Kazakh", "Kazakhstani"],
    "KG": ["Kyrgyz"],
    "UZ": ["Uzbek"],
    "TJ": ["Tajik"],
    "TM": ["Turkmen"],
    "TH": ["Thai"],
}

MORE_PEOPLES = {
    "US": ["Americans"],
    "GB": ["Britons", "Brits"],
    "RU": ["Soviets", "Russians"],
    "PS": ["Palestinians", "Gazans"],
    "SA": ["Saudis"],
    "AE": ["Emiratis"],
    "XK": ["Kosovars"],
    "KR": ["South Koreans", "Koreans"],
    "KP": ["North Koreans"],
    "CD": ["Congolese"],
    "BA": ["Bosnians"],
    "RS": ["Serbs", "Serbians"],
    "PH": ["Filipinos"],
    "ES": ["Spaniards"],
    "TR": ["Turks"],
    "DK": ["Danes"],
    "SE": ["Swedes"],
    "PL": ["Poles"],
    "FI": ["Finns"],
    "FR": ["Frenchmen"],
    "NZ": ["New Zealanders"],
    "CZ": ["Czechs"],
    "SK": ["Slovaks"],
    "HR": ["Croats"],
    "KZ": ["Kazakhs"],
    "UZ": ["Uzbeks"],
    "TJ": ["Tajiks"],
    "TM": ["Turkmens"],
}

# Capitals that news names for a body instead of their state when they act.
SEATS_OF_BODIES = {"European Union": ["Brussels"]}

MORE_SEATS = {
    "US": ["Washington"],
    "RU": ["Moscow"],
    "UA": ["Kyiv", "Kiev"],
    "CN": ["Beijing", "Peking"],
    "IL": ["Jerusalem", "Tel Aviv"],
    "IR": ["Tehran", "Teheran"],
    "NL": ["Amsterdam"],
    "PS": ["Ramallah"],
    "AU": ["Canberra"],
    "BR": ["Brasilia", "Brasília"],
    "KZ": ["Astana", "Nur-Sultan"],
    "MM": ["Naypyidaw", "Naypyitaw"],
    "ZA": ["Pretoria"],
    "IN": ["New Delhi", "Delhi"],
    "CH": ["Bern", "Berne"],
    "XK": ["Pristina"],
    "RS": ["Belgrade"],
    "TZ": ["Dodoma"],
    "NG": ["Abuja"],
    "LK": ["Colombo"],
    "BI": ["Gitega"],
    "BJ": ["Porto-Novo"],
    "MX": ["Mexico City"],
    "TW": ["Taipei"],
    "YE": ["Sana'a", "Sanaa"],
    "BO": ["La Paz"],
    "GE": ["Tbilisi"],
    "AM": ["Yerevan"],
    "AZ": ["Baku"],
    "TD": ["N'Djamena", "Ndjamena"],
    "PK": ["Islamabad"],
    "KW": ["Kuwait City"],
    "DK": ["Copenhagen"],
    "CI": ["Yamoussoukro"],
    "RO": ["Bucharest"],
    "VN": ["Hanoi"],
    "IS": ["Reykjavik"],
    "CR": ["San José"],
}

# Where raw lists give one adjective to several states, the state meant in news.
NOT_OF = {
    ("CG", "Congolese"),
    ("CG", "Congo"),
    ("KP", "Korean"),
    ("KP", "Koreans"),
    ("DM", "Dominican"),
    ("DM", "Dominicans"),
    ("AS", "Samoan"),
    ("AS", "Samoans"),
    ("CY", "Greek"),
    ("IE", "Northern Irish"),
    ("GF", "Guianese"),
    ("GP", "Guadeloupian"),
    ("CG", "Congo"),
    ("CG", "Republic of Congo"),
}

# Codes that are not states or lands one writes about by themselves.
NOT_NAMES = {"Uncle Sam", "Northern Irish"}

NO_COUNTRY = {
    "AC",
    "CP",
    "UM",
    "DG",
    "TA",
    "EA",
    "IC",
    "QO",
    "EU",
    "EZ",
    "UN",
    "XA",
    "XB",
    "SJ",
    "SU",
}

# Organisations of several names: the first is the canonical one.
CLUSTERS = [l.split("|") for l in """
United Nations|UN|U.N.|United Nations Organization
European Union|EU|E.U.
NATO|North Atlantic Treaty Organization|North Atlantic Alliance|Atlantic Alliance
African Union|AU|A.U.
UN Security Council|Security Council|United Nations Security Council|U.N. Security Council|UNSC
UN General Assembly|General Assembly|United Nations General Assembly|UNGA
European Commission|Commission of the European Union
European Central Bank|ECB
International Monetary Fund|IMF
World Bank|World Bank Group
World Health Organization|WHO|World Health Organisation
World Trade Organization|WTO|World Trade Organisation
International Atomic Energy Agency|IAEA
International Criminal Court|ICC
International Court of Justice|ICJ|World Court
Organization for Security and Co-operation in Europe|OSCE\
|Organization for Security and Cooperation in Europe
Organisation for Economic Co-operation and Development|OECD\
|Organization for Economic Cooperation and Development
Association of Southeast Asian Nations|ASEAN
Gulf Cooperation Council|GCC
Arab League|League of Arab States
Economic Community of West African States|ECOWAS
Commonwealth of Independent States|CIS
Collective Security Treaty Organization|CSTO|Collective Security Treaty Organisation
Shanghai Cooperation Organization|SCO|Shanghai Cooperation Organisation
Organization of American States|OAS
Organisation of Islamic Cooperation|OIC|Organization of Islamic Cooperation
Organization of the Petroleum Exporting Countries|OPEC
Eurasian Economic Union|EAEU
Southern African Development Community|SADC
Group of Seven|G7|G-7
Group of Eight|G8|G-8
Group of Twenty|G20|G-20
BRICS
MERCOSUR|Mercosur|Southern Common Market
UNICEF|United Nations Children's Fund
UNESCO|United Nations Educational, Scientific and Cultural Organization
UNHCR|UN High Commissioner for Refugees|United Nations High Commissioner for Refugees\
|UN Refugee Agency
UNRWA|United Nations Relief and Works Agency
World Food Programme|WFP|World Food Program
International Committee of the Red Cross|ICRC|Red Cross
International Labour Organization|ILO|International Labor Organization
Food and Agriculture Organization|FAO
World Anti-Doping Agency|WADA
International Olympic Committee|IOC
Interpol|INTERPOL
Europol
Amnesty International|Amnesty
Human Rights Watch|HRW
Médecins Sans Frontières|Doctors Without Borders|MSF
White House
Pentagon|U.S. Department of Defense|Department of Defense|Defense Department
State Department|U.S. Department of State|Department of State|U.S. State Department
Central Intelligence Agency|CIA
Federal Bureau of Investigation|FBI
National Security Council|NSC
Department of Justice|U.S. Department of Justice|Justice Department|DOJ
Department of Homeland Security|DHS|U.S. Department of Homeland Security|Homeland Security
Environmental Protection Agency|EPA
Federal Reserve|Fed|Federal Reserve System|Federal Reserve Board
National Aeronautics and Space Administration|NASA
Food and Drug Administration|FDA
Centers for Disease Control and Prevention|CDC
Immigration and Customs Enforcement|ICE
Republican Party|GOP
Democratic Party
U.S. Congress|Congress|United States Congress|US Congress
U.S. Senate|Senate|United States Senate|US Senate
House of Representatives|U.S. House of Representatives
U.S. Supreme Court|Supreme Court|United States Supreme Court|US Supreme Court
Kremlin
State Duma|Duma
Federal Security Service|FSB
Gazprom
Downing Street|10 Downing Street|No. 10|Number 10
Foreign Office|FCO|Foreign and Commonwealth Office|FCDO
House of Commons
House of Lords
Labour Party
Conservative Party|Conservatives|Tories
Liberal Democrats|Lib Dems
Scottish National Party|SNP
Bundestag
Bundesrat
Christian Democratic Union|CDU
Social Democratic Party|SPD
Alternative for Germany|AfD
National Rally|National Front
Élysée Palace|Elysee|Élysée
Knesset
Likud
Israel Defense Forces|IDF|Israeli Defense Forces|Israel Defence Forces
Hamas
Hezbollah|Hizbollah|Hizballah|Hezbullah
Palestinian Authority|Palestinian National Authority
Palestine Liberation Organization|PLO
Fatah
Islamic Jihad|Palestinian Islamic Jihad
Islamic State|ISIS|ISIL|Daesh|IS|Islamic State of Iraq and the Levant\
|Islamic State in Iraq and Syria
al-Qaeda|al-Qaida|Al Qaida
Taliban|Taleban
Houthis|Houthi|Houthi movement|Ansar Allah
Boko Haram
al-Shabaab|Al Shabab
Kurdistan Workers' Party|PKK
People's Protection Units|YPG
Syrian Democratic Forces|SDF
Free Syrian Army|FSA
Wagner Group|Wagner
Revolutionary Armed Forces of Colombia|FARC
National Liberation Army|ELN
Irish Republican Army|IRA
Sinn Féin|Sinn Fein
Democratic Unionist Party|DUP
Islamic Revolutionary Guard Corps|IRGC|Revolutionary Guards|Revolutionary Guard
Muslim Brotherhood
Chinese Communist Party|CCP|Communist Party of China
People's Liberation Army|PLA
Kuomintang|KMT
Bharatiya Janata Party|BJP
Indian National Congress
African National Congress|ANC
Liberal Democratic Party|LDP
People's National Congress
Coalition of the Willing
Microsoft
Google
Apple
Amazon
Meta|Facebook
Boeing
Airbus
BBC|British Broadcasting Corporation
CNN
Reuters
Associated Press|AP
Agence France-Presse|AFP
TASS|ITAR-TASS
Xinhua|Xinhua News Agency
Al Jazeera|Aljazeera
New York Times|The New York Times|NYT
Washington Post|The Washington Post
Wall Street Journal|WSJ
FIFA
UEFA
""".strip().split("\n")]

# Names that are common words: names only with a capital, and not by themselves.
COMMON = {
    "apple",
    "amazon",
    "meta",
    "congress",
    "senate",
    "target",
    "shell",
    "gap",
    "sprint",
    "visa",
    "delta",
    "forward",
    "reform",
    "momentum",
    "time",
    "oracle",
    "alphabet",
}

# Short names that a common word or another body shares too often to stand for these alone.
NO_ORG = {
    "House",
    "Party",
    "Union",
    "State",
    "Government",
    "Parliament",
    "Front",
    "Movement",
    "Congress Party",
    "National",
    "Council",
    "Alliance",
    "Force",
    "Unity",
    "People",
    "Justice",
    "Freedom",
    "Fund",
}

# Bodies that many states have: one name for many.
GENERAL = {
    "National Assembly",
    "Supreme Court",
    "House of Representatives",
    "Senate",
    "National Guard",
    "Navy",
    "Army",
    "Brussels",
    "Republican Party",
    "Democratic Party",
    "Labour Party",
    "Communist Party",
    "Liberal Party",
    "Parliament",
    "Constitutional Court",
    "Police",
    "Forward",
    "National Police",
    "Ministry of Defence",
    "Ministry of Foreign Affairs",
    "Air Force",
}

SHORT_NO = {"US", "UK", "EU", "UN", "TV", "PM", "MP", "CEO", "AI", "DC", "II", "III", "OK"}

# Adjectives of regions, and short names of regions that the raw lists lack.
REGIONAL = """\
African|Asian|European|Latin American|Caspian|Mideast|Balkan|Baltic|Nordic|Scandinavian|
Caribbean|Central American|Central Asian|East Asian|South Asian|Southeast Asian|North African|
West African|East African|South American|North American|Eurasian|Arctic|Antarctic|Catalan|
Tibetan|Chechen|Crimean|Kashmiri|Basque|Gazan|Middle Eastern|Sahelian|Pan-African|Euro-Atlantic|
Alpine|Siberian|Bavarian|Sicilian|Californian|Texan|Sub-Saharan African|Maghrebi|Levantine|
Amazonian|Andean|Caspian Sea|Strait of Gibraltar|Taiwan Strait|Bosphorus|Kerch Strait|Suez|
Panama Canal|English Channel|Baltic region|Lake Chad Basin|Zaporizhzhia|Global North|
Southern Africa|Trans-Dniester|Transdniester|Karabakh|Washington D.C.|Washington DC|
Washington, D.C.|Washington, DC""".replace(
    "\n", ""
).split(
    "|"
)
