// Which facts, nodes and lines the filters leave, and what the selection lights up.

function seeThrough() {
  const { s, r, o, confidence, count } = G.facts, { kind } = G.nodes, { evidence } = G;
  const of = G.sentences.document, { sentence } = evidence;
  V.document = Uint8Array.from(G.documents, (d, i) => (S.offDocuments.has(i) || outOfTime(d.date) ? 0 : 1));
  V.fact = new Int8Array(count).fill(-1);
  V.node = new Uint8Array(G.count);
  V.line = new Int8Array(G.lines.count).fill(-1);
  V.way = new Uint8Array(G.lines.count);
  V.denied = new Uint8Array(G.lines.count);
  V.weight = new Uint16Array(G.lines.count);
  V.facts = V.nodes = V.hiddenByStatus = 0;
  const near = S.focus ? neighbourhood(S.focus.node, S.focus.hops) : null;
  for (let f = 0; f < count; f++) {
    if (S.offRelations.has(r[f]) || S.offClasses.has(kind[s[f]]) || S.offClasses.has(kind[o[f]])) continue;
    if (confidence[f] < S.confidence || (near && !(near.has(s[f]) && near.has(o[f])))) continue;
    let status = 9, denied = false, other = false;
    for (let e = G.facts.first[f]; e < G.facts.first[f + 1]; e++) {
      if (!V.document[of[sentence[e]]]) continue;
      other = true;
      if (!S.statuses.has(evidence.status[e])) continue;
      status = Math.min(status, evidence.status[e]);
      denied ||= evidence.status[e] === DENIED;
    }
    if (status === 9) { if (other) V.hiddenByStatus++; continue; }
    V.fact[f] = status;
    V.facts++;
    V.node[s[f]] = V.node[o[f]] = 1;
    seeLine(f, status, denied);
  }
  if (S.focus) V.node[S.focus.node] = 1;
  for (let i = 0; i < G.entities; i++) V.nodes += V.node[i];
}

/** Whether a date lies outside the time asked for; a document without a date does, once a time is asked for. */
function outOfTime(date) {
  if (!S.from && !S.to) return false;
  return !date || (S.from && date < S.from) || (S.to && date.slice(0, S.to.length) > S.to);
}

function seeLine(fact, status, denied) {
  const line = G.lineOf[fact];
  if (line < 0) return;
  V.line[line] = V.line[line] < 0 ? status : Math.min(V.line[line], status);
  V.way[line] |= G.facts.s[fact] === G.lines.a[line] ? 1 : 2;
  V.denied[line] |= denied ? 1 : 0;
  V.weight[line]++;
}

/** The nodes up to `hops` facts away, whatever their status. */
function neighbourhood(node, hops) {
  const near = new Set([node]);
  let edge = [node];
  for (let i = 0; i < hops; i++) {
    const next = [];
    for (const n of edge) {
      for (const f of G.of(n)) {
        for (const m of [G.facts.s[f], G.facts.o[f]]) if (!near.has(m)) { near.add(m); next.push(m); }
      }
    }
    edge = next;
  }
  return near;
}

/** What the selection lights up: `{ nodes, lines }`, or null for everything alike. */
function lit() {
  const { selected } = S;
  if (!selected) return S.view === 'sparql' ? Sparql.lit : null;
  if (selected.node !== undefined) return litAround(selected.node);
  if (selected.line !== undefined) return litLines([selected.line]);
  if (selected.fact !== undefined) return litFacts([selected.fact]);
  if (selected.sentence !== undefined) return litFacts(factsIn(selected.sentence));
  if (selected.topic !== undefined) return litTopic(selected.topic);
  if (selected.silent !== undefined) return null;
  const path = shortestPath(...selected.path);
  return path ? litFacts(path.flatMap(step => step.facts)) : { nodes: new Set(selected.path), lines: new Set() };
}

function litAround(node) {
  const nodes = new Set([node]), lines = new Set();
  for (const l of G.linesAt(node)) {
    if (V.line[l] < 0) continue;
    lines.add(l);
    nodes.add(G.lines.a[l]).add(G.lines.b[l]);
  }
  return { nodes, lines };
}

function litTopic(topic) {
  const nodes = new Set(G.topics[topic].nodes), lines = new Set();
  for (const node of nodes) for (const l of G.linesAt(node)) if (V.line[l] >= 0 && nodes.has(G.lines.a[l]) && nodes.has(G.lines.b[l])) lines.add(l);
  return { nodes, lines };
}

function litLines(lines) {
  return { nodes: new Set(lines.flatMap(l => [G.lines.a[l], G.lines.b[l]])), lines: new Set(lines) };
}

function litFacts(facts) {
  return {
    nodes: new Set(facts.flatMap(f => [G.facts.s[f], G.facts.o[f]])),
    lines: new Set(facts.map(f => G.lineOf[f]).filter(l => l >= 0)),
  };
}

/** The facts read from a sentence. */
function factsIn(sentence) {
  return [...new Set([...Texts.rows(sentence)].map(e => Texts.factOf[e]))];
}

/** The fewest shown facts from one entity to another: [{ from, node, facts }…], or null. */
function shortestPath(from, to) {
  // That two are both "a company" joins nothing, as long as there is another way.
  return pathOver(from, to, f => !/#(typeOf|type)$/.test(relationOf(f)[0])) ?? pathOver(from, to, () => true);
}

function pathOver(from, to, joins) {
  const before = new Map([[from, -1]]), queue = [from];
  for (let i = 0; i < queue.length && !before.has(to); i++) {
    for (const f of G.of(queue[i])) {
      if (V.fact[f] < 0 || !joins(f)) continue;
      const next = G.facts.s[f] === queue[i] ? G.facts.o[f] : G.facts.s[f];
      if (!before.has(next)) { before.set(next, queue[i]); queue.push(next); }
    }
  }
  if (!before.has(to)) return null;
  const steps = [];
  for (let at = to; before.get(at) >= 0; at = before.get(at)) {
    const other = before.get(at);
    const facts = [...G.of(at)].filter(f => V.fact[f] >= 0 && (G.facts.s[f] === other || G.facts.o[f] === other));
    steps.unshift({ from: other, node: at, facts });
  }
  return steps;
}
