// The documents' own texts, every sentence that was read marked, from words to facts and back.

const Texts = {
  show() {
    const number = S.document, about = G.documents[number];
    const select = el('select', { 'aria-label': 'Document', data: { testid: 'document' }, onchange: event => go({ document: Number(event.target.value), selected: null }) },
      ...G.documents.map((d, i) => el('option', { value: i, selected: i === number }, short(d.title, 90))));
    $('texts').replaceChildren(el('article', { class: 'reading', lang: 'en' },
      G.documents.length > 1 ? select : null,
      about ? el('h2', { dir: 'auto' }, about.title) : null,
      about ? el('p', { class: 'source' }, [about.date, about.source].filter(Boolean).join(' · ')) : null,
      Texts.legend(number),
      ...Texts.body(number)));
    $('texts').querySelector('.chosen')?.scrollIntoView({ block: 'center' });
  },

  /** What the marks mean, of those that this document has, with the number of sentences. */
  legend(number) {
    const known = Texts.statusOf(Texts.readIn(number)), counts = new Map(), silent = Texts.silentIn(number).length;
    for (const status of known.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
    return el('p', { class: 'legend', data: { testid: 'legend' } },
      ...[...counts].sort(([p], [q]) => p - q).map(([status, n]) => el('span', {}, el('span', { class: `read ${G.statuses[status]}` }, STATUS_WORDS[G.statuses[status]]), ` ${many(n)}`)),
      silent ? el('span', {}, el('span', { class: 'silent' }, 'Nothing read'), ` ${many(silent)}`) : null,
      el('span', { class: 'how' }, silent ? 'Click a sentence for its facts, or for the reason why there is none.' : 'Click a sentence for its facts.'));
  },

  readIn: number => G.sentences.document.map((_, i) => i).filter(i => G.sentences.document[i] === number).sort((p, q) => G.sentences.start[p] - G.sentences.start[q]),
  silentIn: number => G.silences.document.map((_, i) => i).filter(i => G.silences.document[i] === number),
  silentText: i => G.documents[G.silences.document[i]].text.substr(G.silences.start[i], G.silences.length[i]),

  body(number) {
    const { start, end } = G.sentences, text = G.documents[number]?.text, read = Texts.readIn(number), known = Texts.statusOf(read);
    if (text === undefined) return [el('p', { class: 'source', data: { testid: 'left-out' } }, Texts.lack()), ...read.filter(sentenceText).map(i => el('p', {}, Texts.sentence(i, sentenceText(i), known)))];
    const marked = [...read.filter(i => G.sentences.text[i] === undefined).map(i => ({ start: start[i], end: end[i], make: words => Texts.sentence(i, words, known) })),
      ...Texts.silentIn(number).map(i => ({ start: G.silences.start[i], end: G.silences.start[i] + G.silences.length[i], make: words => Texts.silent(i, words) }))].sort((p, q) => p.start - q.start);
    const pieces = [];
    let done = 0;
    for (const mark of marked) {
      if (mark.start < done) continue;
      pieces.push(text.slice(done, mark.start), mark.make(text.slice(mark.start, mark.end)));
      done = mark.end;
    }
    pieces.push(text.slice(done));
    return Texts.paragraphs(pieces);
  },

  /** Why a document is not here whole. */
  lack: () => (G.leftOut.texts ? `To keep this page small, the texts of ${counted(G.leftOut.texts, 'document')} are left out; here are the sentences that gave facts.` : 'The page was made without the text; here are the sentences that gave facts.'),

  silent(number, text) {
    const open = event => { event.preventDefault(); go({ selected: { silent: number } }); }, reason = G.silences.reasons[G.silences.reason[number]];
    return el('a', { href: `#view=texts&silent=${number}`, class: `silent${S.selected?.silent === number ? ' chosen' : ''}`, title: 'Nothing was read: ' + short(reason, 120), data: { testid: 'silent-sentence' }, onclick: open }, text);
  },

  /** Pieces of text and marked sentences as paragraphs, cut where the text has a line break. */
  paragraphs(pieces) {
    const all = [el('p', { dir: 'auto' })];
    for (const piece of pieces) {
      if (typeof piece !== 'string') { all.at(-1).append(piece); continue; }
      piece.split(/\n\s*/).forEach((part, i) => {
        if (i && all.at(-1).childNodes.length) all.push(el('p', { dir: 'auto' }));
        if (part) all.at(-1).append(part);
      });
    }
    return all.filter(p => p.childNodes.length);
  },

  /** The strongest status read from each sentence. */
  statusOf(sentences) {
    const known = new Map(sentences.map(i => [i, 9]));
    G.evidence.sentence.forEach((i, e) => { if (known.has(i)) known.set(i, Math.min(known.get(i), G.evidence.status[e])); });
    return known;
  },

  sentence(number, text, known) {
    const status = G.statuses[known.get(number)] ?? 'stated', chosen = S.selected?.sentence === number;
    const open = event => { event.preventDefault(); go({ selected: { sentence: number } }); };
    return el('a', { href: `#view=texts&sentence=${number}`, class: `read ${status}${chosen ? ' chosen' : ''}`, title: STATUS_WORDS[status], data: { testid: 'read-sentence', sentence: number }, onclick: open }, ...Texts.named(number, text));
  },

  /** A sentence with the names that its facts are about, each in the colour of its class. */
  named(number, text) {
    const spans = new Map();
    for (const e of Texts.rows(number)) {
      const fact = Texts.factOf[e];
      for (const [part, node] of [[0, G.facts.s[fact]], [2, G.facts.o[fact]]]) {
        const start = G.evidence.marks[e * 6 + 2 * part], end = G.evidence.marks[e * 6 + 2 * part + 1];
        if (end > start && end > (spans.get(start)?.[0] ?? 0)) spans.set(start, [end, node]);
      }
    }
    const pieces = [];
    let done = 0;
    for (const [start, [end, node]] of [...spans].sort((p, q) => p[0] - q[0])) {
      if (start < done) continue;
      const name = el('span', { class: 'entity', title: upper(classOf(node).label) }, text.slice(start, end));
      name.style.setProperty('--hue', classOf(node).colour);
      pieces.push(text.slice(done, start), name);
      done = end;
    }
    return [...pieces, text.slice(done)].filter(Boolean);
  },

  /** The evidence rows of a sentence, and the fact of each row, from an index made once. */
  rows(number) {
    if (!Texts.bySentence) {
      Texts.factOf = new Uint32Array(G.evidence.rule.length);
      for (let f = 0; f < G.facts.count; f++) Texts.factOf.fill(f, G.facts.first[f], G.facts.first[f + 1]);
      Texts.bySentence = grouped(G.sentences.start.length, add => G.evidence.sentence.forEach((sentence, e) => add(sentence, e)));
    }
    return Texts.bySentence(number);
  },
};
