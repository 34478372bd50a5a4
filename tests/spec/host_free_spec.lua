-- What hosts share: options, views, questions, tables, dates, doubts, renames.
local ent = require 'entente'
local commands = require 'entente.commands'
local config = require 'entente.config'
local dates = require 'entente.dates'
local lint = require 'entente.lint'
local rename = require 'entente.rename'
local tables = require 'entente.tables'
local view = require 'entente.view'

local text = [[
Russian President Vladimir Putin met Donald Trump in Alaska on 15 August 2025. Putin left.
Germany rejected the peace plan. Emmanuel Macron backed the peace plan in 2024.
]]

local function question(more)
  local q = { ent = ent, doc = assert(ent.open(text)), at = 0, wrap = true, min_score = 0 }
  function q.line(byte)
    return select(2, text:sub(1, byte):gsub('\n', '')) + 1
  end
  for k, v in pairs(more or {}) do
    q[k] = v
  end
  return q
end

describe('options', function()
  it('have defaults that pass their own checks', function()
    local values, problems = config.resolve()
    assert.are.same({}, problems)
    local again, none = config.resolve(values)
    assert.are.same({}, none)
    assert.are.same(values, again)
  end)

  it('report what is wrong and keep the rest', function()
    local values, problems = config.resolve {
      colour = 'pink', height = 5, kinds = { 'ghost' }, x = 1,
    }
    assert.are.equal(3, #problems)
    assert.are.equal('kind', values.colour)
    assert.are.equal(5, values.height)
    assert.is_truthy(problems[1]:find '"colour" must be one of: kind, actor')
  end)

  it('later tables win', function()
    assert.are.equal(7, (config.resolve({ height = 3 }, nil, { height = 7 })).height)
  end)
end)

describe('a view', function()
  local function groups(values)
    local out, doc = {}, assert(ent.open(text))
    local look = view.look((config.resolve(values)))
    local spans = view.spans(ent, doc, 0, #text, look)
    for i = 1, #spans, 4 do
      out[text:sub(spans[i] + 1, spans[i + 1]) .. '/' .. spans[i + 2]] = true
    end
    return out
  end

  it('gives kinds and stances their groups', function()
    local g = groups()
    assert.is_true(g['Vladimir Putin/EntentePerson'])
    assert.is_true(g['Germany/EntenteCountry'])
    assert.is_true(g['peace plan/EntenteProposal'])
    assert.is_true(g['rejected/EntenteOpposes'])
    assert.is_true(g['backed/EntenteSupports'])
  end)

  it('leaves out what is not wanted', function()
    local g = groups { kinds = { 'person' }, stances = false }
    assert.is_true(g['Vladimir Putin/EntentePerson'])
    assert.is_nil(g['Germany/EntenteCountry'])
    assert.is_nil(g['rejected/EntenteOpposes'])
  end)

  it('gives an actor one colour', function()
    local g, n = groups { colour = 'actor' }, 0
    for i = 1, 8 do
      if g['Vladimir Putin/EntenteActor' .. i] then
        n = n + 1
        assert.is_true(g['Putin/EntenteActor' .. i])
      end
    end
    assert.are.equal(1, n)
  end)
end)

describe('a question', function()
  it('becomes a jump', function()
    local action = commands.go(question { name = 'Putin' })
    assert.are.same({ 'jump', 18 }, { action.act, action.at })
    assert.are.equal('Vladimir Putin', action.tag)
  end)

  it('becomes a list', function()
    local action = commands.refs(question { name = 'putin' })
    assert.are.equal(2, #action.items)
    assert.are.equal('Putin left.', action.items[2].text)
  end)

  it('finds a name by part of it', function()
    local action = commands.refs(question { name = 'emman' })
    assert.are.equal('Mentions of Emmanuel Macron', action.title)
  end)

  it('becomes a message when there is no answer', function()
    assert.are.equal('message', commands.refs(question { name = 'Nobody' }).act)
    assert.are.equal('message', commands.show(question { at = 60 }).act)
  end)

  it('steps, counts and wraps', function()
    assert.are.equal(18, commands.step(question { at = 0 }, 1, 'any').at)
    assert.are.equal(53, commands.step(question { at = 0, count = 3 }, 1, 'any').at)
    assert.is_true(commands.step(question { at = #text - 3 }, 1, 'any').wrapped)
    local last = question { at = #text - 3, wrap = false }
    assert.are.equal('message', commands.step(last, 1, 'any').act)
    assert.are.equal(0, commands.step(question { at = 18 }, -1, 'any').at)
  end)

  it('shows a card', function()
    local card = commands.show(question { name = 'Germany' })
    assert.are.equal('card', card.act)
    assert.is_truthy(table.concat(card.lines, '\n'):find('opposes peace plan', 1, true))
  end)
end)

describe('a table', function()
  it('is laid out in columns, sorted and filtered', function()
    local t = tables.actors(question())
    local lines, rows = tables.render(t, { column = 1 })
    assert.are.equal(#lines, #rows + 1)
    for i = 2, #rows do
      assert.is_true(rows[i - 1].cells[1]:lower() <= rows[i].cells[1]:lower())
    end
    local some = select(2, tables.render(t, { filter = 'MACRON' }))
    assert.are.equal(1, #some)
  end)

  it('is exported without formulas', function()
    local t = { columns = { { name = 'a' }, { name = 'b', right = true } }, rows = {
      { cells = { '=1+2', 3 } }, { cells = { 'x,"y"', -4 } } } }
    assert.are.equal('a,b\n\'=1+2,3\n"x,""y""",-4\n', tables.export(t, {}, 'csv'))
    assert.are.equal('| a | b |\n| --- | --: |\n| =1+2 | 3 |\n| x,"y" | -4 |\n',
      tables.export(t, {}, 'md'))
  end)

  it('has a row for each stance, a cell for each position', function()
    assert.are.equal(3, #tables.stances(question()).rows) -- two on the plan, one meeting
    local b = tables.board(question())
    assert.are.equal(3, #b.rows)
    assert.are.same({ 'Germany', 'opposes', '' }, b.rows[1].cells)
    local at = b.rows[1].places[2]
    assert.are.equal('rejected', text:sub(at[1] + 1, at[2]))
  end)
end)

describe('dates', function()
  for given, want in pairs {
    ['on 19 August 2025 he'] = '2025-08-19', ['On August 19, 2025, x'] = '2025-08-19',
    ['Aug. 19 was'] = '--08-19', ['in August 2025 we'] = '2025-08',
    ['the 2025-08-19 act'] = '2025-08-19',
    ['In 2014 they'] = '2014', ['On 3rd May 2020'] = '2020-05-03', ['May 21st said'] = '--05-21',
    ['may 5 come'] = false, ['no 1234'] = false, ['Mr. May 2 said'] = '--05-02',
    ['x 2025-13-40'] = false,
  } do
    it('in: ' .. given, function()
      assert.are.equal(want or nil, dates.find(given))
    end)
  end
end)

describe('doubts', function()
  local function codes(s)
    local out = {}
    for _, d in ipairs(lint.check(assert(ent.open(s)))) do
      out[#out + 1] = d.code .. ' ' .. s:sub(d.from + 1, d.to)
    end
    return out
  end

  it('are a name spelt two ways', function()
    assert.are.same({ 'spelling Emmanuel Makron' },
      codes 'Emmanuel Macron met Emmanuel Makron. Emmanuel Macron left.\n')
    assert.are.same({}, codes 'Russia met Russian officials. Russians left.\n')
  end)

  it('are a surname of two people', function()
    assert.are.same({ 'ambiguous Johnson' },
      codes 'Boris Johnson met Mike Johnson. Then Johnson left London.\n')
  end)
end)

describe('a rename', function()
  local function renamed(s, name, new)
    local doc = assert(ent.open(s))
    local id = doc:find(name)
    local first = doc:entity(id).first
    local edits = rename.edits(doc, id, first[1], first[2], new)
    for i = #edits, 1, -1 do
      s = s:sub(1, edits[i].from) .. edits[i].text .. s:sub(edits[i].to + 1)
    end
    return s
  end

  it('knows full name and surname, keeps the possessive', function()
    assert.are.equal("Olaf Scholz met Xi. Scholz's plan failed.\n",
      renamed("Angela Merkel met Xi. Merkel's plan failed.\n", 'Angela Merkel', 'Olaf Scholz'))
  end)

  it('keeps a line break inside the name', function()
    local wrapped = 'The chancellor of Germany travelled to Paris on Monday, where the new %s\n'
      .. '%s museum was opened by the mayor, and left the city on Tuesday for the\nsmall town.\n'
    assert.are.equal(wrapped:format('Olaf', 'Scholz'),
      renamed(wrapped:format('Angela', 'Merkel'), 'Angela Merkel', 'Olaf Scholz'))
  end)

  it('shows a name over two lines on one', function()
    local doc = assert(ent.open('The chancellor of Germany travelled to Paris on Monday, where '
      .. 'the new Angela\nMerkel museum was opened by the mayor, and left the city.\n'))
    assert.are.equal('Angela Merkel', doc:entity(doc:find 'Angela Merkel').name)
  end)
end)
