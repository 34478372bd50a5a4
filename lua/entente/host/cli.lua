--- cli: the command line host. See doc/entente.1 for what it promises.
local args = require 'entente.host.cli.args'
local formats = require 'entente.format'

local M = {}

local fail = args.fail

-- What each command of its own does; the others answer questions about documents.
local own = {}

function own.version()
  local ent = require 'entente'
  local out = require 'entente.host.cli.output'
  local model = ent.model()
  local made = model and (model:info 'version' or model:info 'date')
  out.write(('entente %s (%s, model %s)\n'):format(ent.version, _VERSION,
    model and made or model and 'without a date' or 'missing'))
  return 0
end

function own.doctor()
  return require('entente.host.cli.doctor').run(require('entente.host.cli.output').write)
end

for _, verb in ipairs { 'mark', 'ignore', 'merge', 'alias', 'split', 'rename', 'undo', 'redo' } do
  own[verb] = function(opts, rest)
    return require('entente.host.cli.project').change(verb, opts.project, rest)
  end
end

function own.index(opts, rest)
  return require('entente.host.cli.index').run(opts, rest)
end

function own.watch(opts, rest)
  return require('entente.host.cli.watch').run(opts, rest)
end

function own.explain(_, rest)
  return require('entente.host.cli.explain').run(rest, require('entente.host.cli.output').write)
end

-- The options as `render` wants them.
local function settings(command, opts)
  local out = require 'entente.host.cli.output'
  local format, shape = opts.format, formats.shape(command.name, opts.format)
  if not formats.get(format).shapes[shape] then
    fail('%s cannot be printed as %s; --format %s goes with tag', command.name, format, format)
  end
  if opts.kind and command.name ~= 'actors' then
    fail('--kind goes with actors')
  elseif opts.stance and command.name ~= 'stances' then
    fail('--stance goes with stances')
  elseif opts['min-score'] and command.name ~= 'stances'
    and not (command.name == 'tag' and (format == 'text' or format == 'html')) then
    fail('--min-score goes with stances, and with tag as text or html: other formats have scores')
  end
  return {
    command = command.name, format = format, unit = opts.unit or 'byte', kinds = opts.kind,
    stances = opts.stance, least = opts['min-score'],
    colour = format == 'text' and out.colours(opts.color), terminal = out.is_terminal(1),
  }
end

