--- format.conll: TOKEN<tab>BIO, a blank line between sentences, "# doc = NAME" before a document.
--- Names only, as PER, ORG and LOC; the outermost counts.
local core = require 'entente.core'

local M = { shapes = { tag = true } }

local types = { person = 'PER', organisation = 'ORG', country = 'LOC', place = 'LOC' }

-- Outermost names in order: { from, to, type }.
local function names(doc)
  local out, last, m = {}, 0, doc:marks()
  for i = 1, #m, 6 do
    local kind = types[core.kinds[m[i + 2] + 1]]
    if kind and core.forms[m[i + 3] + 1] == 'name' and m[i] >= last then
      out[#out + 1] = { from = m[i], to = m[i + 1], type = kind }
      last = m[i + 1]
    end
  end
  return out
end

-- Where the run of letters and digits at `from` ends, or nil. Punctuation beyond ASCII (U+0080 to
-- U+00BF, U+2000 to U+206F) is none of them.
local function word(text, from)
  local to
  while true do
    local _, stop = text:find('^%w+', from)
    if not stop then
      _, stop = text:find('^[\195-\244][\128-\191]+', from)
      if not stop or text:find('^\226\128', from) or text:find('^\226\129[\128-\175]', from) then
        return to
      end
    end
    to, from = stop, stop + 1
  end
end

-- The token at or after byte `at`, ending at `limit` at the latest: a word with its inner
-- apostrophes, hyphens and points, or one other character.
local function token(text, at, limit)
  local from = text:find('%S', at + 1)
  if not from or from > limit then
    return nil
  end
  local to = word(text, from)
  while to do
    local inner = text:match("^[-'.,]()", to + 1) or text:match('^\226\128\153()', to + 1)
    local more = inner and word(text, inner)
    if not more then
      break
    end
    to = more
  end
  if not to then
    local _, stop = text:find('^[\192-\247][\128-\191]*', from)
    to = stop or from
  end
  return from - 1, math.min(to, limit)
end

function M.tag(doc, text, name, _, write)
  write('# doc = ', core.printable(name:gsub('%s+', ' ')), '\n')
  local list, n, at = names(doc), 1, 0
  local sentence = 0
  while true do
    local mark = list[n]
    local inside = mark and at >= mark.from
    local from, to = token(text, at, mark and (inside and mark.to or mark.from) or #text)
    if not from then
      if not mark then
        break
      end
      at = inside and mark.to or mark.from
      n = inside and n + 1 or n
    else
      if from >= sentence then
        if sentence > 0 then
          write '\n'
        end
        local _, stop = doc:sentence(from)
        sentence = stop
      end
      local tag = inside and (from == mark.from and 'B-' or 'I-') .. mark.type or 'O'
      write(core.printable(text:sub(from + 1, to)), '\t', tag, '\n')
      at = to
    end
  end
  write '\n'
  return #list
end

return M
