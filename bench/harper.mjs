// Harper, a grammar checker, as a language server: its published engine behind a pipe, doing its own
// work, the checking of each text that changes. Used where harper-ls is not installed.
//   node harper.mjs FOLDER      whose node_modules/ holds harper.js
import { pathToFileURL } from 'url';

const folder = `${process.argv[2]}/node_modules/harper.js/dist`;
const { LocalLinter } = await import(pathToFileURL(`${folder}/index.js`).href);
const { binary } = await import(pathToFileURL(`${folder}/binary.js`).href);
const linter = new LocalLinter({ binary });
await linter.setup();

const texts = new Map();

function send(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function offset(text, { line, character }) {
  let at = 0;
  for (let i = 0; i < line; i++) at = text.indexOf('\n', at) + 1;
  return at + character;
}

async function check(uri, version) {
  const lints = await linter.lint(texts.get(uri));
  const diagnostics = lints.map((lint) => ({ message: lint.message(), span: lint.span().to_json() }));
  send({ method: 'textDocument/publishDiagnostics', params: { uri, version, diagnostics } });
}

async function handle({ id, method, params }) {
  if (method === 'textDocument/didOpen') {
    texts.set(params.textDocument.uri, params.textDocument.text);
    await check(params.textDocument.uri, params.textDocument.version);
  } else if (method === 'textDocument/didChange') {
    const { uri, version } = params.textDocument;
    for (const { range, text } of params.contentChanges) {
      const old = texts.get(uri);
      texts.set(uri, range
        ? old.slice(0, offset(old, range.start)) + text + old.slice(offset(old, range.end)) : text);
    }
    await check(uri, version);
  } else if (method === 'exit') {
    process.exit(0);
  } else if (id !== undefined) {
    send({ id, result: method === 'initialize' ? { capabilities: { textDocumentSync: 2 } } : null });
  }
}

let bytes = Buffer.alloc(0);
let work = Promise.resolve();
process.stdin.on('data', (data) => {
  bytes = Buffer.concat([bytes, data]);
  for (;;) {
    const head = bytes.indexOf('\r\n\r\n');
    const length = head < 0 ? NaN : Number(/Content-Length: (\d+)/.exec(bytes.toString('latin1', 0, head))[1]);
    if (!(bytes.length >= head + 4 + length)) return;
    const message = JSON.parse(bytes.toString('utf8', head + 4, head + 4 + length));
    bytes = bytes.subarray(head + 4 + length);
    work = work.then(() => handle(message));
  }
});
process.stdin.on('end', () => process.exit(0));