-- Threads when asked for and to be had.
local function answerer(opts, files)
  local jobs = require 'entente.host.cli.jobs'
  local out = require 'entente.host.cli.output'
  local n = opts.jobs or 1
  if n > 1 and not out.uv then
    out.complain 'without luv one document is tagged at a time (Debian: apt-get install lua-luv)'
    n = 1
  end
  if n > 1 and (#files > 1 or opts.input == 'jsonl') then
    return function(documents, o, done)
      return jobs.parallel(out.uv, n, documents, o, done)
    end
  end
  return jobs.in_turn
end

-- Goes through the documents; returns how much was found, how many could not be read.
local function go(command, opts, files)
  local out = require 'entente.host.cli.output'
  local format, shape = formats.get(opts.format), formats.shape(command.name, opts.format)
  local many = opts.input == 'jsonl' or #files > 1
  if format.single and many then
    fail('--format %s holds one document: name one file', opts.format)
  end
  local documents = require('entente.host.cli.input').documents(files,
    { input = opts.input, most = opts.most })
  local report = out.progress(opts.input ~= 'jsonl' and math.max(1, #files) or nil)
  local o = settings(command, opts)
  o.many, o.who = many, opts.who
  o.lexicon = require('entente.host.cli.project').use(opts.project)
  local run = answerer(opts, files)
  if run == require('entente.host.cli.jobs').in_turn then
    o.sink, o.tick = out.write, report
  end
  local found, bad = 0, 0
  out.write(format.head and format.head(shape) or '')
  run(documents, o, function(d)
    out.write(d.output)
    found = found + d.found
    if d.message then
      bad = bad + 1
      out.complain(d.message)
    elseif (d.invalid or 0) > 0 and o.format ~= 'jsonl' then
      out.complain(('%s: %d bytes are no UTF-8; they separate words'):format(d.name, d.invalid))
    end
    report(o.tick and 0 or d.bytes, true)
  end)
  report()
  out.write(format.foot and format.foot() or '')
  return found, bad
end

local function need_model()
  local model, message = require('entente').model()
  if not model then
    fail('%s; run "make" in %s, or set ENTENTE_MODEL', message, require('entente.core').root)
  end
end

local MB = 1048576

function own.report(opts, paths)
  need_model()
  return require('entente.host.cli.report').run(paths, opts)
end

-- A format may stand as the first word: entente export graphml DIR.
local function format_word(opts, files)
  for _, name in ipairs(formats.names) do
    if files[1] == name then
      local there = io.open(name)
      if there then
        there:close()
      else
        opts.format = table.remove(files, 1)
      end
      return
    end
  end
end

-- Exports of several documents, or of a folder; nil when it is one like any other answer.
local function export(opts, files)
  local report, input = require 'entente.host.cli.report', require 'entente.host.cli.input'
  if report.joins(files, opts) then
    return report.export(files, opts)
  end
  local expanded = input.expand(files)
  if opts.format == 'ann' and (#expanded ~= 1 or expanded[1] ~= files[1]) and #files > 0 then
    return report.annotate(files, opts)
  end
  return nil, expanded
end

local function answer(command, opts, files)
  need_model()
  if args.asks_index(command.name, opts, files) then
    return require('entente.host.cli.ask').run(command.name, opts, files)
  end
  local out = require 'entente.host.cli.output'
  if command.name == 'export' then
    format_word(opts, files)
    local status, expanded = export(opts, files)
    if status then
      return status
    end
    files = expanded
  end
  if command.who then
    opts.who = table.remove(files, 1)
    if not opts.who or opts.who == '' then
      fail('%s takes a name: entente %s NAME [FILE...]', command.name, command.name)
    end
  end
  if command.may and args.is_name(files[1]) then
    opts.who = table.remove(files, 1)
  end
  out.redirect(opts.output)
  local found, bad = go(command, opts, files)
  return bad > 0 and 2 or found > 0 and 0 or 1
end

local function run(argv)
  local opts, rest = args.parse(argv)
  local status
  if opts.help then
    io.stdout:write(args.help())
    return 0
  elseif opts.version then
    status = own.version()
  elseif #rest == 0 then
    fail 'say what to do: entente tag FILE; see entente --help'
  else
    local command = args.command(table.remove(rest, 1))
    opts.most = (opts['max-size'] or 512) * MB
    opts.format = opts.format or (command.name == 'export' and 'jsonl' or 'text')
    if own[command.name] then
      status = own[command.name](opts, rest)
    else
      status = answer(command, opts, rest)
    end
  end
  require('entente.host.cli.output').flush()
  return status
end

-- What went wrong, in one line; the trace of an error of ours is for ENTENTE_DEBUG.
local function explain(problem)
  if type(problem) == 'table' then
    return problem.entente and { message = problem.entente } or problem
  end
  local message = tostring(problem)
  if message:find 'interrupted!' then
    return { quiet = 130 }
  elseif message:find '^entente: ' or message == 'not enough memory' then
    return { message = message:gsub('^entente: ', '') }
  elseif message:find '^%S*lua/entente/index/[a-z]+%.lua:%d+: ' and message:find 'attempt to' then
    return { message = 'the index is damaged: run "entente index --rebuild"' }
  end
  return { message = 'internal error, please report it: ' .. message,
    trace = os.getenv 'ENTENTE_DEBUG' and debug.traceback() }
end

--- Runs the command line.
---@param argv string[]
---@return integer status grep's: 0 found, 1 nothing found, 2 error
function M.main(argv)
  local ok, result = xpcall(function()
    return run(argv)
  end, explain)
  if ok then
    return result
  elseif result.entente_pipe then
    return 141
  elseif result.quiet then
    return result.quiet
  end
  io.stdout:flush()
  local text = result.message:gsub('%s+', ' '):gsub('[%c]', '?')
  io.stderr:write('entente: ', text, '\n', result.trace and result.trace .. '\n' or '')
  return 2
end

return M
