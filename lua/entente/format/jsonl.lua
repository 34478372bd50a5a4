--- format.jsonl: one object a line, for programs. `tag` is the contract's schema 1.
local core = require 'entente.core'
local jsonl = require 'entente.jsonl'
local pos = require 'entente.pos'

local M = { shapes = { tag = true, rows = true, stances = true, refs = true, card = true } }

local str = jsonl.string

-- What to write of an object, in this order; other keys are left out.
local order = {
  'schema', 'doc', 'unit', 'id', 'kind', 'form', 'name', 'aliases', 'iso', 'mentions', 'start',
  'end', 'first', 'line', 'column', 'text', 'actor', 'actor_name', 'stance', 'proposal',
  'proposal_name', 'target', 'target_name', 'by', 'by_name', 'negated', 'hedged', 'cue', 'count',
  'stances', 'stances_on_it', 'sentence', 'refs', 'score',
}

local write_value

local function object(o, out)
  local before = '{'
  for _, key in ipairs(order) do
    if o[key] ~= nil then
      out[#out + 1] = before .. '"' .. key .. '":'
      write_value(o[key], out)
      before = ','
    end
  end
  out[#out + 1] = before == '{' and '{}' or '}'
end

function write_value(v, out)
  if type(v) == 'string' then
    out[#out + 1] = str(v)
  elseif type(v) == 'number' then
    out[#out + 1] = v % 1 == 0 and ('%d'):format(v) or ('%.3g'):format(v)
  elseif type(v) ~= 'table' then
    out[#out + 1] = tostring(v)
  elseif v.raw then
    out[#out + 1] = v.raw
  elseif v.list then
    out[#out + 1] = '['
    for i, x in ipairs(v.list) do
      out[#out + 1] = i > 1 and ',' or ''
      write_value(x, out)
    end
    out[#out + 1] = ']'
  else
    object(v, out)
  end
end

local function line(o, write)
  local out = {}
  object(o, out)
  write(table.concat(out), '\n')
end

-- A span in the unit asked for, as a list.
local function span(conv, s)
  return s and { list = { conv(s[1]), conv(s[2]) } }
end

local function counts(c)
  local o = {}
  for _, label in ipairs(core.labels) do
    if c[label] then
      o[#o + 1] = str(label) .. ':' .. c[label]
    end
  end
  return #o > 0 and { raw = '{' .. table.concat(o, ',') .. '}' } or nil
end

local function head(o, name, opts)
  o.schema, o.doc, o.unit = 1, name, opts.unit
  return o
end

function M.tag(doc, _, name, opts, write)
  if opts.sink then
    assert(jsonl.line(name, doc, opts.unit, opts.invalid, opts.sink))
  else
    write(assert(jsonl.line(name, doc, opts.unit, opts.invalid)))
  end
  write '\n'
  return #doc:marks(0, doc:length())
end

function M.rows(rows, name, opts, write, text)
  local conv = pos.converter(text, opts.unit)
  for _, r in ipairs(rows) do
    line(head({
      id = r.id, kind = r.kind, name = r.name, iso = r.iso, mentions = r.mentions,
      aliases = #r.aliases > 0 and { list = r.aliases } or nil,
      first = span(conv, r.first), line = r.line, column = r.column, stances = counts(r.stances),
    }, name, opts), write)
  end
end

local function stance(s, conv)
  return {
    actor = s.actor, actor_name = s.actor_name, stance = s.stance, proposal = s.proposal,
    proposal_name = s.proposal_name, target = s.target, target_name = s.target_name, by = s.by,
    by_name = s.by_name, negated = s.negated, hedged = s.hedged, cue = span(conv, s.cue),
    sentence = span(conv, s.sentence), line = s.line, column = s.column, count = s.count,
    score = s.score,
  }
end

function M.stances(rows, name, opts, write, text)
  local conv = pos.converter(text, opts.unit)
  for _, s in ipairs(rows) do
    line(head(stance(s, conv), name, opts), write)
  end
end

local function ref(r, conv)
  return {
    start = conv(r.span[1]), ['end'] = conv(r.span[2]), kind = r.kind, form = r.form,
    line = r.line, column = r.column, text = r.text, sentence = r.sentence, score = r.score,
  }
end

function M.refs(rows, name, opts, write, text)
  local conv = pos.converter(text, opts.unit)
  for _, r in ipairs(rows) do
    line(head(ref(r, conv), name, opts), write)
  end
end

function M.card(card, name, opts, write, text)
  local conv = pos.converter(text, opts.unit)
  local function each(list, fn)
    local out = {}
    for i, x in ipairs(list) do
      out[i] = fn(x, conv)
    end
    return { list = out }
  end
  line(head({
    id = card.id, kind = card.kind, name = card.name, iso = card.iso, mentions = card.mentions,
    aliases = #card.aliases > 0 and { list = card.aliases } or nil, first = span(conv, card.first),
    stances = each(card.takes, stance), stances_on_it = each(card.taken, stance),
    refs = each(card.refs, ref),
  }, name, opts), write)
end

return M
