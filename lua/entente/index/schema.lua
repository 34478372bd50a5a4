--- index.schema: the tables of a project's index, in SQLite. doc/index.md tells what is in them.
--- A file of another version is not converted but made anew: all in it can be found again.
local M = {}

M.version = 4
M.application = 0x456e7465 -- "Ente": how `file` and others tell whose database it is

M.tables = [[
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE dir (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE file (
  id INTEGER PRIMARY KEY, dir INTEGER NOT NULL, name TEXT NOT NULL,
  stamp INTEGER, size INTEGER, hash INTEGER, problem TEXT, UNIQUE (dir, name));
CREATE TABLE doc (
  id INTEGER PRIMARY KEY, file INTEGER NOT NULL, part INTEGER NOT NULL, name TEXT, date TEXT,
  size INTEGER, mentions INTEGER, names BLOB);
CREATE INDEX doc_file ON doc (file);
CREATE TABLE name (
  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text TEXT NOT NULL, about TEXT, entity INTEGER,
  docs INTEGER NOT NULL, mentions INTEGER NOT NULL, places BLOB);
CREATE INDEX name_entity ON name (entity) WHERE entity IS NOT NULL;
CREATE INDEX name_text ON name (text COLLATE NOCASE, docs) WHERE docs > 1;
CREATE INDEX name_often ON name (text COLLATE NOCASE, docs) WHERE docs > 8;
CREATE TABLE lookup (id INTEGER PRIMARY KEY, names BLOB NOT NULL);
CREATE TABLE alias (
  name INTEGER NOT NULL, n INTEGER NOT NULL, text TEXT NOT NULL, docs INTEGER NOT NULL,
  PRIMARY KEY (name, n)) WITHOUT ROWID;
CREATE TABLE posting (
  segment INTEGER NOT NULL, name INTEGER NOT NULL, part INTEGER NOT NULL, stances BLOB,
  docs BLOB NOT NULL, PRIMARY KEY (segment, name, part)) WITHOUT ROWID;
CREATE TABLE segment (id INTEGER PRIMARY KEY, docs INTEGER NOT NULL);
CREATE TABLE stance (
  doc INTEGER NOT NULL, n INTEGER NOT NULL, actor INTEGER NOT NULL, label INTEGER NOT NULL,
  proposal INTEGER, target INTEGER, source INTEGER, flags INTEGER NOT NULL,
  cue INTEGER NOT NULL, cue_length INTEGER NOT NULL,
  sentence INTEGER NOT NULL, sentence_length INTEGER NOT NULL, score INTEGER NOT NULL,
  PRIMARY KEY (doc, n)) WITHOUT ROWID;
]]

-- For people who read the file with other programs.
local views = [[
CREATE VIEW documents AS
  SELECT doc.id, CASE dir.path WHEN '' THEN file.name ELSE dir.path || '/' || file.name END AS path,
    doc.part, doc.name, doc.date, doc.size, doc.mentions
  FROM doc JOIN file ON file.id = doc.file JOIN dir ON dir.id = file.dir;
CREATE VIEW entities AS
  SELECT e.id, %s AS kind, e.text AS name, CASE WHEN e.kind = %d THEN e.about END AS iso,
    CASE WHEN e.kind <> %d THEN e.about END AS about,
    (SELECT sum(docs) FROM name m WHERE m.entity = e.id) + e.docs AS documents, e.mentions
  FROM name e WHERE e.entity IS NULL AND e.docs > 0;
CREATE VIEW names AS
  SELECT n.id, coalesce(n.entity, n.id) AS entity, %s AS kind, n.text AS name, n.docs AS documents,
    n.mentions
  FROM name n WHERE n.docs > 0;
CREATE VIEW stances AS
  SELECT a.text AS actor, %s AS stance, p.text AS proposal, t.text AS target, b.text AS source,
    s.flags & 1 AS negated, s.flags >> 1 & 1 AS hedged, s.score / 100.0 AS score, d.date, d.path,
    d.part, s.cue, s.cue_length, s.sentence, s.sentence_length, s.doc,
    coalesce(a.entity, a.id) AS actor_id, coalesce(p.entity, p.id) AS proposal_id,
    coalesce(t.entity, t.id) AS target_id, coalesce(b.entity, b.id) AS source_id
  FROM stance s JOIN documents d ON d.id = s.doc
    JOIN name an ON an.id = s.actor JOIN name a ON a.id = coalesce(an.entity, an.id)
    LEFT JOIN name pn ON pn.id = s.proposal LEFT JOIN name p ON p.id = coalesce(pn.entity, pn.id)
    LEFT JOIN name tn ON tn.id = s.target LEFT JOIN name t ON t.id = coalesce(tn.entity, tn.id)
    LEFT JOIN name bn ON bn.id = s.source LEFT JOIN name b ON b.id = coalesce(bn.entity, bn.id);
]]

-- SQL that turns the number in a column into its word.
local function words(column, list)
  local out = { 'CASE ' .. column }
  for i, word in ipairs(list) do
    out[#out + 1] = ("WHEN %d THEN '%s'"):format(i - 1, word)
  end
  return table.concat(out, ' ') .. ' END'
end

--- The number of the kind whose names are told apart by their code (name.about is that code).
---@param core table
---@return integer
function M.country(core)
  for i, kind in ipairs(core.kinds) do
    if kind == 'country' then
      return i - 1
    end
  end
end

--- All that makes an empty index.
---@param core table names of kinds and stances
---@return string sql
function M.create(core)
  local kinds = { words('e.kind', core.kinds), words('n.kind', core.kinds) }
  local country = M.country(core)
  return M.tables
    .. views:format(kinds[1], country, country, kinds[2], words('s.label', core.labels))
    .. ('PRAGMA application_id = %d; PRAGMA user_version = %d;'):format(M.application, M.version)
end

return M
