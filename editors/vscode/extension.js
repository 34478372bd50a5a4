// Starts the language server and shows what the protocol has no view for.
'use strict';

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

const LANGUAGES = ['plaintext', 'markdown', 'latex', 'restructuredtext', 'asciidoc'];

let client;

// A code lens counts mentions; a click on it lists them where the editor lists references.
async function executeCommand(command, args, next) {
  const result = await next(command, args);
  const first = args[0];
  if (command === 'entente.refs' && Array.isArray(result)) {
    await vscode.commands.executeCommand(
      'editor.action.showReferences',
      vscode.Uri.parse(first.uri),
      client.protocol2CodeConverter.asPosition(first.position),
      result.map((place) => client.protocol2CodeConverter.asLocation(place)),
    );
  }
  return result;
}

function activate() {
  const settings = vscode.workspace.getConfiguration('entente');
  const server = { command: settings.get('path'), args: ['lsp'] };
  client = new LanguageClient('entente', 'Entente', server, {
    documentSelector: LANGUAGES.flatMap((language) => [
      { scheme: 'file', language },
      { scheme: 'untitled', language },
    ]),
    initializationOptions: {
      semanticTokens: settings.get('semanticTokens'),
      diagnostics: settings.get('diagnostics'),
    },
    synchronize: { configurationSection: 'entente' },
    middleware: { executeCommand },
  });
  return client.start();
}

function deactivate() {
  return client && client.stop();
}

module.exports = { activate, deactivate };
