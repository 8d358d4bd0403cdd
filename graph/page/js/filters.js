// Filters and legend in one: what stands in the graph, how it is drawn, and what is left out.

const Filters = {
  open: { relations: false, documents: false, classes: false },

  make() {
    const other = G.statuses.map((_, i) => i).filter(i => i && Filters.counts('status')[i]);
    const parts = [
      other.length ? Filters.truth(other) : null,
      Filters.topics(),
      Filters.section('classes', 'Classes', G.classes.map((c, i) => ({ number: i, label: upper(c.label), picture: icon(i), last: c.shape === 'value' ? 1 : 0 })), 'offClasses', 14),
      Filters.section('relations', 'Relations', G.relations.map(([, label], i) => ({ number: i, label })), 'offRelations', 9),
      G.bare && G.documents.length < 2 ? null : Filters.section('documents', G.bare ? 'Sources' : 'Documents', G.documents.map((d, i) => ({ number: i, label: d.title, note: d.date })), 'offDocuments', 6),
      Filters.time(),
      Filters.sureness(),
      el('button', { class: 'quiet', id: 'clear', data: { testid: 'clear-filters' }, onclick: clearFilters }, 'Clear filters'),
    ];
    $('filters').replaceChildren(...parts.filter(Boolean));
    Filters.show();
  },

  /** How many entities (of each class) and facts (of each relation, document, status) there are, counted once. */
  counts(what) {
    Filters.tally ??= Filters.count();
    return Filters.tally[what];
  },

  count() {
    const { r, first, count } = G.facts, { status, sentence } = G.evidence, of = G.sentences.document;
    const zeros = list => new Array(list.length).fill(0);
    const tally = { classes: zeros(G.classes), relations: zeros(G.relations), documents: zeros(G.documents), status: zeros(G.statuses), unstated: 0 };
    const last = { documents: zeros(G.documents), status: zeros(G.statuses) };
    for (let i = 0; i < G.count; i++) tally.classes[G.nodes.kind[i]]++;
    for (let f = 0; f < count; f++) {
      let stated = false;
      tally.relations[r[f]]++;
      for (let e = first[f]; e < first[f + 1]; e++) {
        stated ||= status[e] === STATED;
        // Each fact once, however many sentences a document gives it.
        if (last.documents[of[sentence[e]]] !== f + 1) { last.documents[of[sentence[e]]] = f + 1; tally.documents[of[sentence[e]]]++; }
        if (last.status[status[e]] !== f + 1) { last.status[status[e]] = f + 1; tally.status[status[e]]++; }
      }
      if (!stated) tally.unstated++;
    }
    return tally;
  },

  truth(other) {
    const counts = Filters.counts('status'), all = Filters.counts('unstated');
    const box = el('input', { type: 'checkbox', role: 'switch', id: 'unstated', data: { testid: 'switch-unstated' }, onchange: event => go({ statuses: new Set(event.target.checked ? [0, ...other] : [0]) }) });
    return el('fieldset', { class: 'truth' }, el('legend', {}, 'How it is said'),
      el('label', { class: 'switch', title: 'Also show what is reported, planned, possible, conditional or denied' }, box, el('span', { class: 'track', 'aria-hidden': true }), el('span', {}, 'Claims and plans'), el('span', { class: 'number' }, many(all))),
      ...G.statuses.map((status, i) => (counts[i] || !i) && Filters.row({ number: i, label: STATUS_WORDS[status], picture: Filters.dash(i), title: STATUS_MEANS[status] }, 'statuses', counts[i])));
  },

  /** A piece of line as the status is drawn. */
  dash(status) {
    const space = 'http://www.w3.org/2000/svg', svg = document.createElementNS(space, 'svg'), path = document.createElementNS(space, 'path');
    svg.setAttribute('viewBox', '0 0 26 12');
    svg.setAttribute('class', `dash ${G.statuses[status]}`);
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', status === DENIED ? 'M1 6H25M9 10L12 2M14 10L17 2' : 'M1 6H25');
    path.setAttribute('stroke-dasharray', dashes(status).join(' '));
    svg.append(path);
    return svg;
  },

  section(name, title, rows, off, few) {
    const counts = Filters.counts(name), listed = rows.filter(row => counts[row.number]).sort((p, q) => (p.last ?? 0) - (q.last ?? 0) || counts[q.number] - counts[p.number] || p.number - q.number);
    if (!listed.length) return null;
    const holder = el('fieldset', { data: { section: name } }, el('legend', {}, title),
      el('button', { class: 'all', data: { off }, onclick: () => go({ [off]: new Set(S[off].size ? [] : rows.map(row => row.number)) }) }, 'none'));
    const limit = Filters.open[name] ? 500 : few;
    holder.append(...listed.slice(0, limit).map(row => Filters.row(row, off, counts[row.number])));
    if (listed.length > limit) holder.append(el('button', { class: 'quiet', data: { testid: `more-${name}` }, onclick: () => { Filters.open[name] = true; Filters.make(); } }, `${many(listed.length - limit)} more`));
    return holder;
  },

  row({ number, label, picture, note, title }, set, count) {
    const change = event => {
      const next = new Set(S[set]);
      if (event.target.checked === (set === 'statuses')) next.add(number);
      else next.delete(number);
      go({ [set]: next });
    };
    const only = () => go({ [set]: set === 'statuses' ? new Set([number]) : new Set(Filters.numbers(set).filter(n => n !== number)) });
    return el('div', { class: 'row' },
      el('label', { title: title ?? (label.length > 26 ? label : null) }, el('input', { type: 'checkbox', data: { set, number, testid: `${set}-${number}` }, onchange: change }),
        picture, el('span', { class: 'text', dir: 'auto' }, short(label, 60), note ? el('small', {}, note) : null)),
      el('button', { class: 'only', title: `Only ${short(label, 40)}`, onclick: only }, 'only'),
      el('span', { class: 'number' }, many(count)));
  },

  numbers: set => ({ offClasses: G.classes, offRelations: G.relations, offDocuments: G.documents })[set].map((_, i) => i),

  /** The topics of a larger graph; a click lights one up. */
  topics() {
    if (G.topics.length < 2) return null;
    const limit = Filters.open.topics ? 200 : 5, rest = G.topics.length - limit;
    return el('fieldset', { data: { section: 'topics' } }, el('legend', {}, 'Topics'),
      ...G.topics.slice(0, limit).map(({ name, nodes }, topic) => el('div', { class: 'row' },
        el('button', { class: 'topic', dir: 'auto', title: name, 'aria-pressed': 'false', data: { topic, testid: `topic-${topic}` }, onclick: () => go({ selected: S.selected?.topic === topic ? null : { topic } }) }, name), el('span', { class: 'number' }, many(nodes.length)))),
      rest > 0 ? el('button', { class: 'quiet', onclick: () => { Filters.open.topics = true; Filters.make(); } }, `${many(rest)} more`) : null);
  },

  /** From and to, where the documents have dates to choose from. */
  time() {
    const dates = [...new Set(G.documents.map(d => d.date).filter(Boolean))].sort();
    if (dates.length < 2) return null;
    const field = (end, label) => el('label', { class: 'date' }, label, el('input', { type: 'date', id: `date-${end}`, min: dates[0].slice(0, 10), max: dates.at(-1).slice(0, 10), data: { testid: `date-${end}` }, onchange: event => go({ [end]: event.target.value }) }));
    return el('fieldset', {}, el('legend', {}, 'Documents dated'), field('from', 'from'), field('to', 'to'));
  },

  sureness() {
    if (G.bare) return null;
    const value = el('output', { id: 'sure-value', for: 'sure' }, '0 %');
    const slider = el('input', { type: 'range', id: 'sure', min: 0, max: 100, step: 5, value: 0, 'aria-label': 'Confidence at least', data: { testid: 'confidence' }, oninput: event => go({ confidence: Number(event.target.value) }) });
    return el('fieldset', {}, el('legend', {}, 'Confidence at least ', value), slider);
  },

  /** Set every control to the state. */
  show() {
    for (const box of $('filters').querySelectorAll('input[data-set]')) {
      const held = S[box.dataset.set].has(Number(box.dataset.number));
      box.checked = box.dataset.set === 'statuses' ? held : !held;
    }
    for (const button of $('filters').querySelectorAll('.all')) button.textContent = S[button.dataset.off].size ? 'all' : 'none';
    if ($('unstated')) $('unstated').checked = S.statuses.size > 1;
    for (const button of $('filters').querySelectorAll('.topic')) button.setAttribute('aria-pressed', S.selected?.topic === Number(button.dataset.topic) ? 'true' : 'false');
    for (const end of ['from', 'to']) if ($(`date-${end}`)) $(`date-${end}`).value = S[end];
    if ($('sure')) {
      $('sure').value = S.confidence;
      $('sure-value').textContent = S.confidence + ' %';
    }
    $('clear').hidden = !(S.offClasses.size || S.offRelations.size || S.offDocuments.size || S.confidence || S.focus || S.from || S.to);
  },
};

function clearFilters() {
  go({ offClasses: new Set(), offRelations: new Set(), offDocuments: new Set(), confidence: 0, from: '', to: '', focus: null, statuses: new Set(G.statuses.map((_, i) => i)) });
}
