--- index.about: what a text says somebody is: "public:RU" for a Russian minister, "sport:" for a
--- striker. Two people of one name whose descriptions exclude each other are two people.
local M = {}

-- Callings that one person rarely joins. What tells nothing (spokesman, expert, suspect) is absent.
local field = {}
for name, words in pairs {
  public = [[president premier chancellor minister secretary senator congressman congresswoman
    congressperson lawmaker legislator mp mep governor mayor ambassador envoy diplomat king queen
    prince princess emperor sultan emir leader politician councillor councilor councilman
    councilwoman commissioner representative speaker general colonel admiral commander major captain
    lieutenant brigadier marshal judge justice prosecutor attorney chairman chairwoman ceo
    executive banker businessman businesswoman industrialist tycoon billionaire official dissident
    activist opposition dictator ayatollah shah]],
  sport = [[footballer striker midfielder goalkeeper defender quarterback pitcher batsman bowler
    cricketer golfer boxer swimmer sprinter athlete cyclist skier skater gymnast wrestler
    coach jockey rower racer runner tennis basketball hockey baseball rugby snooker chess
    grandmaster olympian medalist medallist shortstop catcher linebacker outfielder player
    fullback]],
  art = [[actor actress singer songwriter musician composer conductor pianist violinist guitarist
    drummer rapper bassist painter sculptor novelist poet playwright author screenwriter
    filmmaker comedian comedienne dancer choreographer cartoonist designer photographer
    entertainer soprano tenor saxophonist vocalist]],
  science = [[physicist chemist biologist mathematician astronomer geologist botanist zoologist
    economist historian philosopher sociologist psychologist anthropologist archaeologist
    professor scholar engineer inventor scientist surgeon physician astronaut cosmonaut]],
  faith = [[pope bishop archbishop cardinal priest rabbi imam pastor patriarch monk nun
    missionary evangelist theologian abbot saint vicar]],
} do
  for word in words:gmatch '%S+' do
    field[word] = name
  end
end

-- The field of the last telling word.
local function field_in(text)
  local found
  for word in text:lower():gmatch '[%a][%a-]*' do
    found = field[word] or field[word:gsub('s$', '')] or found
  end
  return found
end

-- The code of the country named nearest before a byte, if nothing but words stands between.
local function country_before(countries, text, from, stop)
  for i = #countries, 1, -1 do
    local c = countries[i]
    if c[2] <= stop and c[1] >= from then
      return text:sub(c[2] + 1, stop):find '^[%a%s-]*$' and c[3] or nil
    end
  end
end

--- What the text says of somebody at a mention, "" when it says nothing.
---@param text string
---@param start integer of the mention
---@param stop integer
---@param countries table[] { start, stop, code } in text order, those near are enough
---@return string
function M.person(text, start, stop, countries)
  local before = text:sub(math.max(1, start - 50), start):match "[%a%s'’-]*$" or ''
  local calling = field_in(before:match '[%w-]+%s+[%w-]+%s+[%w-]+%s*$' or before)
  if calling then
    return calling .. ':' .. (country_before(countries, text, start - #before - 8, start) or '')
  end
  local after = text:sub(stop + 1, stop + 80):match '^%s*,%s+([%a%s-]+)[,.;)]'
    or text:sub(stop + 1, stop + 80):match '^%s*%((%a[%a%s-]+)[,.;)]'
  calling = after and field_in(after)
  if not calling then
    return ''
  end
  local from = text:find(after, stop + 1, true) - 1
  for _, c in ipairs(countries) do
    if c[1] >= from and c[2] <= from + #after then
      return calling .. ':' .. (c[3] or '')
    end
  end
  return calling .. ':'
end

--- Whether two descriptions can be of one person.
---@param a string
---@param b string
---@return boolean
function M.agree(a, b)
  local field_a, land_a = a:match '^(.-):(.*)$'
  local field_b, land_b = b:match '^(.-):(.*)$'
  if not field_a or not field_b then
    return true
  end
  return field_a == field_b and (land_a == '' or land_b == '' or land_a == land_b)
end

return M
