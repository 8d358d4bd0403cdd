// Putting it together: controls, keys, theme, and the first draw.

function hint(text) {
  $('hint').textContent = text;
  $('hint').hidden = !text;
  say(text);
}

const fade = later(() => { $('toast').hidden = true; }, 4000);

/** A short word over whatever view is open, gone after four seconds. */
function toast(text) {
  $('toast').textContent = text;
  $('toast').hidden = false;
  say(text);
  fade();
}

function firstHint() {
  const live = G.network.nodes.length;
  if (Stage.large) return `${many(live)} of ${many(G.drawn)} entities stand in detail, the others as dots. Click a dot, or search.`;
  if (G.bare) return 'This graph came without sentences: a line shows what it states. Click one.';
  if (V.hiddenByStatus) return `Click a line to read its sentence. ${counted(V.hiddenByStatus, 'fact is', 'facts are')} hidden: reported, planned, possible or denied.`;
  return 'Click a line to read the sentence behind it.';
}

let drawnFilters = '', revealed = null;

/** Bring everything up to the state. */
function update() {
  const filters = [S.statuses, S.offClasses, S.offRelations, S.offDocuments].map(list).join('|') + [S.confidence, S.from, S.to] + JSON.stringify(S.focus);
  if (filters !== drawnFilters) {
    seeThrough();
    lineTexts.clear();
  }
  for (const view of ['table', 'texts', 'sparql']) $(view).hidden = S.view !== view;
  for (const button of document.querySelectorAll('button[data-view]')) button.setAttribute('aria-pressed', button.dataset.view === S.view ? 'true' : 'false');
  document.body.dataset.view = S.view;
  const refit = filters !== drawnFilters && S.focus && drawnFilters;
  if (filters !== drawnFilters && Search.from === null) hint(firstHint());
  drawnFilters = filters;
  $('counts').textContent = `${counted(V.nodes, 'entity', 'entities')} · ${counted(V.facts, 'fact')}${G.bare ? '' : ` · ${counted(V.document.reduce((sum, on) => sum + on, 0), 'document')}`}`;
  $('undo').disabled = !past.length;
  Filters.show();
  Panel.show();
  if (S.view === 'table') Table.show();
  if (S.view === 'texts') Texts.show();
  if (S.view === 'sparql') Sparql.show();
  Stage.show();
  if (refit) Stage.fit(true, [...Stage.live].filter(n => V.node[n]));
  else if (S.selected && S.selected !== revealed) revealSelected();
  revealed = S.selected;
  announce();
}

function revealSelected() {
  const { node, topic, path } = S.selected, nodes = [...(Stage.marked?.nodes ?? [])].filter(n => n < G.drawn && V.node[n]);
  if (topic !== undefined || path) Stage.fit(true, nodes);
  else Stage.reveal(node === undefined ? nodes : [node]);
}

function announce() {
  const { selected } = S;
  if (selected) say($('panel').querySelector('h2')?.textContent.slice(0, 120) ?? '');
}

/** From the selected node to the neighbour that lies most in a direction. */
function walk(dx, dy) {
  const from = S.selected?.node;
  if (from === undefined || from >= G.drawn) { const first = V.node.indexOf(1); if (first >= 0) go({ selected: { node: first } }); return; }
  const near = new Set([...G.linesAt(from)].filter(l => V.line[l] >= 0).map(l => (G.lines.a[l] === from ? G.lines.b[l] : G.lines.a[l])));
  const best = toward(from, near, dx, dy) ?? toward(from, [...Stage.live].filter(n => V.node[n] && n !== from), dx, dy);
  if (best !== null) go({ selected: { node: best } });
}

function toward(from, nodes, dx, dy) {
  let best = null, least = Infinity;
  for (const n of nodes) {
    const x = G.x[n] - G.x[from], y = G.y[n] - G.y[from], far = Math.hypot(x, y) || 1, along = (x * dx + y * dy) / far;
    if (along > 0.35 && far * (2 - along) < least) [best, least] = [n, far * (2 - along)];
  }
  return best;
}

