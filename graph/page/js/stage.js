// The graph as vis-network holds it: live nodes, view and pointer. What is seen is drawn by `Layer` before,
// and the labels after, vis-network has gone over its nodes; see scene.js.

Object.assign(Stage, {
  make() {
    const container = $('stage');
    Stage.enlist();
    Stage.nodes = new vis.DataSet(Stage.known(Stage.live));
    Stage.network = new vis.Network(container, { nodes: Stage.nodes, edges: new vis.DataSet([]) }, {
      physics: false,
      layout: { improvedLayout: false, randomSeed: 1 },
      nodes: { shape: 'custom', ctxRenderer: Stage.shape, chosen: false },
      interaction: { selectConnectedEdges: false, hover: false, tooltipDelay: 1e9, zoomSpeed: 0.8 },
    });
    container.querySelector('canvas')?.setAttribute('aria-hidden', 'true');
    Stage.fit(false);
    Stage.network.on('beforeDrawing', Stage.before);
    Stage.network.on('afterDrawing', Stage.after);
    Stage.network.on('click', Stage.click);
    Stage.network.on('doubleClick', ({ pointer }) => { const node = Stage.nodeAt(pointer.DOM); if (node >= 0 && !isValue(node)) go({ focus: { node, hops: 1 }, selected: { node } }); });
    for (const name of ['dragging', 'dragEnd']) Stage.network.on(name, Stage.dragged);
    Stage.network.on('dragStart', ({ nodes }) => { if (nodes.length) Stage.lift(nodes[0]); });
    Stage.network.on('dragEnd', () => Stage.lift(-1));
    for (const name of ['zoom', 'dragging']) Stage.network.on(name, () => { Stage.whole = false; Stage.ease(); Stage.rest(); });
    Stage.network.on('animationFinished', Stage.rest);
    Stage.network.on('resize', () => requestAnimationFrame(() => { if (Stage.whole) Stage.fit(false); Stage.rest(); }));
    container.addEventListener('mousemove', Stage.pointed);
    container.addEventListener('mouseleave', () => Stage.point(null));
  },

  /** Nodes as vis-network takes them. */
  known: nodes => [...nodes].map(id => ({ id, x: G.x[id], y: G.y[id] })),

  rest: later(() => {
    Stage.moving = false;
    if (Stage.large) Stage.enliven();
    Stage.dirty = true;
    Stage.redraw();
  }, 140),

  /** Before a movement: pictures for the labels; a small graph, drawn straight at rest, gets its picture too. */
  ease() {
    if (Stage.moving) return;
    Stage.moving = true;
    for (const { sprite: label } of [...Stage.labels.nodes, ...Stage.labels.lines]) makePicture(label);
  },

  redraw() { Stage.network?.redraw(); },

  look(ctx) {
    const m = ctx.getTransform(), scale = Stage.network.getScale(), ratio = Math.round(1000 * m.a / scale) / 1000, { canvas } = ctx;
    return { scale, ratio, left: m.e / ratio, top: m.f / ratio, width: canvas.width / ratio, height: canvas.height / ratio };
  },

  before(ctx) {
    Stage.view = Stage.look(ctx);
    Stage.under(ctx, Stage.view);
  },

  lift(node) {
    if (Stage.lifted === node) return;
    Stage.lifted = node;
    Stage.dirty = true;
  },

  after(ctx) {
    Stage.over(ctx, Stage.view);
    Stage.painted();
    $('first')?.remove();
  },

  /** vis-network asks how to draw a live node: the layer has done so; what it needs is the room to be hit. */
  shape({ id }) {
    const { scale } = Stage.view ?? { scale: 1 }, side = (1.8 * Stage.radius(id, scale) + 2) / scale;
    return { drawNode() {}, nodeDimensions: { width: side, height: side } };
  },

  /** Bring the picture up to the state: which nodes are live, which lit. */
  show() {
    Stage.marked = lit();
    Stage.enliven();
    Stage.tone();
    Stage.dirty = true;
    Stage.redraw();
  },

  /** Choose the live nodes: the most important of all, what is lit or near the focus, the most important in view. */
  enliven() {
    const wanted = new Set(G.network.nodes.filter(node => V.node[node.id]).map(node => node.id)), most = wanted.size + 300;
    for (const node of Stage.marked?.nodes ?? []) if (node < G.drawn && V.node[node] && wanted.size < 900) wanted.add(node);
    if (S.focus) for (const node of neighbourhood(S.focus.node, S.focus.hops)) if (node < G.drawn && V.node[node] && wanted.size < 1500) wanted.add(node);
    const now = Stage.large ? Stage.view : null;
    for (let i = 0; now && now.scale > 1.5 && i < G.drawn && wanted.size < most; i++) {
      const [x, y] = Stage.at(i);
      if (V.node[i] && x > 0 && x < now.width && y > 0 && y < now.height) wanted.add(i);
    }
    const gone = [...Stage.live].filter(node => !wanted.has(node)), fresh = [...wanted].filter(node => !Stage.live.has(node));
    if (gone.length) Stage.nodes.remove(gone);
    if (fresh.length) Stage.nodes.add(Stage.known(fresh));
    Stage.live = wanted;
    Stage.few = Stage.large ? [...new Set([...wanted].flatMap(node => [...G.linesAt(node)]))] : [];
  },

  /** Show everything the filters leave, or the nodes given. */
  fit(animated = true, nodes = null) {
    Stage.whole = !nodes;
    const target = Stage.framed(nodes);
    if (target) Stage.moveTo(target, animated);
  },

  /** Go to a view. A large graph jumps: it would have to be drawn several times on the way. */
  moveTo(target, animated = true) {
    const smooth = animated && !still() && !Stage.large;
    if (!smooth && Stage.view && Stage.large) {
      const { x, y } = target.position ?? Stage.network.getViewPosition(), { width, height } = Stage.view;
      Stage.view = { ...Stage.view, scale: target.scale, left: width / 2 - x * target.scale, top: height / 2 - y * target.scale };
      Stage.enliven();
    }
    Stage.dirty = true;
    Stage.network.moveTo({ ...target, animation: smooth ? { duration: 260, easingFunction: 'easeInOutQuad' } : false });
    if (smooth) Stage.rest();
  },

  zoom(factor) {
    Stage.moveTo({ scale: Stage.network.getScale() * factor });
  },

  /** Bring nodes into the part of the stage that no panel covers. */
  reveal(nodes) {
    const seen = nodes.filter(node => node < G.drawn);
    if (!seen.length || !Stage.view) return;
    const { width, height, scale } = Stage.view, free = width - Stage.covered(), low = narrow() ? height * 0.4 : height;
    const side = Math.min(80, free / 5);
    // A name needs some room beside its node.
    const out = seen.some(node => { const [x, y] = Stage.at(node); return x < side || x > free - side || y < 20 || y > low - 40; });
    if (!out && scale > 0.4) return;
    if (seen.length > 2) { Stage.fit(true, seen); return; }
    const x = seen.reduce((sum, n) => sum + G.x[n], 0) / seen.length, y = seen.reduce((sum, n) => sum + G.y[n], 0) / seen.length;
    const near = Stage.large ? Math.max(scale, 2.2) : Math.max(scale, 0.8);
    Stage.moveTo({ position: { x: x + (width - free) / 2 / near, y: y + (height - low) / 2 / near }, scale: near });
  },

  nodeAt({ x, y }) {
    let best = -1, least = Infinity;
    for (let i = 0; i < G.drawn; i++) {
      if (!V.node[i]) continue;
      const [nx, ny] = Stage.at(i), reach = Math.max(Stage.radius(i, Stage.view.scale) + 4, 6), far = Math.hypot(nx - x, ny - y) - (Stage.live.has(i) ? 3 : 0);
      if (far < reach && far < least) [best, least] = [i, far];
    }
    return best;
  },

  lineAt({ x, y }) {
    let best = -1, least = 7;
    for (const l of Stage.liveLines()) {
      const [ax, ay] = Stage.at(G.lines.a[l]), [bx, by] = Stage.at(G.lines.b[l]), dx = bx - ax, dy = by - ay;
      const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      const far = Math.hypot(ax + dx * share - x, ay + dy * share - y);
      if (far < least) [best, least] = [l, far];
    }
    for (const { line, share, sprite: made } of Stage.labels.lines) {
      const [ax, ay] = Stage.at(G.lines.a[line]), [bx, by] = Stage.at(G.lines.b[line]);
      if (Math.abs(ax + (bx - ax) * share - x) < made.width / 2 && Math.abs(ay + (by - ay) * share - y) < 8) return line;
    }
    return best;
  },

  click({ pointer }) {
    const node = Stage.nodeAt(pointer.DOM), line = node < 0 ? Stage.lineAt(pointer.DOM) : -1;
    if (node >= 0) choose(node);
    else if (line >= 0) go({ selected: { line } });
    else if (S.selected) go({ selected: null });
  },

  dragged({ nodes }) {
    const places = Stage.network.getPositions(nodes);
    for (const node of nodes) [G.x[node], G.y[node]] = [places[node].x, places[node].y];
  },

  pointed(event) {
    if (!Stage.view || event.buttons) return Stage.point(null);
    const box = $('stage').getBoundingClientRect(), at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const node = Stage.nodeAt(at), line = node < 0 ? Stage.lineAt(at) : -1;
    return Stage.point(node >= 0 ? { node, ...at } : line >= 0 ? { line, ...at } : null);
  },

  point(hover) {
    const tip = $('tip'), same = hover?.node === Stage.hover?.node && hover?.line === Stage.hover?.line;
    $('stage').classList.toggle('over', Boolean(hover));
    tip.hidden = !hover;
    if (hover && !same) tip.replaceChildren(...(hover.node >= 0 ? nodeTip(hover.node) : lineTip(hover.line)));
    if (hover) {
      tip.style.left = Math.max(8, Math.min(hover.x + 14, $('stage').clientWidth - tip.offsetWidth - 8)) + 'px';
      tip.style.top = (hover.y + 18 + tip.offsetHeight > $('stage').clientHeight ? hover.y - tip.offsetHeight - 10 : hover.y + 18) + 'px';
    }
    Stage.hover = hover;
    if (!same) Stage.redraw();
  },
});

function nodeTip(node) {
  const facts = [...G.of(node)].filter(f => V.fact[f] >= 0).length;
  return [el('strong', { dir: 'auto' }, short(labelOf(node), 80)), el('span', {}, isValue(node) ? 'value' : `${classOf(node).label} · ${counted(facts, 'fact')}`)];
}

function lineTip(line) {
  const facts = [...G.lineFacts(line)].filter(f => V.fact[f] >= 0), rows = facts.slice(0, 4).map(f => el('span', { dir: 'auto' }, short(inWords(f), 110)));
  return facts.length > 4 ? [...rows, el('span', {}, `and ${facts.length - 4} more`)] : rows;
}

const inWords = fact => `${short(labelOf(G.facts.s[fact]), 40)} ${relationOf(fact)[1]} ${short(labelOf(G.facts.o[fact]), 60)}` +
  (V.fact[fact] > STATED ? ` (${G.statuses[V.fact[fact]]})` : '');
