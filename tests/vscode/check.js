// The extension without its editor: stand-ins for the two modules it needs, the real server.
'use strict';

const { spawn } = require('child_process');
const Module = require('module');
const path = require('path');

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, 'editors/vscode');
const manifest = require(path.join(folder, 'package.json'));
let made;
const shown = [];
let failed = 0;

function check(name, good) {
  console.log(`${good ? 'ok' : 'not ok'} - VS Code: ${name}`);
  failed += good ? 0 : 1;
}

const defaults = manifest.contributes.configuration.properties;
const vscode = {
  workspace: {
    getConfiguration: (section) => ({
      get: (key) => (key === 'path' ? path.join(root, 'bin/entente') : defaults[`${section}.${key}`].default),
    }),
  },
  commands: { executeCommand: async (...args) => shown.push(args) },
  Uri: { parse: (uri) => ({ uri }) },
};

class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { id, name, server, options });
    this.protocol2CodeConverter = { asPosition: (p) => p, asLocation: (l) => l };
    made = this;
  }
  start() { this.started = true; return Promise.resolve(); }
  stop() { this.stopped = true; return Promise.resolve(); }
}

const load = Module._load;
Module._load = (name, ...rest) => {
  if (name === 'vscode') return vscode;
  if (name === 'vscode-languageclient/node') return { LanguageClient };
  return load(name, ...rest);
};

// Asks the server as the client would; gives what it says of itself.
function initialize(server, initializationOptions) {
  return new Promise((done, fail) => {
    const child = spawn(server.command, server.args, { stdio: ['pipe', 'pipe', 'inherit'] });
    let bytes = '';
    child.on('error', fail);
    child.stdout.on('data', (data) => {
      bytes += data;
      const [head, body] = bytes.split('\r\n\r\n');
      const length = /Content-Length: (\d+)/.exec(head);
      if (length && body && Buffer.byteLength(body) >= Number(length[1])) {
        child.stdin.end();
        done(JSON.parse(body).result);
      }
    });
    const message = JSON.stringify({
      jsonrpc: '2.0', id: 1, method: 'initialize',
      params: { capabilities: {}, clientInfo: { name: 'Visual Studio Code' }, initializationOptions },
    });
    child.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
  });
}

async function main() {
  const extension = require(path.join(folder, 'extension.js'));
  await extension.activate();
  check('it starts a client for prose', made.started
    && made.options.documentSelector.some((s) => s.language === 'markdown'));
  const result = await initialize(made.server, made.options.initializationOptions);
  const types = result.capabilities.semanticTokensProvider.legend.tokenTypes;
  const declared = manifest.contributes.semanticTokenTypes.map((t) => t.id);
  const coloured = Object.keys(manifest.contributes.semanticTokenScopes[0].scopes);
  check(`every token type of the server is declared (${types.join(' ')})`,
    types.length === declared.length && types.every((t) => declared.includes(t)));
  check('their names are such as the editor takes',
    declared.every((id) => /^\w+[-_\w+]*$/.test(id)));
  check('each has a colour in themes that know no semantic tokens',
    declared.every((id) => coloured.includes(id)));
  check('one version', manifest.version === result.serverInfo.version);
  const place = { uri: 'file:///a', range: {} };
  await made.options.middleware.executeCommand('entente.refs',
    [{ uri: 'file:///a', position: { line: 0, character: 0 } }], async () => [place]);
  check('a code lens lists references', shown.length === 1
    && shown[0][0] === 'editor.action.showReferences' && shown[0][3][0] === place);
  await extension.deactivate();
  check('it stops the client', made.stopped);
  process.exit(failed ? 1 : 0);
}

main();
