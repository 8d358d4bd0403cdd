// What the reader has chosen, kept in the address so that a view can be sent, and undone step by step.

const past = [];
let written = '';
let onChange = () => {};

/** Change the state by `patch`; the step can be undone. */
function go(patch, { undoable = true } = {}) {
  const before = address();
  Object.assign(S, patch);
  const now = address();
  if (now !== before && undoable) {
    past.push(before);
    if (past.length > 200) past.shift();
  }
  write(now);
  onChange();
}

function undo() {
  if (!past.length) return;
  const before = past.pop();
  read(before);
  write(before);
  say('Undone');
  onChange();
}

function write(text) {
  written = text;
  try {
    history.replaceState(null, '', '#' + text);
  } catch { /* a page inside another page may not own its address */ }
}

const list = numbers => [...numbers].sort((a, b) => a - b).join('.');

/** The state as `key=value&…`, empty for the page as it opens. */
function address() {
  const parts = new URLSearchParams();
  if (S.view !== 'graph') parts.set('view', S.view);
  if (S.view === 'texts') parts.set('document', G.documents[S.document]?.id ?? '');
  const { selected, focus } = S;
  if (selected?.node !== undefined) parts.set('node', nodeName(selected.node));
  if (selected?.fact !== undefined) parts.set('fact', factName(selected.fact));
  if (selected?.line !== undefined) parts.set('line', nodeName(G.lines.a[selected.line]) + '~' + nodeName(G.lines.b[selected.line]));
  if (selected?.path) parts.set('path', selected.path.map(nodeName).join('~'));
  if (selected?.topic !== undefined) parts.set('topic', nodeName(G.topics[selected.topic].nodes[0]));
  if (selected?.sentence !== undefined) parts.set('sentence', selected.sentence);
  if (selected?.silent !== undefined) parts.set('silent', selected.silent);
  if (focus) parts.set('focus', nodeName(focus.node) + '~' + focus.hops);
  if (list(S.statuses) !== list(SHOWN_FIRST)) parts.set('status', [...S.statuses].sort().map(i => G.statuses[i]).join('.'));
  if (S.offClasses.size) parts.set('classes', list(S.offClasses));
  if (S.offRelations.size) parts.set('relations', list(S.offRelations));
  if (S.offDocuments.size) parts.set('documents', list(S.offDocuments));
  if (S.confidence) parts.set('confidence', S.confidence);
  if (S.query) parts.set('query', S.query);
  if (S.from) parts.set('from', S.from);
  if (S.to) parts.set('to', S.to);
  return parts.toString();
}

const numbered = text => new Set((text ?? '').split('.').filter(Boolean).map(Number));

function nodeByName(name) {
  if (name.startsWith('"')) return G.nodes.label.indexOf(name.slice(1), G.entities);
  return G.nodes.iri.indexOf(name);
}

/** Take the state from an address; what it names and the graph doesn't hold is left out. */
function read(text) {
  const parts = new URLSearchParams(text);
  S.view = ['table', 'texts', 'sparql'].includes(parts.get('view')) ? parts.get('view') : 'graph';
  S.document = Math.max(0, G.documents.findIndex(d => d.id === parts.get('document')));
  S.statuses = new Set(SHOWN_FIRST);
  if (parts.has('status')) S.statuses = new Set(parts.get('status').split('.').map(s => G.statuses.indexOf(s)).filter(i => i >= 0));
  S.offClasses = numbered(parts.get('classes'));
  S.offRelations = numbered(parts.get('relations'));
  S.offDocuments = numbered(parts.get('documents'));
  S.query = parts.get('query') ?? '';
  if (S.view === 'sparql' && !Engine.there()) S.view = 'graph';
  S.confidence = Number(parts.get('confidence')) || 0;
  [S.from, S.to] = ['from', 'to'].map(end => (/^\d{4}(-\d\d){0,2}$/.test(parts.get(end)) ? parts.get(end) : ''));
  S.selected = readSelected(parts);
  const [focused, hops] = (parts.get('focus') ?? '').split('~');
  const node = focused ? nodeByName(focused) : -1;
  S.focus = node >= 0 ? { node, hops: Number(hops) || 1 } : null;
}

function readSelected(parts) {
  const both = name => (parts.get(name) ?? '').split('~').map(nodeByName);
  if (parts.has('node')) return found(nodeByName(parts.get('node')), node => ({ node }));
  if (parts.has('fact')) return found(factByName(parts.get('fact')), fact => ({ fact }));
  if (parts.has('line')) return found(G.lines.number(...both('line')), line => ({ line }));
  if (parts.has('topic')) return found(G.nodes.topic[nodeByName(parts.get('topic'))] ?? -1, topic => ({ topic }));
  if (parts.has('path')) return both('path').every(n => n >= 0) ? { path: both('path') } : null;
  if (parts.has('sentence')) return found(Number(parts.get('sentence')) < G.sentences.start.length ? Number(parts.get('sentence')) : -1, sentence => ({ sentence }));
  if (parts.has('silent')) return found(Number(parts.get('silent')) < G.silences.start.length ? Number(parts.get('silent')) : -1, silent => ({ silent }));
  return null;
}

const found = (number, wrap) => (number >= 0 ? wrap(number) : null);

/** Follow the address when the reader edits it or goes back. */
function followAddress() {
  addEventListener('hashchange', () => {
    const now = location.hash.slice(1);
    if (now === written) return;
    past.push(address());
    read(now);
    written = now;
    onChange();
  });
}
