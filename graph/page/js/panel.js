// The panel at the side: an overview at first, then whatever is selected.

const Panel = {
  show() {
    const panel = $('panel'), { selected } = S;
    panel.hidden = !selected;
    if (!selected) return;
    panel.replaceChildren(...Panel.content(selected), ...(G.bare ? [el('p', { class: 'note' }, 'This graph came without the sentences that its facts were read from.')] : []));
    panel.scrollTop = 0;
  },

  content(selected) {
    if (selected.node !== undefined) return Panel.node(selected.node);
    if (selected.line !== undefined) return Panel.line(selected.line);
    if (selected.fact !== undefined) return Panel.fact(selected.fact);
    if (selected.sentence !== undefined) return Panel.sentence(selected.sentence);
    if (selected.silent !== undefined) return Panel.silent(selected.silent);
    if (selected.topic !== undefined) return Panel.topic(selected.topic);
    return Panel.path(...selected.path);
  },

  head(kind, title, ...more) {
    return el('header', {},
      el('div', { class: 'kind' }, ...kind, el('span', { class: 'space' }),
        el('button', { class: 'icon', title: 'Copy a link to this', data: { testid: 'permalink' }, onclick: copyLink }, '⚭', el('span', { class: 'hidden' }, 'Copy a link to this')),
        el('button', { class: 'icon', title: 'Close (Esc)', data: { testid: 'close-panel' }, onclick: () => go({ selected: null }) }, '✕', el('span', { class: 'hidden' }, 'Close'))),
      el('h2', { dir: 'auto', data: { testid: 'panel-title' } }, title), ...more);
  },

  node(node) {
    const facts = [...G.of(node)].filter(f => V.fact[f] >= 0), hidden = G.of(node).length - facts.length;
    const documents = new Set(facts.flatMap(f => [...evidenceOf(f)].filter(shownEvidence).map(documentOf)));
    const aliases = G.nodes.aliases[node] ?? [];
    return [
      Panel.head([icon(G.nodes.kind[node]), upper(classOf(node).label)], short(labelOf(node), 300),
        aliases.length ? el('p', { class: 'aliases', dir: 'auto' }, 'Also: ' + short(aliases.join(' · '), 300)) : null,
        isValue(node) ? el('p', { class: 'aliases' }, exactly(node)) : null,
        G.bare && !isValue(node) ? el('p', {}, el('code', { data: { testid: 'iri' } }, iriOf(node))) : null,
        el('p', { class: 'sum' }, counted(facts.length, 'fact') + (G.bare ? '' : ` from ${counted(documents.size, 'document')}`) + (hidden ? ` · ${hidden} hidden` : '')),
        isValue(node) ? null : Panel.actions(node)),
      ...Panel.groups(node, facts),
    ];
  },

  actions(node) {
    const focused = S.focus?.node === node, hops = S.focus?.hops ?? 0;
    return el('div', { class: 'actions' },
      focused ? el('button', { data: { testid: 'unfocus' }, onclick: () => go({ focus: null }) }, 'Show everything') :
        el('button', { data: { testid: 'focus' }, onclick: () => go({ focus: { node, hops: 1 } }) }, 'Only its neighbours'),
      focused && hops < 3 ? el('button', { data: { testid: 'hops' }, onclick: () => go({ focus: { node, hops: hops + 1 } }) }, 'One step more') : null,
      el('button', { data: { testid: 'path' }, onclick: () => Search.askPath(node) }, 'Path to…'));
  },

  /** Facts of a node under their relation, the most frequent first; what comes in after what goes out. */
  groups(node, facts) {
    const groups = new Map();
    for (const f of facts) {
      const out = G.facts.s[f] === node, key = (out ? '0' : '1') + G.facts.r[f];
      (groups.get(key) ?? groups.set(key, []).get(key)).push(f);
    }
    return [...groups].sort(([p], [q]) => p[0] - q[0] || groups.get(q).length - groups.get(p).length || p.slice(1) - q.slice(1))
      .map(([key, members]) => Panel.group(key[0] === '0', G.relations[key.slice(1)], members));
  },

  group(out, [, relation, mapped], facts) {
    const holder = el('section', { class: 'group', data: { testid: 'group' } },
      el('h3', {}, el('span', { class: mapped ? 'relation' : 'relation open' }, out ? `${short(relation, 60)} →` : `← ${short(relation, 60)}`), facts.length > 1 ? el('span', { class: 'number' }, many(facts.length)) : null));
    const rest = el('div', {}), first = facts.slice(0, 8).map(f => factCard(f, { sentences: 1 }));
    holder.append(...first, rest);
    if (facts.length > 8) rest.append(el('button', { class: 'quiet', onclick: () => rest.replaceChildren(...facts.slice(8, 200).map(f => factCard(f, { sentences: 1 }))) }, `${many(facts.length - 8)} more`));
    return holder;
  },

  line(line) {
    const facts = [...G.lineFacts(line)].filter(f => V.fact[f] >= 0), { a, b } = G.lines;
    const title = V.way[line] === 2 ? [b[line], a[line]] : [a[line], b[line]];
    return [Panel.head([counted(facts.length, 'fact')], title.map(n => short(labelOf(n), 60)).join(V.way[line] === 3 ? ' ⇄ ' : ' → ')), ...facts.map(f => factCard(f)), ...Panel.none(facts)];
  },

  fact(fact) {
    return [Panel.head(['Fact'], inWords(fact)), factCard(fact), ...(V.fact[fact] < 0 ? Panel.none([]) : [])];
  },

  sentence(sentence) {
    const facts = factsIn(sentence), shown = facts.filter(f => V.fact[f] >= 0);
    return [Panel.head(['Sentence'], short(sentenceText(sentence), 240), el('p', { class: 'sum' }, counted(facts.length, 'fact') + ' read from it' + (facts.length > shown.length ? ` · ${facts.length - shown.length} hidden` : ''))),
      ...shown.map(f => factCard(f)), ...Panel.none(shown)];
  },

  /** A sentence that gave no fact, and why. */
  silent(number) {
    const { document: of, reason, reasons } = G.silences;
    return [Panel.head(['Nothing was read'], short(Texts.silentText(number), 400), el('p', { class: 'sum' }, G.documents[of[number]].title)),
      el('p', { class: 'note', data: { testid: 'reason' } }, `${upper(reasons[reason[number]])}.`)];
  },

  topic(topic) {
    const { nodes, name } = G.topics[topic], shown = nodes.filter(node => V.node[node]);
    return [Panel.head(['Topic'], name, el('p', { class: 'sum' }, `${counted(shown.length, 'entity', 'entities')} with ${counted(litTopic(topic).lines.size, 'line')} among them`)),
      el('ul', { class: 'members' }, ...shown.slice(0, 100).map(node => el('li', {}, icon(G.nodes.kind[node]), nodeButton(node), el('span', { class: 'number' }, many([...G.of(node)].filter(f => V.fact[f] >= 0).length)))))];
  },

  path(from, to) {
    const steps = shortestPath(from, to), title = [from, to].map(n => short(labelOf(n), 60)).join(' → ');
    if (!steps) return [Panel.head(['Path'], title), el('p', { class: 'note' }, 'Nothing that is shown leads from one to the other. Show claims and plans too, or clear the filters.')];
    return [Panel.head([`Path · ${counted(steps.length, 'step')}`], title), ...steps.map(Panel.step)];
  },

  step({ from, node, facts }, i) {
    const rest = el('div', {});
    if (facts.length > 2) rest.append(el('button', { class: 'quiet', onclick: () => rest.replaceChildren(...facts.slice(2).map(f => factCard(f, { sentences: 1 }))) }, `${many(facts.length - 2)} more`));
    return el('section', { class: 'group', data: { testid: 'step' } }, el('h3', { dir: 'auto' }, `${i + 1}. ${short(labelOf(from), 40)} – ${short(labelOf(node), 40)}`), ...facts.slice(0, 2).map(f => factCard(f, { sentences: 1 })), rest);
  },

  none(facts) {
    return facts.length ? [] : [el('p', { class: 'note' }, 'Hidden by the filters at present. ', el('button', { class: 'link', onclick: clearFilters }, 'Show everything'))];
  },
};

function copyLink() {
  const link = location.href.split('#')[0] + '#' + address();
  copyText(link, 'Link copied');
}

/** Select a node; on the way to a path, take it as the other end. */
function choose(node) {
  if (Search.from !== null && Search.from !== node) {
    const path = [Search.from, node];
    Search.from = null;
    go({ selected: { path } });
    return;
  }
  go({ selected: { node } });
}
