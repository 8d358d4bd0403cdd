// The data blocks, read into `G`: nodes, facts, evidence, and the lines (one for each pair of nodes).

async function readData() {
  if (document.readyState === 'loading') await new Promise(done => document.addEventListener('DOMContentLoaded', done));
  const data = await readBlock('data'), { facts, sentences } = data, { size, kind } = G.nodes;
  const nodes = { ...data.nodes, size, kind: kind.concat(data.nodes.kind) };
  Object.assign(G, data, { nodes, count: nodes.label.length });
  nodes.iri = nodes.iri.map((iri, i) => iri === 0 ? nodes.label[i].replaceAll(' ', '-') : iri);
  readSentences(sentences);
  readMarks(data.evidence.marks);

  data.evidence.sentence.forEach((step, row, all) => { all[row] = step + (row ? all[row - 1] : 0); });
  // A graph that others made: triples, and no sentence behind any of them.
  G.bare = facts.s.length > 0 && !sentences.length.some(Boolean);
  G.facts.count = facts.s.length;
  G.facts.first = new Uint32Array(facts.s.length + 1);
  facts.evidence.forEach((n, f) => {
    G.facts.first[f + 1] = G.facts.first[f] + n;
    if (n === 1) facts.confidence[f] = data.evidence.confidence[G.facts.first[f]];
  });
  G.of = grouped(G.count, add => {
    for (let f = 0; f < facts.s.length; f++) {
      add(facts.s[f], f);
      if (facts.o[f] !== facts.s[f]) add(facts.o[f], f);
    }
  });
  readLines();
  readTopics();
}

/** Topics by number, each with its nodes, most important first, and named by the first three. */
function readTopics() {
  const of = G.nodes.topic, members = Array.from({ length: of.reduce((most, t) => Math.max(most, t), -1) + 1 }, () => []);
  of.forEach((topic, node) => { if (topic >= 0 && !isValue(node)) members[topic].push(node); });
  G.topics = members.map(nodes => ({ nodes, name: nodes.slice(0, 3).map(node => short(labelOf(node), 24)).join(', ') }));
}

/** Starts and ends from the gaps before sentences and their lengths. */
function readSentences(sentences) {
  const { document: of, gap, length } = sentences;
  sentences.start = new Array(gap.length);
  sentences.end = new Array(gap.length);
  for (let i = 0; i < gap.length; i++) {
    sentences.start[i] = gap[i] + (i && of[i] === of[i - 1] ? sentences.end[i - 1] : 0);
    sentences.end[i] = sentences.start[i] + length[i];
  }
  const words = sentences.text;
  sentences.text = [];
  sentences.own.reduce((number, step, i) => { sentences.text[number + step] = words[i]; return number + step; }, 0);
}

/** Starts and ends of subject, relation and object from the gaps before them and their lengths, in place. */
function readMarks(marks) {
  for (let row = 0; row < marks.length; row += 6) {
    let end = 0;
    for (let at = row; at < row + 6; at += 2) {
      const length = marks[at + 1];
      if (!length) continue;
      marks[at] += end;
      marks[at + 1] = end = marks[at] + length;
    }
  }
}

/** Lists of numbers by group: `groups(i)` gives the members of group i as a typed array. */
function grouped(size, fill) {
  const first = new Uint32Array(size + 1);
  fill(group => { first[group + 1]++; });
  for (let i = 0; i < size; i++) first[i + 1] += first[i];
  const next = first.slice(), members = new Uint32Array(first[size]);
  fill((group, member) => { members[next[group]++] = member; });
  return group => members.subarray(first[group], first[group + 1]);
}

/** One line for each pair of drawn nodes: those of the first frame first, then the rest. */
function readLines() {
  const { s, o, count } = G.facts, numbers = new Map(), a = [], b = [];
  const line = (from, to) => {
    const low = Math.min(from, to), high = Math.max(from, to), key = low * G.count + high;
    let number = numbers.get(key);
    if (number === undefined) {
      numbers.set(key, number = a.length);
      a.push(low);
      b.push(high);
    }
    return number;
  };
  for (let l = 0; l < G.lines.first; l++) line(G.lines.a[l], G.lines.b[l]);
  G.lineOf = new Int32Array(count).fill(-1);
  for (let f = 0; f < count; f++) {
    if (s[f] !== o[f] && s[f] < G.drawn && o[f] < G.drawn) G.lineOf[f] = line(s[f], o[f]);
  }
  G.lines = { ...G.lines, a, b, count: a.length, number: (from, to) => numbers.get(Math.min(from, to) * G.count + Math.max(from, to)) ?? -1 };
  G.lineFacts = grouped(a.length, add => { for (let f = 0; f < count; f++) if (G.lineOf[f] >= 0) add(G.lineOf[f], f); });
  G.linesAt = grouped(G.count, add => { for (let l = 0; l < a.length; l++) { add(a[l], l); add(b[l], l); } });
}

const iriOf = node => (isValue(node) ? '' : G.nodes.base + G.nodes.iri[node]);

/** The evidence rows of a fact. */
function* evidenceOf(fact) {
  for (let e = G.facts.first[fact]; e < G.facts.first[fact + 1]; e++) yield e;
}

const documentOf = row => G.sentences.document[G.evidence.sentence[row]];

function sentenceText(number) {
  const own = G.sentences.text[number];
  if (own !== undefined) return own;
  return G.documents[G.sentences.document[number]].text.slice(G.sentences.start[number], G.sentences.end[number]);
}

/** The facts that name both `subject –relation→ object`, by permanent name; see `factName`. */
function factByName(name) {
  for (let f = 0; f < G.facts.count; f++) if (factName(f) === name) return f;
  return -1;
}

const nodeName = node => (isValue(node) ? '"' + labelOf(node) : G.nodes.iri[node]);
const factName = fact => [nodeName(G.facts.s[fact]), relationOf(fact)[0].split(/[#/]/).pop(), nodeName(G.facts.o[fact])].join('~');
