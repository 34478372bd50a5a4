// A session in Visual Studio Code, told in lines for run.sh: run by the editor itself, in the
// process of its extensions. ENTENTE_FOLDER holds text.txt; what is found goes to told.txt there.
'use strict';

const fs = require('fs');
const path = require('path');
const vscode = require('vscode');

const lines = [];
const tell = (what, value) => lines.push(`${what} ${value}`);
const ask = (command, ...args) => vscode.commands.executeCommand(command, ...args);
const names = (list) => list.map((item) => item.name || item.label || item.title).join(' | ');

// Tries until something is there: the server may still be starting.
async function found(what, attempt) {
  for (let i = 0; i < 300; i++) {
    const value = await attempt();
    if (value) return value;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`waited in vain: ${what}`);
}

async function session(folder) {
  const uri = vscode.Uri.file(path.join(folder, 'text.txt'));
  const doc = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(doc);
  await vscode.extensions.getExtension('entente.entente').activate();
  const putin = new vscode.Position(1, 2);
  const refs = () => ask('vscode.executeReferenceProvider', uri, putin);
  await found('references', async () => (await refs()).length);
  tell('references', (await refs()).length);
  const [first] = await ask('vscode.executeDefinitionProvider', uri, putin);
  tell('definition', first.range.start.line);
  const hover = await ask('vscode.executeHoverProvider', uri, putin);
  tell('hover', hover[0].contents[0].value.replace(/\n/g, ' '));
  tell('highlights', (await ask('vscode.executeDocumentHighlights', uri, putin)).length);
  tell('outline', names(await ask('vscode.executeDocumentSymbolProvider', uri)));
  tell('symbols', names(await ask('vscode.executeWorkspaceSymbolProvider', 'merk')));
  const legend = await ask('vscode.provideDocumentSemanticTokensLegend', uri);
  tell('legend', legend.tokenTypes.join(' '));
  tell('tokens', (await ask('vscode.provideDocumentSemanticTokens', uri)).data.length > 20);
  const lenses = await ask('vscode.executeCodeLensProvider', uri, 99);
  tell('lenses', lenses.map((lens) => lens.command.title).join(' | '));
  const all = new vscode.Range(0, 0, 9, 0);
  const hints = await ask('vscode.executeInlayHintProvider', uri, all);
  tell('hints', hints.map((hint) => hint.label).join(' | '));
  const calls = await ask('vscode.prepareCallHierarchy', uri, putin);
  const outgoing = await ask('vscode.provideOutgoingCalls', calls[0]);
  tell('calls', outgoing.map((call) => call.to.name).join(' | '));
  const name = new vscode.Range(1, 0, 1, 5);
  tell('actions', names(await ask('vscode.executeCodeActionProvider', uri, name)));
  const edit = await ask('vscode.executeDocumentRenameProvider', uri, putin, 'Dmitry Peskov');
  tell('rename', edit.get(uri).map((e) => e.newText).join(' | '));
  await editor.edit((change) => change.insert(new vscode.Position(0, 0), '😀 Putin left. '));
  const moved = await found('what is typed', async () => {
    const list = await refs();
    return list.length === 4 && list;
  });
  const places = moved.map(({ range: { start } }) => `${start.line}:${start.character}`);
  tell('typed', places.join(' '));
}

exports.run = async () => {
  const folder = process.env.ENTENTE_FOLDER;
  await session(folder).catch((problem) => tell('failed', problem.stack));
  fs.writeFileSync(path.join(folder, 'told.new'), `${lines.join('\n')}\n`);
  fs.renameSync(path.join(folder, 'told.new'), path.join(folder, 'told.txt'));
};
