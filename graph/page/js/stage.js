// The graph itself: vis-network holds the live nodes, the view and the pointer; what is seen is drawn
// by `Layer` before, and the labels here after, vis-network has gone over its nodes.

const Stage = {
  network: null, nodes: null, live: new Set(), labels: { nodes: [], lines: [] }, few: [], marked: null, hover: null, crowd: 1, lifted: -1, light: false, moving: false,
  frames: 0, view: null, dirty: true, large: false, whole: true,

  make() {
    const container = $('stage'), shown = G.network.nodes.filter(node => V.node[node.id]);
    Stage.large = G.drawn > G.network.nodes.length;
    Stage.nodes = new vis.DataSet(shown.map(({ id, x, y }) => ({ id, x, y })));
    Stage.live = new Set(shown.map(node => node.id));
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

  /** A radius on the screen: nodes grow with the root of the zoom, so that near ones part. */
  radius(node, scale) {
    const size = G.nodes.size[node] ?? 4, seen = Stage.marked?.nodes.has(node) && !isValue(node) ? Math.max(size, 4.5) : size;
    return seen * Math.min(2.4, Math.max(0.72, scale ** 0.5));
  },

  look(ctx) {
    const m = ctx.getTransform(), scale = Stage.network.getScale(), ratio = m.a / scale, { canvas } = ctx;
    return { scale, ratio, left: m.e / ratio, top: m.f / ratio, width: canvas.width / ratio, height: canvas.height / ratio };
  },

  at(node) {
    const { scale, left, top } = Stage.view;
    return [G.x[node] * scale + left, G.y[node] * scale + top];
  },

  before(ctx) {
    const view = Stage.view = Stage.look(ctx), fresh = Stage.dirty || !Layer.view;
    ctx.save();
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    if (Stage.light && !Stage.moving) {
      Layer.view = null;
      const all = [0, 0, view.width, view.height];
      drawLines(ctx, view, all, Stage.liveLines());
      Layer.nodes(ctx, view, all);
      ctx.restore();
      return;
    }
    // In movement the picture is renewed when it runs out, but never so often that it holds up the movement.
    if (fresh || (!Layer.covers(view) && performance.now() - Layer.drawn > 120 + 6 * Layer.cost)) Layer.draw(view);
    Layer.show(ctx, view);
    if (Stage.lifted >= 0) Stage.carry(ctx, view);
    ctx.restore();
  },

  /** The node under the pointer's thumb, with its lines, over the picture of all others. */
  carry(ctx, view) {
    const node = Stage.lifted, [x, y] = Stage.at(node);
    drawLines(ctx, view, [0, 0, view.width, view.height], [...G.linesAt(node)].filter(l => V.line[l] >= 0 && (!Stage.large || (Stage.live.has(G.lines.a[l]) && Stage.live.has(G.lines.b[l])))));
    drawNode(ctx, node, x, y, Stage.radius(node, view.scale), view.ratio);
  },

  lift(node) {
    if (Stage.lifted === node) return;
    Stage.lifted = node;
    Stage.dirty = true;
  },

  after(ctx) {
    const { view } = Stage;
    ctx.save();
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    if (Stage.dirty) Stage.label(view);
    Stage.dirty = false;
    Stage.overlay(ctx, view);
    ctx.restore();
    if (!Stage.frames++) performance.mark('first-draw');
  },

  /** What lies over the picture of lines and nodes: names, relations, rings. */
  overlay(ctx, view) {
    if (Stage.hover?.line >= 0) drawOver(ctx, view, Stage.hover.line);
    Stage.rings(ctx, view);
    for (const { line, share, sprite: made } of Stage.labels.lines) {
      const [ax, ay] = Stage.at(G.lines.a[line]), [bx, by] = Stage.at(G.lines.b[line]);
      ctx.globalAlpha = !Stage.marked || Stage.marked.lines.has(line) ? 1 : 0.1;
      putLabel(ctx, made, ax + (bx - ax) * share - made.width / 2, ay + (by - ay) * share - made.height / 2);
    }
    for (const { node, side, sprite: made } of Stage.labels.nodes) {
      const [x, y] = Stage.at(node), [left, top] = corner(side, x, y, Stage.radius(node, view.scale), made);
      if (left > view.width || top > view.height || left + made.width < 0 || top + made.height < 0) continue;
      ctx.globalAlpha = !Stage.marked || Stage.marked.nodes.has(node) ? 1 : 0.16;
      putLabel(ctx, made, left, top);
    }
    ctx.globalAlpha = 1;
  },

  /** A ring around what is selected, and around what the pointer is over. */
  rings(ctx, view) {
    const { selected } = S, ringed = selected?.path ?? (selected?.node !== undefined ? [selected.node] : []);
    for (const node of [...ringed, ...(Stage.hover?.node >= 0 ? [Stage.hover.node] : [])]) {
      if (node >= G.drawn) continue;
      const [x, y] = Stage.at(node);
      ctx.beginPath();
      ctx.arc(x, y, Stage.radius(node, view.scale) * 1.25 + 4, 0, 2 * Math.PI);
      ctx.strokeStyle = ink(ringed.includes(node) ? 'accent' : 'muted');
      ctx.lineWidth = ringed.includes(node) ? 2.5 : 1.5;
      ctx.stroke();
    }
  },

  /** vis-network asks how to draw a live node: the layer has done so; what it needs is the room to be hit. */
  shape({ id }) {
    const { scale } = Stage.view ?? { scale: 1 }, side = (1.8 * Stage.radius(id, scale) + 2) / scale;
    return { drawNode() {}, nodeDimensions: { width: side, height: side } };
  },

  /** Lines that are drawn live: shown by the filters, between live nodes or lit up. */
  * liveLines() {
    const { a, b, count } = G.lines;
    if (!Stage.large) {
      for (let l = 0; l < count; l++) if (V.line[l] >= 0) yield l;
      return;
    }
    for (const l of Stage.few) if (V.line[l] >= 0 && Stage.live.has(a[l]) && Stage.live.has(b[l])) yield l;
  },

  /** Choose which labels there is room for. */
  label(view) {
    const first = [], rest = [];
    for (const node of [...Stage.live].sort((p, q) => p - q)) {
      if (!V.node[node]) continue;
      const [x, y] = Stage.at(node), strong = S.selected?.node === node || S.selected?.path?.includes(node);
      (!Stage.marked || Stage.marked.nodes.has(node) ? first : rest).push({ node, x, y, r: Stage.radius(node, view.scale), strong });
    }
    first.sort((p, q) => Boolean(q.strong) - Boolean(p.strong));
    Stage.labels = placeLabels(first, Stage.spoken(view), rest, view.width, view.height);
  },

  /** The lines whose relation is written: all of them while they are few, else those lit up. */
  spoken({ width, height }) {
    const inside = [];
    for (const l of Stage.liveLines()) {
      if (Stage.marked && !Stage.marked.lines.has(l)) continue;
      const [ax, ay] = Stage.at(G.lines.a[l]), [bx, by] = Stage.at(G.lines.b[l]);
      const mx = (ax + bx) / 2, my = (ay + by) / 2;
      if (mx > 0 && mx < width && my > 0 && my < height) inside.push({ line: l, ax, ay, bx, by, text: lineText(l), denied: V.line[l] === DENIED });
    }
    inside.sort((p, q) => V.weight[q.line] - V.weight[p.line] || p.line - q.line);
    return inside.length <= 170 || Stage.marked ? inside : [];
  },

  /** Bring the picture up to the state: which nodes are live, which lit. */
  show() {
    Stage.marked = lit();
    Stage.enliven();
    // The more lines, the fainter each.
    const lines = V.line.reduce((sum, status) => sum + (status >= 0), 0);
    Stage.light = !Stage.large && lines <= 160 && Stage.live.size <= 120;
    Stage.crowd = Math.min(1, Math.max(0.32, (160 / Math.max(Stage.large ? Stage.few.length : lines, 1)) ** 0.5));
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
    if (fresh.length) Stage.nodes.add(fresh.map(id => ({ id, x: G.x[id], y: G.y[id] })));
    Stage.live = wanted;
    Stage.few = Stage.large ? [...new Set([...wanted].flatMap(node => [...G.linesAt(node)]))] : [];
  },

  /** Show everything the filters leave, or the nodes given. */
  fit(animated = true, nodes = null) {
    Stage.whole = !nodes;
    const seen = nodes ?? Array.from({ length: G.drawn }, (_, i) => i).filter(i => V.node[i]);
    if (!seen.length) return;
    const xs = seen.map(i => G.x[i]), ys = seen.map(i => G.y[i]);
    const box = [Math.min, Math.max].map(pick => [xs.reduce((a, b) => pick(a, b)), ys.reduce((a, b) => pick(a, b))]);
    const stage = $('stage'), free = stage.clientWidth - Stage.covered(), sides = narrow() ? 76 : 150;
    const scale = Math.min((free - sides) / Math.max(box[1][0] - box[0][0], 1), (stage.clientHeight - 110) / Math.max(box[1][1] - box[0][1], 1));
    const zoom = Math.max(0.05, Math.min(scale, nodes ? 2.6 : 1.35));
    const x = (box[0][0] + box[1][0]) / 2 + Stage.covered() / 2 / zoom, y = (box[0][1] + box[1][1]) / 2 + 8 / zoom;
    Stage.moveTo({ position: { x, y }, scale: zoom }, animated);
  },

  covered() {
    return $('panel').hidden || narrow() ? 0 : $('panel').offsetWidth;
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
    const out = seen.some(node => { const [x, y] = Stage.at(node); return x < 30 || x > free - 30 || y < 20 || y > low - 30; });
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
};

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
