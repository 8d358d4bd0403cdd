// A field for queries that completes what is typed from the graph's own terms.

const KEYWORDS = 'SELECT DISTINCT WHERE OPTIONAL FILTER UNION BIND VALUES MINUS EXISTS NOT GRAPH ORDER BY GROUP BY HAVING LIMIT OFFSET ASC DESC COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT CONSTRUCT ASK DESCRIBE PREFIX COALESCE REGEX CONTAINS STRSTARTS LCASE STR LANG DATATYPE BOUND IF'.split(' ');

const Editor = {
  field: null, list: null, offers: [], at: -1, terms: [],

  make(run) {
    Editor.field = el('textarea', { id: 'query', spellcheck: false, autocapitalize: 'off', autocomplete: 'off', dir: 'ltr', 'aria-label': 'Query in SPARQL', 'aria-autocomplete': 'list', 'aria-controls': 'offers', data: { testid: 'query' },
      placeholder: 'SELECT ?who ?what { ?who fl:owns ?what }', oninput: Editor.look, onblur: () => setTimeout(Editor.close, 150),
      onkeydown: event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { Editor.close(); run(); event.preventDefault(); } else Editor.key(event); } });
    Editor.list = el('ul', { id: 'offers', role: 'listbox', 'aria-label': 'Completions', hidden: true, data: { testid: 'offers' } });
    return el('div', { class: 'editor' }, Editor.field, Editor.list);
  },

  /** Relations and classes as they are written in a query; asked of the engine once it runs. */
  async learn() {
    if (Editor.terms.length) return;
    const said = new Map([...G.relations.map(([iri, label]) => [iri, label]), ...G.classes.map(({ iri, label }) => [iri, label])]);
    const { rows } = await Engine.ask('SELECT DISTINCT ?t ?k { { SELECT DISTINCT ?t { ?s ?t ?o } } BIND("relation" AS ?k) } LIMIT 5000');
    const classes = await Engine.ask('SELECT DISTINCT ?t ?k { ?s a ?t BIND("class" AS ?k) } LIMIT 5000');
    Editor.terms = [...rows, ...classes.rows].filter(({ t }) => t.type === 'uri').map(({ t, k }) => ({ text: inQuery(t.value), note: said.get(t.value) ? `${k.value} “${said.get(t.value)}”` : k.value, by: plain(said.get(t.value) ?? '') }));
  },

  /** The word before the caret, or ''. */
  word() {
    const { value, selectionStart: at, selectionEnd: end } = Editor.field;
    if (at !== end) return '';
    return value.slice(Math.max(0, at - 120), at).match(/(?:[?$]\w*|[\w-]*:[^\s(){};,|/^<>"]*|[\p{L}_][\p{L}\p{N}_'’-]*)$/u)?.[0] ?? '';
  },

  look() {
    const word = Editor.word();
    Editor.offers = word.length > 1 || word === '?' ? Editor.fitting(word) : [];
    if (!Editor.offers.length) { Editor.close(); return; }
    Editor.list.replaceChildren(...Editor.offers.map(({ text, note }, i) => el('li', { id: `offer-${i}`, role: 'option', 'aria-selected': i ? 'false' : 'true', onmousedown: event => { event.preventDefault(); Editor.take(i); } }, el('code', {}, short(text, 70)), el('small', { dir: 'auto' }, short(note, 50)))));
    Editor.list.hidden = false;
    Editor.place(word);
    Editor.point(0);
    say(counted(Editor.offers.length, 'completion'));
  },

  /** What goes on from `word`: variables, keywords, relations and classes, prefixes, then entities by their names. */
  fitting(word) {
    const low = plain(word), out = [], met = new Set([word]);
    const offer = (text, note) => { if (!met.has(text) && out.length < 9) { met.add(text); out.push({ text, note }); } };
    if (/^[?$]/.test(word)) {
      for (const [name] of Editor.field.value.matchAll(/[?$]\w+/g)) if (name.startsWith(word)) offer(name, 'variable');
      return out;
    }
    for (const name of KEYWORDS) if (name.toLowerCase().startsWith(low)) offer(name, 'keyword');
    for (const { text, note, by } of Editor.terms) if (text.toLowerCase().startsWith(low) || by.startsWith(low)) offer(text, note);
    for (const prefix of Object.keys(Engine.carried.prefixes)) if (prefix.startsWith(low)) offer(prefix + ':', 'prefix');
    Search.index();
    const name = low.replace(/^[\w-]*:/, '').replaceAll('-', ' ');
    for (const rank of [0, 1, 2]) for (let i = 0; name && i < G.entities && out.length < 9; i++) if (Search.names[i].some(other => fits(other, name) === rank)) offer(inQuery(iriOf(i)), labelOf(i));
    return out;
  },

  /** Under the word that is completed: measured on a copy of the field's text up to there. */
  place(word) {
    const { field, list } = Editor, style = getComputedStyle(field), copy = el('div', { class: 'copy' }), mark = el('span', {}, '\u200b');
    for (const name of ['font', 'padding', 'border', 'lineHeight', 'tabSize']) copy.style[name] = style[name];
    copy.style.width = field.clientWidth + 'px';
    copy.append(field.value.slice(0, field.selectionStart - word.length), mark);
    field.parentElement.append(copy);
    list.style.left = Math.max(0, Math.min(mark.offsetLeft, field.clientWidth - 250)) + 'px';
    list.style.top = mark.offsetTop - field.scrollTop + 22 + 'px';
    copy.remove();
  },

  point(i) {
    Editor.at = i;
    [...Editor.list.children].forEach((item, n) => item.setAttribute('aria-selected', n === i ? 'true' : 'false'));
    Editor.field.setAttribute('aria-activedescendant', `offer-${i}`);
  },

  key(event) {
    const n = Editor.offers.length;
    if (Editor.list.hidden) return;
    if (event.key === 'ArrowDown') Editor.point((Editor.at + 1) % n);
    else if (event.key === 'ArrowUp') Editor.point((Editor.at + n - 1) % n);
    else if (event.key === 'Enter' || event.key === 'Tab') Editor.take(Editor.at);
    else if (event.key === 'Escape') Editor.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },

  take(i) {
    const word = Editor.word(), { text } = Editor.offers[i], { field } = Editor, end = field.selectionStart;
    field.focus();
    field.setSelectionRange(end - word.length, end);
    // The old command alone keeps what the browser's own undo knows.
    if (!document.execCommand('insertText', false, text)) field.setRangeText(text, end - word.length, end, 'end');
    Editor.close();
  },

  close() {
    Editor.list.hidden = true;
    Editor.offers = [];
    Editor.field.removeAttribute('aria-activedescendant');
  },
};

/** An IRI as a query writes it: under a known prefix where that is legal, else whole. */
function inQuery(iri) {
  const short = prefixed(iri);
  return short && /^[\w-]*:(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?)?$/u.test(short) ? short : `<${iri}>`;
}

/** An IRI under the longest prefix that fits it, or ''. */
function prefixed(iri) {
  const [name, start] = Object.entries(Engine.carried.prefixes).filter(([, start]) => iri.startsWith(start) && !/[/#]/.test(iri.slice(start.length))).sort((p, q) => q[1].length - p[1].length)[0] ?? [];
  return start ? `${name}:${iri.slice(start.length)}` : '';
}
