-- Names as texts have them. A sentence holds its names in braces, each with a letter for its kind:
-- p person, c country, o organisation, l place; {- word} is a word that no name may hold. Names
-- without braces are not looked at.
local core = require 'entente.core'
local entente = require 'entente'

local KINDS = { p = 'person', c = 'country', o = 'organisation', l = 'place' }

local function parse(s)
  local out, marks, n = {}, {}, 0
  for plain, kind, word in (s .. '{p }'):gmatch '([^{]*){([pcol%-]) ([^}]*)}' do
    out[#out + 1] = plain .. word
    n = n + #plain
    if word ~= '' then
      marks[#marks + 1] = { from = n, to = n + #word, kind = KINDS[kind], text = word }
    end
    n = n + #word
  end
  return table.concat(out), marks
end

-- What is found at a mark: the kind of the name that stands there; else the name it lies in.
local function found(text, names, mark)
  local within
  for _, m in ipairs(names) do
    if m.start == mark.from and m['end'] == mark.to then
      return m.kind
    elseif m.start < mark.to and m['end'] > mark.from then
      within = ('%s "%s"'):format(m.kind, text:sub(m.start + 1, m['end']))
    end
  end
  return within
end

local function check(s)
  local text, marks = parse(s)
  local names, want, got = {}, {}, {}
  for _, m in ipairs(core.open(assert(entente.model()), text):mentions()) do
    if m.form == 'name' then
      names[#names + 1] = m
    end
  end
  for i, mark in ipairs(marks) do
    want[i] = mark.text .. ': ' .. (mark.kind or 'no name')
    got[i] = mark.text .. ': ' .. (found(text, names, mark) or 'no name')
  end
  assert.same(want, got, s)
end

local cases = {
  { 'Turkey, turkey', {
    '{c Turkey} has asked its allies for more time.',
    'We ate {- turkey} and potatoes on the porch.',
    'The farm sold forty {- turkeys} before the holiday.',
    'Ministers from {c Turkey} and Greece met again.',
  } },
  { 'May', {
    'The talks may resume in {- May}.',
    'Ministers {- may} meet on Friday.',
    'On {- May} 4 the committee will vote.',
    '{p Theresa May} said she would stay.',
  } },
  { 'Georgia', {
    '{c Georgia} closed its border with Russia.',
    '{l Georgia} voted for the Republican senator, as did Alabama and Florida.',
    '{p Georgia Meloy} teaches physics in Leeds.',
    'The governor of {l Georgia} signed the state budget in Atlanta.',
    '{c Georgia} and Azerbaijan signed a gas deal in Tbilisi.',
  } },
  { 'Jordan', {
    '{c Jordan} will host the summit in Amman.',
    '{p Michael Jordan} bought the team.',
    'King Abdullah of {c Jordan} spoke first.',
    '{p Jordan Peele} directed the film.',
    'They crossed the {l Jordan River} at night.',
  } },
  { 'Chad', {
    '{c Chad} sent two battalions to the border.',
    '{p Chad Hurley} founded the company.',
    'Troops from {c Chad} and Niger patrol the lake.',
  } },
  { 'Will, will', {
    '{p Will Hutton} wrote the column.',
    '{- Will} the two sides meet again?',
    'His {- will} was read on Tuesday.',
    'The council {- will} vote today.',
    '{p Will Smith} refused to comment.',
  } },
  { 'May, who is no month', {
    '{p May} lost the vote.',
    '{p May} told lawmakers she would resign.',
    '{p May} and {p Corbyn} met for talks on Tuesday.',
    '{- May} the two leaders find peace.',
    '{- May} exports fell by a tenth.',
    'In {- May}, the council met twice.',
  } },
  { 'given names that are words', {
    '{p Mark Rutte} arrived in Brussels.',
    '{- Mark} the date in your calendar.',
    '{p Grant Shapps} announced the plan.',
    '{- Grant} money ran out in March.',
    '{p Chance Perdomo} died on Friday.',
    '{- Chance} brought them together.',
    '{p Hope Hicks} testified behind closed doors.',
    '{- Hope} faded for the miners.',
    '{p Rose Gottemoeller} led the delegation.',
    '{- Rose} petals covered the floor.',
    '{p Summer Lee} won the primary.',
    '{- Summer} rains arrived late.',
    '{p Pat Cullen} said nurses would strike.',
    '{- Pat} the fish dry before cooking.',
    '{p Sue Gray} delivered her report.',
    '{- Sue} them, the lawyer said.',
    '{- Frank} talks were held in Geneva.',
    '{- Will} {p Merkel} run again?',
    '{- Will} {p Smith} refuse to comment?',
  } },
  { 'family names that are words', {
    '{p Price} said the talks would go on.',
    '{- Price} rises hit the poor.',
    '{p Major} resigned as party leader.',
    '{p Rice} flew to Tel Aviv.',
    '{- Rice} prices doubled.',
    '{p Young} told the committee that it was wrong.',
  } },
  { 'goods with the name of a state', {
    '{- Turkey} breast was served with gravy.',
    '{- Turkey} sandwiches were sold out by noon.',
    '{- Guinea} pigs make good pets.',
    '{- Brazil} nuts rose in price.',
    "{c Turkey}'s parliament ratified the accession.",
  } },
  { 'headlines in capitals, more', {
    '{p MERZ} MEETS {p MACRON} IN {l PARIS} OVER {c UKRAINE} AID',
    '{c US} AND {c CHINA} AGREE TO EXTEND TARIFF TRUCE',
    '{o NATO} CHIEF WARNS {c RUSSIA} OVER DRONES',
    '{p PUTIN} SAYS {c RUSSIA} READY FOR TALKS WITH {p TRUMP}',
    "{o HAMAS} REJECTS {c ISRAEL}'S LATEST OFFER",
    "{c GERMANY}'S {p SCHOLZ} REJECTS CALL FOR {o NATO} TROOPS IN {c UKRAINE}",
    '{p BLINKEN} ARRIVES IN {l JERUSALEM} FOR TALKS',
    '{o WHITE HOUSE} DENIES REPORT ON {c IRAN} STRIKE',
  } },
  { 'headlines in title case, more', {
    '{p Merz} Urges {o European Union} to Act on {c Ukraine}',
    '{c Turkey} Says {c Sweden} Must Do More Before {o NATO} Entry',
    '{p Starmer} and {p Modi} Sign Trade Deal in {l London}',
    '{o Hezbollah} Leader {p Naim Qassem} Rejects Disarmament Plan',
    '{o Security Council} to Vote on {c Haiti} Force Today',
    '{p Zelensky} Heads to {l Washington} for Talks With {p Trump}',
    '{o Fed} Holds Rates Steady as {p Powell} Warns of Risks',
    '{c Israel} and {o Hamas} Agree to First Phase of {l Gaza} Deal',
  } },
  { 'notes in lower case, more', {
    'met with {p merz} and {p macron} about {c ukraine} today',
    '{p angela merkel} flew to {l moscow} to see {p putin}',
    'note to self: ask {p antony blinken} about {o hamas} talks',
    'meeting with {o european commission} on thursday',
  } },
  { 'datelines, more', {
    '{l WASHINGTON} (AP) — {p Joe Biden} said Monday that talks would go on.',
    '{l LONDON}, March 3 (Reuters) - {o Barclays} cut its outlook.',
    '{l PARIS} -- {p Emmanuel Macron} named a new government on Tuesday.',
    '{l KYIV}, {c Ukraine} (AP) — Shelling killed three people in {l Kherson}.',
    '{l BRUSSELS} — The {o European Commission} proposed new rules.',
    '{l RAMALLAH}, {l West Bank} - {p Mahmoud Abbas} spoke on Sunday.',
  } },
  { 'bylines, more', {
    'By {p Maria Tsvetkova} and {p Andrew Osborn}',
    'By {p Steve Holland} | {l Washington}',
    'By {p JOHN HUDSON}',
    'Reporting by {p Humeyra Pamuk}; Editing by {p Alistair Bell}',
    '{p Karen DeYoung} contributed to this report.',
  } },
  { 'lists, tables, more', {
    '- {p Annalena Baerbock}, foreign minister\n- {p Boris Pistorius}, defence minister',
    '1. {c Germany}\n2. {c France}\n3. {c Italy}',
    '| Country | Leader |\n|---|---|\n| {c France} | {p Emmanuel Macron} |',
    '| {o NATO} | {p Mark Rutte} |',
    '{p Wang Yi}, {p Sergei Lavrov}, {p Marco Rubio} and {p David Lammy} met in {l Munich}.',
    'Present: {p Merz}, {p Starmer}, {p Tusk}',
  } },
  { 'hyphens, more', {
    '{p Anne-Marie Trevelyan} chaired the meeting.',
    '{p Jean-Noël Barrot} spoke for {c France}.',
    '{p Alexandria Ocasio-Cortez} voted against the bill.',
  } },
  { 'possessives, more', {
    "{p Starmer}'s visit to {l Kyiv} surprised {c Russia}.",
    '{p Orbán}’s government blocked the aid.',
    '{c Hungary}’s parliament and {p Szijjártó}’s ministry agreed.',
    "The {o Labour Party}'s leader met {p Sunak}'s aides.",
    "{p James}' proposal was rejected.",
  } },
  { 'quotes, more', {
    '"{p Putin} must go," {p Biden} said.',
    '“{c Russia} will not stop,” {p Zelenskyy} warned.',
    'The so-called "{o Islamic State}" claimed the attack.',
    'The paper «{o Le Monde}» reported it.',
  } },
  { 'particles, more', {
    '{p Ursula von der Leyen} met {p Charles Michel}.',
    '{p Mohammed bin Salman} hosted {p Abdel Fattah al-Sisi} in {l Jeddah}.',
    '{p Guido van der Berg} and {p Geert Wilders} debated.',
    '{p Luiz Inácio Lula da Silva} won.',
    '{p Gustavo de Greiff} testified.',
    '{p Ibrahim al-Jaafari} met {p Bashar al-Assad} in {l Damascus}.',
    '{p Alexander De Croo} resigned as prime minister.',
    '{p Abu Bakr al-Baghdadi} died in {l Idlib}.',
    '{p Osama bin Laden} led {o al-Qaeda}.',
  } },
  { 'initials, more', {
    '{p JD Vance} met {p Merz}.',
    '{p George W. Bush} invaded {c Iraq}.',
    '{p H.R. McMaster} resigned.',
    '{p E. Jean Carroll} sued {p Donald J. Trump}.',
    '{p A.P.J. Abdul Kalam} was president.',
  } },
  { 'non-Western, more', {
    '{p Xi Jinping} received {p Nguyen Phu Trong} in {l Beijing}.',
    '{p Kim Jong Un} and {p Kim Yo-jong} watched the launch.',
    '{p Yoon Suk Yeol} was impeached by the {o National Assembly}.',
    '{p Ngozi Okonjo-Iweala} leads the {o World Trade Organization}.',
    '{p Shigeru Ishiba} called {p Narendra Modi}.',
    '{p Bola Tinubu} met {p Cyril Ramaphosa} in {l Abuja}.',
    '{p Hun Manet} visited {l Hanoi}.',
    '{p Prayut Chan-o-cha} dissolved parliament.',
    '{p Thant Myint-U} wrote the book.',
  } },
  { 'diacritics, more', {
    '{p Recep Tayyip Erdoğan} hosted {p Aleksandar Vučić}.',
    '{p Mateusz Morawiecki} and {p Andrzej Duda} spoke in {l Łódź}.',
    '{p José Manuel Albares} represents {c Spain}.',
    '{p Jānis Bērziņš} spoke for {c Latvia}.',
    '{p Viktor Orbán} met {p Robert Fico} in {l Győr}.',
    "{c Türkiye} and {c Côte d'Ivoire} signed.",
  } },
  { 'Markdown, more', {
    '**{p Olaf Scholz}** met *{p Emmanuel Macron}* in {l Berlin}.',
    '{p Olaf **Scholz**} spoke.',
    '## {p Merz} and {p Tusk} meet in {l Warsaw}',
    '[{p Volodymyr Zelenskyy}](https://example.org) thanked {c Poland}.',
    '> {p Lavrov} said {c Russia} would wait.',
  } },
  { 'names beside words, more', {
    '{p William “Bill” Burns} flew to {l Doha}.',
    '{p Joaquín "El Chapo" Guzmán} was tried in {l New York}.',
    '{p Ferdinand “Bongbong” Marcos Jr.} met {p Biden}.',
    "{p Merz} called the \"Zeitenwende\" {p Scholz}'s best idea.",
    '{p PUTIN} SAYS {c RUSSIA} READY FOR TALKS WITH {p TRUMP}',
    '{p Starmer} and {p Modi} Sign Trade Deal in {l London}',
    'met with {p merz} and {p macron} about {c ukraine} today',
    'He joined the {o Campaign for Nuclear Disarmament} in May.',
    'The vote was held on {- May 15}, officials said.',
    'Sheikh {p Mohammed bin Zayed} arrived. The {- Sheikh} said little.',
  } },
  { 'other words that are names elsewhere', {
    'The {- china} was packed in straw.',
    '{c China} rejected the report.',
    'He hopes to {- march} with them in {- March}.',
    '{c Niger} expelled the ambassador.',
    'The {l Niger River} flooded again.',
    '{p Israel Katz} spoke in parliament.',
    "{c Mali}'s junta dissolved the party.",
    '{c Cuba} has more doctors.',
    '{c Guinea} and Senegal reopened the road.',
    '{- guinea} pigs are sold at the market.',
    'Tell {- us} more, he said.',
    'The {c US} sent an envoy.',
    '{p Paris Hilton} opened the shop in {l Paris}.',
    '{p Chelsea Clinton} visited {l Washington}.',
  } },
  { 'a short name after the full one', {
    '{p Theresa May} flew to Brussels. {p May} will meet her ministers in {- May}.',
  } },
  { 'headlines in title case', {
    '{p Orlov} Urges {c Kenya} to Accept New Border Plan',
    '{o NATO} Ministers Meet in {l Tallinn} to Discuss Drone Wall',
    'Thousands March in {l Lagos} as {p Tinubu} Defends Fuel Tax',
    '{c Norway} and {c Sweden} Back {o European Union} Ban on Shadow Fleet',
    'Why {p Ursula von der Leyen} Wants a Bigger Budget',
  } },
  { 'headlines in capitals', {
    '{p ORLOV} URGES {c KENYA} TO ACCEPT BORDER PLAN',
    '{c GERMANY} REJECTS CALLS FOR TANKS',
    '{o NATO} CHIEF VISITS {l WARSAW}',
    'PRESIDENT {p VLADIMIR PUTIN} ARRIVES IN {l BEIJING}',
    '{o UNITED NATIONS} WARNS OF FAMINE IN {c SUDAN}',
    'US SENATE PASSES AID BILL',
  } },
  { 'notes without capitals', {
    'call {p merkel} before the {o nato} meeting',
    '{c russia} wants more, {c ukraine} said no',
    'lunch with {p angela merkel} in {l berlin}',
  } },
  { 'datelines', {
    '{l KYIV}, March 3 ({o Reuters}) - The army said it had taken the town.',
    '{l GENEVA} (AP) — Talks on the treaty ended without a deal.',
    '{l NAIROBI}, {c Kenya} — A court freed the senator on Friday.',
    '{l BERLIN}, Jan 5 ({o AFP}) – Two ministers resigned.',
    '{l LONDON} - The bank kept its rate.',
    '{l Port-au-Prince}, {c Haiti} (AP) — Gangs freed the hostages.',
  } },
  { 'bylines', {
    "By {p Marta Kowalczyk} and {p Tom O'Brien}",
    'By {p Aisha Diallo}, {l Dakar}',
    'Written by {p Jean-Luc Moreau}',
    'Reporting by {p Lena Hartmann} in {l Vienna}; editing by {p Sam Osei}',
  } },
  { 'lists', {
    '- {p Ana Petrova}, chair',
    '- {c Finland}: accepts the text',
    '1. {p Omar Haddad} (opposition)',
    '2. {o World Bank} — to report in June',
    '* {c Brazil}, {c India} and {c Egypt} abstained',
    'Present: {p Marie Dupont}, {p Karl Weiss}, {p Ola Nilsson}',
  } },
  { 'tables', {
    '| {c France} | {p Emmanuel Macron} | yes |',
    '| {c Japan} | {p Shigeru Ishiba} | no |',
  } },
  { 'hyphenated and hard-wrapped', {
    '{p Anne-Marie Trevelyan} spoke for an hour.',
    'The {c Iran}-backed militia denied it.',
    '{c US}-{c China} trade talks resumed.',
    'the {c Russia}-{c Ukraine} war',
  } },
  { 'possessives', {
    "{p Lavrov}'s remarks angered {c Norway}.",
    '{p Lavrov}’s remarks angered {c Japan}’s ministers.',
    "{c Cyprus}' parliament voted.",
    'The {c Philippines}’ navy left the reef.',
    "{p Boris Johnson}'s book sold well.",
    '{o Hamas}’s leaders refused.',
  } },
  { "bodies told by the noun before them", {
    'A strike by the union {o Sinmar} ends today. {o Sinmar} had asked for more.',
    'Fighters of the rebel group {o Azvar} crossed the river. {o Azvar} denied it.',
    'The {o Court of Appeal} rejected the plan; the {o Board of Trade} did not.',
    'It was the party {p Keller} founded; {p Keller} has left it since.',
  } },
  { 'particles', {
    '{p Ursula von der Leyen} met {p Mohammed bin Salman}.',
    '{p Mark van den Berg} sued.',
    '{p Abdel Fattah al-Sisi} called {p Tamim bin Hamad Al Thani}.',
    "{p Luiz Inácio Lula da Silva} spoke with {p Charles de Gaulle}'s grandson.",
    '{p Leonardo di Caprio} spoke.',
    '{p Jaap de Hoop Scheffer} led the alliance.',
    '{p Osama bin Laden} was killed.',
  } },
  { 'initials', {
    '{p J. D. Vance} met {p George H. W. Bush}.',
    '{p J.D. Vance} spoke first.',
    '{p B. R. Ambedkar} wrote it.',
    '{p John F. Kennedy} signed.',
    '{p A. P. J. Abdul Kalam} was president.',
    '{p W. Somerset Blake} wrote it.',
  } },
  { 'names from everywhere', {
    '{p Nguyen Phu Trong} met {p Xi Jinping} in {l Hanoi}.',
    '{p Kim Jong Un} fired the general.',
    '{p Ban Ki-moon} chaired the panel.',
    '{p Aung San Suu Kyi} was moved to another prison.',
    '{p Ngozi Okonjo-Iweala} praised the pact.',
    '{p Olusegun Obasanjo} and {p Uhuru Kenyatta} will mediate.',
    '{p Sheikh Hasina} left {l Dhaka}.',
    '{p Narendra Modi} told {p Shehbaz Sharif} so.',
  } },
  { 'diacritics', {
    '{p Gabriel Boric} met {p José Antonio Kast} in {l Valparaíso}.',
    '{p Łukasz Żółkiewski} of {l Łódź} sued.',
    '{p Recep Tayyip Erdoğan} met {p Ilham Əliyev}.',
    '{p Björn Höcke} lost in {l Thüringen}.',
    '{p Václav Čermák} won.',
    '{p Đặng Văn Lâm} and {p Phạm Minh Chính} spoke.',
  } },
  { 'quotes', {
    '"{p Merz} is wrong," said {p Anna Lindqvist}.',
    '“{c Iran} will answer,” {p Abbas Araghchi} said.',
    "'{c Poland} is ready,' the minister said.",
    '‘{o NATO} must act,’ he said.',
    '«{c France} refuse», said {p Marc Petit}.',
    'The plan, dubbed "{- Northern Shield}" by its authors, failed.',
  } },
  { 'Markdown within and around names', {
    '**{p Angela Merkel}** met *{p Emmanuel Macron}*.',
    'The **{o European Union}** agreed.',
    '_{p Ana Petrova}_ and __{c Norway}__ agreed.',
    '{p Olaf **Scholz**} spoke.',
    '[{p Keir Starmer}](https://example.org) replied.',
    '## {c Ukraine}: what next',
    '> {p Volodymyr Zelensky}: we will not leave.',
  } },
}

describe('names', function()
  for _, case in ipairs(cases) do
    it(case[1], function()
      for _, s in ipairs(case[2]) do
        check(s)
      end
    end)
  end

  it('over the end of a wrapped line', function()
    check('The ministers of both states said late on Monday that they hoped {p Recep Tayyip\n'
      .. 'Erdogan} would come to the talks in the spring, and that {c Saudi\nArabia} had offered '
      .. 'to pay for the journey of all who wanted to be there and to\nspeak.')
  end)

  it('in the columns of a table', function()
    check '{c Spain}\t{p Pedro Sánchez}\n{c Italy}\t{p Giorgia Meloni}\n'
  end)
end)
