// Search over names, other names and sentences: a combobox worked by keyboard or pointer.

const Search = {
  names: null, results: [], at: -1, from: null,

  make() {
    const box = $('search');
    if (G.bare) Search.placeholder = 'Search names';
    box.placeholder = Search.placeholder;
    box.setAttribute('aria-label', Search.placeholder);
    box.addEventListener('input', Search.look);
    box.addEventListener('focus', Search.look);
    box.addEventListener('keydown', Search.key);
    box.addEventListener('blur', () => setTimeout(Search.close, 150));
  },

  /** The names in plain letters, once, at the first search. */
  index() {
    Search.names ??= Array.from({ length: G.entities }, (_, i) => [labelOf(i), ...(G.nodes.aliases[i] ?? [])].map(name => plain(name.slice(0, 200))));
    Search.sentences ??= G.sentences.start.map((_, i) => plain(sentenceText(i)));
  },

  look() {
    const asked = plain($('search').value.trim());
    if (!asked) { Search.close(); return; }
    Search.index();
    const nodes = [];
    for (let i = 0; i < G.entities; i++) {
      const rank = Math.min(...Search.names[i].map(name => fits(name, asked)));
      if (rank < 4) nodes.push([rank, i]);
    }
    nodes.sort((p, q) => p[0] - q[0] || p[1] - q[1]);
    Search.results = nodes.slice(0, 8).map(([, node]) => ({ node }));
    for (let i = 0, some = 0; i < Search.sentences.length && some < 6 && Search.from === null; i++) {
      if (Search.sentences[i].includes(asked)) { Search.results.push({ sentence: i }); some++; }
    }
    Search.at = Search.results.length ? 0 : -1;
    Search.draw(asked);
  },

  draw(asked) {
    const list = $('found');
    list.replaceChildren(...Search.results.map((result, i) => el('li', { id: `found-${i}`, role: 'option', 'aria-selected': i === Search.at ? 'true' : 'false', data: { testid: 'search-result' }, onmousedown: event => { event.preventDefault(); Search.take(i); } },
      ...(result.node !== undefined ? Search.node(result.node) : Search.sentence(result.sentence, asked)))));
    if (!Search.results.length) list.append(el('li', { class: 'none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, 'Nothing found'));
    list.hidden = false;
    $('search').setAttribute('aria-expanded', 'true');
    Search.point(Search.at);
    say(counted(Search.results.length, 'result'));
  },

  node(node) {
    const facts = G.of(node).length, alias = (G.nodes.aliases[node] ?? [])[0];
    return [icon(G.nodes.kind[node]), el('span', { dir: 'auto' }, short(labelOf(node), 60)), el('small', { dir: 'auto' }, [upper(classOf(node).label), counted(facts, 'fact'), alias && short(alias, 30)].filter(Boolean).join(' · '))];
  },

  sentence(sentence, asked) {
    const text = sentenceText(sentence), at = Math.max(0, plain(text).indexOf(asked) - 40);
    return [el('q', { dir: 'auto' }, (at ? '…' : '') + short(text.slice(at), 110))];
  },

  point(i) {
    Search.at = i;
    [...$('found').children].forEach((item, n) => item.setAttribute('aria-selected', n === i ? 'true' : 'false'));
    if (i >= 0) $('search').setAttribute('aria-activedescendant', `found-${i}`);
    else $('search').removeAttribute('aria-activedescendant');
    $('found').children[i]?.scrollIntoView({ block: 'nearest' });
  },

  key(event) {
    const n = Search.results.length;
    if (event.key === 'ArrowDown' && n) Search.point((Search.at + 1) % n);
    else if (event.key === 'ArrowUp' && n) Search.point((Search.at + n - 1) % n);
    else if (event.key === 'Enter' && Search.at >= 0) Search.take(Search.at);
    else if (event.key === 'Escape') Search.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },

  take(i) {
    const { node, sentence } = Search.results[i];
    $('search').value = '';
    Search.close();
    if (node === undefined) go({ selected: { sentence } });
    else reach(node);
    $('search').placeholder = Search.placeholder;
    (onGraph() ? $('stage') : $('panel')).focus({ preventScroll: true });
  },

  leave() {
    $('search').value = '';
    Search.from = null;
    $('search').placeholder = Search.placeholder;
    Search.close();
    $('search').blur();
    $('stage').focus({ preventScroll: true });
  },

  close() {
    $('found').hidden = true;
    $('search').setAttribute('aria-expanded', 'false');
    $('search').removeAttribute('aria-activedescendant');
  },

  placeholder: 'Search names and sentences',

  /** The next node searched or clicked is the other end of a path from `node`. */
  askPath(node) {
    Search.from = node;
    $('search').placeholder = `Path from ${short(labelOf(node), 24)} to…`;
    $('search').focus();
    hint(`Search or click where the path from ${short(labelOf(node), 40)} should lead`);
  },
};

/** How well a name answers: 0 the same, 1 starts so, 2 a word starts so, 3 somewhere, 4 not at all. */
function fits(name, asked) {
  if (name === asked) return 0;
  const at = name.indexOf(asked);
  if (at < 0) return 4;
  return at === 0 ? 1 : /[\s\-/(]/.test(name[at - 1]) ? 2 : 3;
}

/** Select a node that may be out of sight: facts of its that are hidden by status come in with it. */
function reach(node) {
  if (V.node[node] || Search.from !== null) { choose(node); return; }
  go({ selected: { node }, statuses: new Set(G.statuses.map((_, i) => i)), offClasses: new Set(), offRelations: new Set(), offDocuments: new Set(), confidence: 0, from: '', to: '', focus: null });
  hint('Shown with claims and plans too, so that it appears');
}
