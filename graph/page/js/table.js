// Every fact that is shown, as a real table: sortable, for eyes, keyboards and screen readers.

const Table = {
  by: 'subject', down: false, limit: 200, rows: [],

  columns: {
    subject: f => labelOf(G.facts.s[f]),
    relation: f => relationOf(f)[1],
    object: f => labelOf(G.facts.o[f]),
    status: f => V.fact[f],
    sentence: f => sentenceText(G.evidence.sentence[Table.first(f)]),
    document: f => G.documents[documentOf(Table.first(f))].title,
    confidence: f => G.facts.confidence[f],
  },

  /** What is shown of a fact: of one without a sentence, what it states. */
  shown: () => Object.keys(Table.columns).slice(0, G.bare ? 3 : undefined),

  /** The evidence row a fact is shown by. */
  first(fact) {
    for (const row of evidenceOf(fact)) if (shownEvidence(row)) return row;
    return G.facts.first[fact];
  },

  sorted() {
    const value = Table.columns[Table.by], rows = [];
    for (let f = 0; f < G.facts.count; f++) if (V.fact[f] >= 0) rows.push([value(f), f]);
    const compare = new Intl.Collator('en', { numeric: true }).compare, sign = Table.down ? -1 : 1;
    rows.sort(([p, f], [q, g]) => sign * (typeof p === 'number' ? p - q : compare(p.slice(0, 200), q.slice(0, 200))) || f - g);
    return rows.map(([, f]) => f);
  },

  show() {
    Table.rows = Table.sorted();
    const head = el('tr', {}, ...Table.shown().map(Table.header));
    const body = el('tbody', {}, ...Table.rows.slice(0, Table.limit).map(Table.row));
    const more = Table.rows.length > Table.limit && el('button', { class: 'quiet', onclick: () => { Table.limit += 1000; Table.show(); } }, `Show ${many(Math.min(1000, Table.rows.length - Table.limit))} more of ${many(Table.rows.length)}`);
    $('table').replaceChildren(el('table', {}, el('caption', {}, counted(Table.rows.length, 'fact') + (G.bare ? '' : ', with the first sentence of each')), el('thead', {}, head), body), ...(more ? [more] : []));
  },

  header(name) {
    const now = Table.by === name, order = now ? (Table.down ? 'descending' : 'ascending') : 'none';
    const sort = () => {
      Table.down = now ? !Table.down : false;
      Table.by = name;
      Table.show();
      $('table').querySelector(`[data-sort=${name}]`).focus();
    };
    return el('th', { scope: 'col', 'aria-sort': order }, el('button', { data: { sort: name, testid: `sort-${name}` }, onclick: sort }, upper(name), el('span', { 'aria-hidden': true }, now ? (Table.down ? ' ↓' : ' ↑') : '')));
  },

  row(f) {
    const row = Table.first(f), sentences = [...evidenceOf(f)].filter(shownEvidence).length, chosen = S.selected?.fact === f;
    return el('tr', { class: chosen ? 'chosen' : null, data: { testid: 'table-row' } },
      el('td', {}, nodeButton(G.facts.s[f])),
      el('td', {}, el('button', { class: 'link', title: 'Show the evidence', onclick: () => go({ selected: { fact: f } }) }, short(relationOf(f)[1], 50))),
      el('td', {}, nodeButton(G.facts.o[f])),
      ...(G.bare ? [] : [
        el('td', {}, statusChip(V.fact[f])),
        el('td', { class: 'wide', dir: 'auto' }, short(sentenceText(G.evidence.sentence[row]), 280), sentences > 1 ? el('small', {}, ` +${sentences - 1}`) : null),
        el('td', {}, short(G.documents[documentOf(row)].title, 60)),
        el('td', { class: 'figure' }, `${G.facts.confidence[f]} %`),
      ]));
  },
};
