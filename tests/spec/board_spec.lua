local board = require 'entente.board'

-- A document with these entities (name, kind) and stances (actor, label, proposal, more).
local function doc(entities, stances)
  local list = {}
  for i, s in ipairs(stances) do
    list[i] = {
      actor = s[1], label = s[2], proposal = s[3], negated = s.negated or false,
      hedged = s.hedged or false, score = s.score or 0.9,
      target = s.target, cues = { { i, i + 1 } }, sentence = { 0, 99 },
    }
  end
  return {
    stances = function()
      return list
    end,
    entity = function(_, id)
      local e = entities[id + 1]
      return e and { name = e[1], kind = e[2], first = { 0, 1 } }
    end,
  }
end

local WORLD = { { 'Russia', 1 }, { 'peace plan', 5 }, { 'NATO', 2 }, { 'sanctions, "new"', 5 } }

describe('board', function()
  it('has a row for each actor and a column for each proposal, in text order', function()
    local b = board.of(doc(WORLD, { { 2, 0, 3 }, { 0, 4, 1 }, { 0, 4, 3 } }))
    assert.equal('NATO', b.rows[1].name)
    assert.equal('Russia', b.rows[2].name)
    assert.equal('sanctions, "new"', b.columns[1].name)
    assert.equal('peace plan', b.columns[2].name)
    assert.equal('opposes', b.rows[2].cells[2].label)
    assert.is_nil(b.rows[1].cells[2])
  end)

  it('gives each mark once and every place as evidence', function()
    local b = board.of(doc(WORLD, {
      { 0, 4, 1 }, { 0, 4, 1 }, { 0, 3, 1, negated = true }, { 0, 2, 1, hedged = true },
    }))
    local cell = b.rows[1].cells[1]
    assert.same({ 'opposes', 'not accepts', 'supports?' }, cell.marks)
    assert.equal(4, #cell.evidence)
    assert.same({ 2, 3 }, cell.evidence[2].cue)
  end)

  it('leaves out what is below the least score, and stances without a proposal', function()
    local b = board.of(doc(WORLD, { { 0, 4, 1, score = 0.3 }, { 0, 7, nil } }), 0.5)
    assert.equal(0, #b.rows)
    assert.equal(0, #b.columns)
  end)

  it('has columns of actors behind the proposals, for criticism and meetings', function()
    local b = board.of(doc(WORLD, { { 0, 7, nil, target = 2 }, { 2, 4, 1 } }))
    assert.equal('peace plan', b.columns[1].name)
    assert.equal('NATO', b.columns[2].name)
    assert.same({ 'criticises' }, b.rows[2].cells[2].marks)
    assert.is_nil(board.dot(b):find('"NATO" [shape=box]', 1, true))
  end)

  it('has a sign of its own for each stance', function()
    local seen = {}
    for _, label in ipairs(require('entente.core').labels) do
      assert.is_string(board.signs[label])
      assert.is_nil(seen[board.signs[label]])
      seen[board.signs[label]] = true
    end
  end)

  it('is written as CSV, Markdown and a graph', function()
    local b = board.of(doc(WORLD, { { 0, 4, 3 }, { 2, 1, 1 } }))
    assert.equal('actor,"sanctions, ""new""",peace plan\nRussia,opposes,\nNATO,,demands\n',
      board.csv(b))
    assert.equal('| actor | sanctions, "new" | peace plan |\n|---|---|---|\n'
      .. '| Russia | opposes |  |\n| NATO |  | demands |\n', board.md(b))
    local edge = '"NATO" -> "peace plan" [label="demands", color=orange3];'
    assert.truthy(board.dot(b):find(edge, 1, true))
    b = board.of(doc(WORLD, { { 0, 4, 3, hedged = true } }))
    assert.truthy(board.dot(b):find(', style=dashed];', 1, true))
    assert.equal('doc,actor,peace plan\nx.txt,Russia,opposes\n',
      board.csv(board.of(doc(WORLD, { { 0, 4, 1 } })), 'x.txt'))
  end)

  it('writes no formula into a spreadsheet', function()
    local b = board.of(doc({ { '=1+1', 1 }, { 'plan', 5 } }, { { 0, 4, 1 } }))
    assert.truthy(board.csv(b):find("'=1+1", 1, true))
  end)
end)