/** Whether the graph is in sight: by itself, or over a query and its answer. */
const onGraph = () => S.view === 'graph' || S.view === 'sparql';

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $('helps').open) return;
  const typing = event.target.closest('input:not([type=checkbox]):not([type=range]), select, textarea'), onStage = event.target.closest('#stage') || event.target === document.body;
  if (typing) return;
  if (event.key === '/') $('search').focus();
  else if (event.key === '?') Help.open();
  else if (event.key === 'Escape') back();
  else if (event.key === 'Backspace') undo();
  else if (!onStage || !onGraph()) return;
  else if (KEYS[event.key]) walk(...KEYS[event.key]);
  else if (event.key === 'Enter' && S.selected) $('panel').focus();
  else if (event.key === '+' || event.key === '=') Stage.zoom(1.3);
  else if (event.key === '-') Stage.zoom(1 / 1.3);
  else if (event.key === '0') Stage.fit();
  else return;
  event.preventDefault();
}

/** One step back: the menu, the way to a path, the selection, the focus. */
function back() {
  if (!$('saves').hidden) { Files.toggle(false); return; }
  if (Search.from !== null) { Search.leave(); hint(''); return; }
  if (S.selected) go({ selected: null });
  else if (S.focus) go({ focus: null });
  if (document.activeElement?.closest('#panel') || document.activeElement === document.body) $('stage').focus({ preventScroll: true });
}

const Help = {
  rows: [['/', 'search'], ['← → ↑ ↓', 'to a neighbour of the selected entity'], ['Enter', 'into the panel'], ['Esc', 'back: panel, selection, focus'], ['Backspace', 'undo'], ['+ − 0', 'closer, further, show all'], ['?', 'this help']],

  open() {
    $('helps').replaceChildren(el('h2', { id: 'helps-title' }, 'How to read this page'),
      el('p', {}, 'Every line is one or more facts between two things. Click a line to read the sentences behind it, a shape for all facts about it. Double-click a shape to see only its neighbours.'),
      el('p', {}, 'Solid lines are stated by a document, dashed ones reported in somebody’s words, dotted ones planned, possible or conditional, struck ones denied. Only what is stated is shown until you ask for the rest.'),
      el('table', {}, ...Help.rows.map(([keys, what]) => el('tr', {}, el('th', { scope: 'row' }, ...keys.split(' ').flatMap(k => [el('kbd', {}, k), ' '])), el('td', {}, what)))),
      el('p', { class: 'source' }, 'Made by factloom. Drawn with vis-network (Apache-2.0 or MIT) through pyvis. SPARQL by Oxigraph (MIT or Apache-2.0), when the page carries it. This file loads nothing and sends nothing.'),
      el('form', { method: 'dialog' }, el('button', { class: 'main', autofocus: true }, 'Close')));
    $('helps').showModal();
  },
};

function changeTheme() {
  theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
  Filters.make();
  update();
}

function controls() {
  for (const button of document.querySelectorAll('button[data-view]')) button.addEventListener('click', () => go({ view: button.dataset.view }));
  $('undo').addEventListener('click', undo);
  $('theme').addEventListener('click', changeTheme);
  $('help').addEventListener('click', Help.open);
  $('fit').addEventListener('click', () => Stage.fit());
  $('zoom-in').addEventListener('click', () => Stage.zoom(1.3));
  $('zoom-out').addEventListener('click', () => Stage.zoom(1 / 1.3));
  $('show-filters').addEventListener('click', () => foldFilters(document.body.classList.contains('folded')));
  document.addEventListener('keydown', key);
}

async function start() {
  await readData();
  read(location.hash.slice(1));
  seeThrough();
  document.querySelector('[data-view=sparql]').hidden = !Engine.there();
  document.querySelector('[data-view=texts]').hidden = !G.sentences.length.some(Boolean);
  Stage.make();
  Stage.show();
  // The graph first; what stands around it can wait for that frame.
  if (!Stage.frames) await frame();
  Filters.make();
  Search.make();
  Files.make();
  controls();
  followAddress();
  onChange = update;
  update();
  if (S.focus) Stage.fit(false, [...Stage.live].filter(n => V.node[n]));
  else if (!S.selected) Stage.fit(false);
  window.factloom = {
    get frames() { return Stage.frames; },
    get network() { return Stage.network; },
    find: label => G.nodes.label.indexOf(label),
  };
  document.documentElement.dataset.ready = 'true';
}

start();
