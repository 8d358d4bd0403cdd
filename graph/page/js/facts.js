// One fact as a card: who, what, whom, and every sentence behind it with its words marked.

const STATUS_WORDS = {
  stated: 'Stated', reported: 'Reported', planned: 'Planned', possible: 'Possible', conditional: 'Conditional', denied: 'Denied',
};
const STATUS_MEANS = {
  stated: 'a document says so', reported: 'somebody is quoted as saying so', planned: 'said to be intended',
  possible: 'said to be possible', conditional: 'said to hold on a condition', denied: 'a document says it is not so',
};

const statusChip = status => el('span', { class: `status ${G.statuses[status]}`, title: STATUS_MEANS[G.statuses[status]] }, STATUS_WORDS[G.statuses[status]]);

function nodeButton(node) {
  if (isValue(node)) return el('span', { class: 'value', dir: 'auto', title: exactly(node) }, short(labelOf(node), 120));
  return el('button', { class: 'link', dir: 'auto', title: labelOf(node).length > 70 ? labelOf(node).slice(0, 500) : null, onclick: () => choose(node) }, short(labelOf(node), 70));
}

/** A value's canonical form: "140,000,000 monthly users". */
function exactly(node) {
  const [value, datatype, unit, about] = G.nodes.values[node - G.entities];
  const number = /(integer|decimal|double)$/.test(datatype) && Number.isFinite(Number(value)) ? Number(value).toLocaleString('en', { maximumFractionDigits: 6 }) : value;
  return [about, number, unit].filter(Boolean).join(' ');
}

/** The card of a fact; `sentences` is how many are open at first. */
function factCard(fact, { sentences = 3, heading = true } = {}) {
  const rows = [...evidenceOf(fact)].filter(shownEvidence), status = V.fact[fact];
  const [, relation, mapped] = relationOf(fact);
  const head = heading && el('div', { class: 'says' }, nodeButton(G.facts.s[fact]),
    el('button', { class: mapped ? 'relation' : 'relation open', title: 'This fact alone' + (mapped ? '' : '; in the words of the text'), data: { testid: 'relation' }, onclick: () => go({ selected: { fact } }) }, short(relation, 60)), nodeButton(G.facts.o[fact]));
  const more = el('div', {});
  const card = el('article', { class: `fact ${G.statuses[Math.max(status, 0)]}`, data: { testid: 'fact', fact } }, head, status > STATED || contested(rows) ? stance(rows, status) : null,
    ...(G.bare ? [] : rows.slice(0, sentences).map(evidenceBlock)), more);
  if (rows.length > sentences && !G.bare) more.append(el('button', { class: 'quiet', onclick: () => more.replaceChildren(...rows.slice(sentences).map(evidenceBlock)) }, counted(rows.length - sentences, 'more sentence')));
  return card;
}

const shownEvidence = row => V.document[documentOf(row)] === 1 && S.statuses.has(G.evidence.status[row]);
const contested = rows => rows.some(row => G.evidence.status[row] === DENIED) && rows.some(row => G.evidence.status[row] !== DENIED);

function stance(rows, status) {
  return el('p', { class: 'stance' }, statusChip(Math.max(status, 0)), contested(rows) ? el('span', { class: 'status denied' }, 'Contested') : null);
}

function evidenceBlock(row) {
  const { evidence } = G, sentence = evidence.sentence[row], about = G.documents[G.sentences.document[sentence]];
  if (!sentenceText(sentence)) return el('p', { class: 'note' }, G.leftOut.sentences ? 'The sentence is left out to keep this page small; factloom explain shows it.' : 'This graph came without the sentence.');
  return el('div', { class: 'evidence', data: { testid: 'evidence' } },
    el('blockquote', { dir: 'auto' }, ...marked(row)),
    el('p', { class: 'source' },
      el('button', { class: 'link', title: 'Read it in the text', onclick: () => go({ view: 'texts', document: G.sentences.document[sentence], selected: { sentence } }) }, short(about.title, 80)),
      evidence.locator[row] ? el('span', {}, evidence.locator[row]) : null,
      about.date ? el('span', {}, about.date) : null,
      evidence.speaker[row] >= 0 ? el('span', { class: 'speaker' }, 'says ', speakerName(evidence.speaker[row])) : null,
      evidence.time[row] ? el('span', {}, 'time: ' + evidence.time[row]) : null,
      evidence.status[row] > STATED ? statusChip(evidence.status[row]) : null,
      el('span', { class: 'sure', title: `confidence ${evidence.confidence[row]} %` }, sureness(evidence.confidence[row]), `${evidence.confidence[row]} %`)),
    why(row));
}

function speakerName(speaker) {
  const [label, node] = G.speakers[speaker];
  return node >= 0 ? nodeButton(node) : short(label, 60);
}

function sureness(percent) {
  const bar = el('span', { class: 'bar-of', 'aria-hidden': true }, el('i', {}));
  bar.firstChild.style.width = percent + '%';
  return bar;
}

/** The sentence in pieces, subject, relation and object marked. */
function marked(row) {
  const text = sentenceText(G.evidence.sentence[row]), marks = ['subject', 'relation', 'object'].map((part, i) => {
    const at = row * 6 + 2 * i;
    return { part, start: G.evidence.marks[at], end: G.evidence.marks[at + 1] };
  }).filter(mark => mark.end > mark.start).sort((p, q) => p.start - q.start || q.end - p.end);
  const pieces = [];
  let done = 0;
  for (const { part, start, end } of marks) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    pieces.push(text.slice(done, from), el('mark', { class: part, data: { part } }, text.slice(from, end)));
    done = end;
  }
  return [...pieces, text.slice(done)].filter(Boolean);
}

/** Why these words came to mean this: rule, steps, further words. */
function why(row) {
  const { evidence } = G, steps = evidence.steps[row].map(step => G.steps[step]), more = evidence.more[row] ?? [];
  return el('details', { class: 'why' }, el('summary', {}, 'Why'),
    el('dl', {}, el('dt', {}, 'Rule'), el('dd', {}, G.rules[evidence.rule[row]]),
      ...more.flatMap(([role, words]) => [el('dt', {}, upper(role)), el('dd', { dir: 'auto' }, short(words, 300))]),
      ...(steps.length ? [el('dt', {}, 'Steps'), el('dd', {}, el('ol', {}, ...steps.map(step => el('li', { dir: 'auto' }, short(step, 300)))))] : [])));
}
