// Questions in SPARQL: shelf and editor beside the answer, and what was found lit up on the graph.

const Sparql = {
  made: false, asked: null, found: null, lit: null, limit: 100, turn: 0,

  make() {
    Sparql.made = true;
    const button = (id, label, act, more = {}) => el('button', { id, data: { testid: id }, onclick: act, ...more }, label);
    $('sparql').replaceChildren(
      el('div', { class: 'ask' }, ...Shelf.make(), Editor.make(Sparql.submit),
        el('div', { class: 'actions' }, button('run', 'Run', Sparql.submit, { class: 'main', title: 'Ctrl + Enter' }), button('stop', 'Stop', () => Engine.stop(), { hidden: true }),
          el('p', { id: 'told', role: 'status', data: { testid: 'told' } }))),
      el('div', { class: 'answer', id: 'answer', tabindex: 0, role: 'region', 'aria-label': 'Answer', data: { testid: 'answer' } }, Sparql.welcome()));
    Sparql.tell('Loading the graph …', 'busy');
    Engine.start().then(async () => { Sparql.tell(`${counted(Engine.triples, 'triple')} loaded`, 'idle'); await Editor.learn(); }).catch(error => Sparql.tell(upper(error.message), 'bad'));
  },

  welcome: () => el('p', { class: 'note' }, 'Choose a named query, or write your own: the answer stands here, and what it found is lit up on the graph. The query runs in this page; nothing is sent.' +
    (Engine.plain ? ' This graph is large: names, classes and stated facts can be asked for here; sentences, sources and what is only claimed need factloom query.' : '')),

  show() {
    if (!Sparql.made) Sparql.make();
    if (S.query && Editor.field.value !== S.query) Editor.field.value = S.query;
    if (S.query !== Sparql.asked) Sparql.run();
  },

  submit() {
    const text = Editor.field.value.trim();
    if (!text) { Sparql.tell('Write a query first, or choose a named one', 'bad'); return; }
    Sparql.asked = null;
    if (text === S.query) Sparql.run();
    else go({ query: text });
  },

  async run() {
    const turn = ++Sparql.turn;
    Sparql.asked = S.query;
    Sparql.found = Sparql.lit = null;
    if (!S.query) { $('answer').replaceChildren(Sparql.welcome()); return; }
    Sparql.tell(Engine.ready && Engine.triples ? 'Running …' : 'Loading the graph …', 'busy');
    try {
      const found = await Engine.ask(S.query);
      if (turn === Sparql.turn) Sparql.answered(found);
    } catch (error) {
      if (turn !== Sparql.turn) return;
      $('answer').replaceChildren(el('p', { class: 'note' }, 'No answer.'));
      Sparql.tell(upper(error.message), 'bad');
      Stage.show();
    }
  },

  answered(found) {
    Object.assign(Sparql, { found, limit: 100, lit: litRows(found) });
    const shown = [...Sparql.lit.nodes].filter(node => V.node[node] && node < G.drawn);
    const lights = shown.length ? `, ${counted(shown.length, 'entity', 'entities')} lit up` : '';
    Sparql.tell(`${counted(found.rows.length, found.form === 'SELECT' ? 'row' : found.form === 'ASK' ? 'answer' : 'triple')} in ${many(Math.max(1, Math.round(found.milliseconds)))} ms${lights}`, 'idle');
    Sparql.draw();
    if (!Sparql.lit.nodes.size) Sparql.lit = null;
    if (S.view !== 'sparql') return;
    Stage.show();
    if (!S.selected && shown.length) Stage.fit(true, shown);
  },

  tell(text, mood) {
    if (!Sparql.made) return;
    $('told').textContent = text;
    $('told').className = mood;
    $('stop').hidden = mood !== 'busy';
    $('sparql').setAttribute('aria-busy', mood === 'busy' ? 'true' : 'false');
  },

  draw() {
    const { columns, rows } = Sparql.found, rest = rows.length - Sparql.limit;
    const head = el('tr', {}, ...columns.map(name => el('th', { scope: 'col' }, name))), body = rows.slice(0, Sparql.limit).map(row => el('tr', { data: { testid: 'answer-row' } }, ...columns.map(name => el('td', {}, row[name] ? termCell(row[name]) : ''))));
    $('answer').replaceChildren(
      rows.length ? el('table', {}, el('caption', {}, 'Answer'), el('thead', {}, head), el('tbody', {}, ...body)) : el('p', { class: 'note' }, 'Nothing in the graph answers this.'),
      el('p', { class: 'more' }, rest > 0 ? el('button', { class: 'quiet', onclick: () => { Sparql.limit += 1000; Sparql.draw(); } }, `Show ${many(Math.min(rest, 1000))} more of ${many(rows.length)}`) : null,
        rows.length ? el('button', { class: 'quiet', data: { testid: 'copy-answer' }, onclick: () => copyText(Sparql.csv(), 'Answer copied as CSV') }, 'Copy as CSV') : null,
        Sparql.found.lines ? el('button', { class: 'quiet', onclick: () => copyText(Sparql.found.lines, 'Answer copied as N-Triples') }, 'Copy as N-Triples') : null));
  },

  csv() {
    const { columns, rows } = Sparql.found;
    return [columns.map(csvCell).join(','), ...rows.map(row => columns.map(name => csvCell(row[name] ? termText(row[name]) : '')).join(','))].join('\r\n') + '\r\n';
  },
};

function termText(term) {
  if (term.type === 'triple') return `<< ${['subject', 'predicate', 'object'].map(part => termText(term.value[part])).join(' ')} >>`;
  return term.type === 'bnode' ? '_:' + term.value : term.value;
}

/** A term as the table shows it: what stands in the graph can be opened. */
function termCell(term) {
  const node = nodeOf(term);
  if (node >= 0 && !isValue(node)) return nodeButton(node);
  if (term.type === 'uri') return el('code', { title: term.value }, prefixed(term.value) || short(term.value, 80));
  const text = termText(term);
  return el('span', { dir: 'auto', class: text.length > 48 ? 'long' : null }, short(text, 400));
}

/** The entity that a term of an answer is, or is the name of; -1 for none. */
function nodeOf({ type, value }) {
  if (!Sparql.nodes) {
    Sparql.nodes = new Map();
    for (let i = G.entities - 1; i >= 0; i--) Sparql.nodes.set('"' + labelOf(i), i).set(iriOf(i), i);
  }
  return (type === 'triple' ? undefined : Sparql.nodes.get(type === 'uri' ? value : '"' + value)) ?? -1;
}

/** The entities that rows name, and the lines between those of one row. */
function litRows({ columns, rows }) {
  const nodes = new Set(), lines = new Set();
  for (const row of rows.slice(0, 20_000)) {
    const ends = columns.map(name => (row[name] ? nodeOf(row[name]) : -1)).filter(node => node >= 0);
    ends.forEach(node => nodes.add(node));
    ends.slice(0, 6).forEach((a, i) => ends.slice(i + 1, 6).forEach(b => { const line = G.lines.number(a, b); if (line >= 0 && V.line[line] >= 0) lines.add(line); }));
  }
  return { nodes, lines };
}
