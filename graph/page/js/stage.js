// The graph itself: vis-network holds the live nodes, the view and the pointer; lines, labels and the
// backdrop are drawn here, before and after vis-network draws its nodes.

const Stage = {
  network: null, nodes: null, live: new Set(), labels: { nodes: [], lines: [] }, marked: null, hover: null,
  frames: 0, view: null, dirty: true, moving: false, large: false,

  make() {
    const container = $('stage'), shown = G.network.nodes.filter(node => V.node[node.id]);
    Stage.large = G.drawn > G.network.nodes.length;
    Stage.nodes = new vis.DataSet(shown.map(({ id, x, y }) => ({ id, x, y })));
    Stage.live = new Set(shown.map(node => node.id));
    Stage.network = new vis.Network(container, { nodes: Stage.nodes, edges: new vis.DataSet([]) }, {
      physics: false,
      layout: { improvedLayout: false, randomSeed: 1 },
      nodes: { shape: 'custom', ctxRenderer: Stage.drawNode, chosen: false },
      interaction: { selectConnectedEdges: false, hover: false, tooltipDelay: 1e9, zoomSpeed: 0.8 },
    });
    container.querySelector('canvas')?.setAttribute('aria-hidden', 'true');
    Stage.fit(false);
    Stage.network.on('beforeDrawing', Stage.before);
    Stage.network.on('afterDrawing', Stage.after);
    Stage.network.on('click', Stage.click);
    Stage.network.on('doubleClick', ({ pointer }) => { const node = Stage.nodeAt(pointer.DOM); if (node >= 0 && !isValue(node)) go({ focus: { node, hops: 1 }, selected: { node } }); });
    for (const name of ['dragging', 'dragEnd']) Stage.network.on(name, Stage.dragged);
    for (const name of ['zoom', 'dragging', 'animationFinished', 'resize']) Stage.network.on(name, () => { Stage.moving = true; Stage.rest(); });
    container.addEventListener('mousemove', Stage.pointed);
    container.addEventListener('mouseleave', () => Stage.point(null));
  },

  rest: later(() => { Stage.moving = false; Stage.dirty = true; Stage.redraw(); }, 140),

  redraw() { Stage.network?.redraw(); },

  /** A radius on the screen: nodes grow with the root of the zoom, so that near ones part. */
  radius(node, scale) {
    return (G.nodes.size[node] ?? 4) * Math.min(2.4, Math.max(0.72, scale ** 0.5));
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
    const view = Stage.view = Stage.look(ctx);
    ctx.save();
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    if (Stage.large) {
      if (Stage.dirty || !Backdrop.view) Backdrop.draw(view, node => Stage.live.has(node));
      ctx.globalAlpha = Stage.marked ? 0.35 : 1;
      Backdrop.show(ctx, view);
      ctx.globalAlpha = 1;
    }
    Stage.drawLines(ctx, view);
    ctx.restore();
  },

  after(ctx) {
    const { view } = Stage;
    ctx.save();
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    if (Stage.dirty) Stage.label(view);
    Stage.dirty = false;
    for (const { line, share, sprite: made } of Stage.labels.lines) {
      const [ax, ay] = Stage.at(G.lines.a[line]), [bx, by] = Stage.at(G.lines.b[line]);
      ctx.globalAlpha = !Stage.marked || Stage.marked.lines.has(line) ? 1 : 0.1;
      ctx.drawImage(made.image, ax + (bx - ax) * share - made.width / 2, ay + (by - ay) * share - made.height / 2, made.width, made.height);
    }
    for (const { node, side, sprite: made } of Stage.labels.nodes) {
      const [x, y] = Stage.at(node), [left, top] = corner(side, x, y, Stage.radius(node, view.scale), made);
      if (left > view.width || top > view.height || left + made.width < 0 || top + made.height < 0) continue;
      ctx.globalAlpha = !Stage.marked || Stage.marked.nodes.has(node) ? 1 : 0.16;
      ctx.drawImage(made.image, left, top, made.width, made.height);
    }
    ctx.restore();
    if (!Stage.frames++) performance.mark('first-draw');
  },

  /** vis-network asks how to draw one live node; it stands at (x, y) of the world. */
  drawNode({ ctx, id, x, y }) {
    const { scale } = Stage.view ?? { scale: 1 }, r = Stage.radius(id, scale) / scale;
    return {
      drawNode() {
        const { colour, shape } = classOf(id), chosen = S.selected?.node === id || Stage.hover?.node === id;
        ctx.save();
        ctx.globalAlpha = !Stage.marked || Stage.marked.nodes.has(id) ? 1 : 0.14;
        if (S.selected?.node === id || S.selected?.path?.includes(id)) {
          ctx.beginPath();
          ctx.arc(x, y, r * 1.25 + 5 / scale, 0, 2 * Math.PI);
          ctx.strokeStyle = ink('accent');
          ctx.lineWidth = 2.5 / scale;
          ctx.stroke();
        }
        ctx.beginPath();
        trace(ctx, shape, x, y, r);
        ctx.fillStyle = colour;
        ctx.fill();
        ctx.strokeStyle = rim(colour);
        ctx.lineWidth = (chosen ? 2.5 : 1.2) / scale;
        ctx.lineJoin = 'round';
        ctx.stroke();
        ctx.restore();
      },
      nodeDimensions: { width: 2 * r + 6 / scale, height: 2 * r + 6 / scale },
    };
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

  drawLines(ctx, view) {
    const groups = new Map();
    for (const l of Stage.liveLines()) {
      const high = Stage.marked?.lines.has(l) || Stage.hover?.line === l;
      const faint = Stage.marked && !high, width = Math.min(3, 1 + 0.35 * (V.weight[l] - 1));
      const key = `${high ? 'high' : faint ? 'faint' : 'plain'}|${V.line[l]}|${width}`;
      (groups.get(key) ?? groups.set(key, []).get(key)).push(l);
    }
    for (const [key, lines] of groups) {
      const [light, status, width] = key.split('|');
      Stage.stroke(ctx, view, lines, light, Number(status), Number(width));
    }
  },

  stroke(ctx, view, lines, light, status, width) {
    const { scale, left, top, width: w, height: h } = view, heads = new Path2D(), crosses = [];
    ctx.beginPath();
    for (const l of lines) {
      const p = G.lines.a[l], q = G.lines.b[l];
      const ax = G.x[p] * scale + left, ay = G.y[p] * scale + top, bx = G.x[q] * scale + left, by = G.y[q] * scale + top;
      if (Math.max(ax, bx) < 0 || Math.min(ax, bx) > w || Math.max(ay, by) < 0 || Math.min(ay, by) > h) continue;
      const length = Math.hypot(bx - ax, by - ay) || 1, ux = (bx - ax) / length, uy = (by - ay) / length;
      const from = Stage.radius(p, scale) * 1.15 + 1.5, to = Stage.radius(q, scale) * 1.15 + 1.5;
      if (length < from + to) continue;
      ctx.moveTo(ax + ux * from, ay + uy * from);
      ctx.lineTo(bx - ux * to, by - uy * to);
      const size = Math.min(6.5 + width, (length - from - to) * 0.6);
      if (!isValue(q) && V.way[l] & 1) arrow(heads, bx - ux * to, by - uy * to, ux, uy, size);
      if (!isValue(p) && V.way[l] & 2) arrow(heads, ax + ux * from, ay + uy * from, -ux, -uy, size);
      if (V.denied[l]) crosses.push([(ax + bx) / 2, (ay + by) / 2, ux, uy]);
    }
    const denied = status === DENIED;
    ctx.globalAlpha = light === 'faint' ? 0.13 : 1;
    ctx.strokeStyle = ctx.fillStyle = denied ? ink('denied') : light === 'high' ? ink('accent') : ink('edge');
    ctx.lineWidth = width + (light === 'high' ? 1 : 0.1);
    ctx.setLineDash(dashes(status));
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fill(heads);
    ctx.strokeStyle = ink('denied');
    ctx.lineWidth = 2.2;
    ctx.beginPath();
    for (const [x, y, ux, uy] of crosses) strike(ctx, x, y, ux, uy);
    ctx.stroke();
    ctx.globalAlpha = 1;
  },

  /** Choose which labels there is room for. */
  label(view) {
    const shown = [];
    const order = [...Stage.live].sort((p, q) => p - q);
    const first = Stage.marked ? order.filter(n => Stage.marked.nodes.has(n)) : order;
    const rest = Stage.marked ? order.filter(n => !Stage.marked.nodes.has(n)) : [];
    for (const node of [...first, ...rest]) {
      if (!V.node[node]) continue;
      const [x, y] = Stage.at(node);
      shown.push({ node, x, y, r: Stage.radius(node, view.scale), strong: S.selected?.node === node || S.selected?.path?.includes(node) });
    }
    Stage.labels = placeLabels(shown, Stage.spoken(view), view.width, view.height);
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
    const wanted = new Set(G.network.nodes.filter(node => V.node[node.id]).map(node => node.id));
    for (const node of Stage.marked?.nodes ?? []) if (node < G.drawn && V.node[node]) wanted.add(node);
    if (S.focus) for (const node of neighbourhood(S.focus.node, S.focus.hops)) if (node < G.drawn && V.node[node] && wanted.size < 1500) wanted.add(node);
    const gone = [...Stage.live].filter(node => !wanted.has(node)), fresh = [...wanted].filter(node => !Stage.live.has(node));
    if (gone.length) Stage.nodes.remove(gone);
    if (fresh.length) Stage.nodes.add(fresh.map(id => ({ id, x: G.x[id], y: G.y[id] })));
    Stage.live = wanted;
    Stage.few = Stage.large ? [...new Set([...wanted].flatMap(node => [...G.linesAt(node)]))] : [];
    Stage.dirty = true;
    Stage.redraw();
  },

  /** Show everything the filters leave, or the nodes given. */
  fit(animated = true, nodes = null) {
    const seen = nodes ?? Array.from({ length: G.drawn }, (_, i) => i).filter(i => V.node[i]);
    if (!seen.length) return;
    const xs = seen.map(i => G.x[i]), ys = seen.map(i => G.y[i]);
    const box = [Math.min, Math.max].map(pick => [xs.reduce((a, b) => pick(a, b)), ys.reduce((a, b) => pick(a, b))]);
    const stage = $('stage'), free = stage.clientWidth - Stage.covered();
    const scale = Math.min((free - 150) / Math.max(box[1][0] - box[0][0], 1), (stage.clientHeight - 110) / Math.max(box[1][1] - box[0][1], 1));
    const zoom = Math.max(0.05, Math.min(scale, nodes ? 1.6 : 1.35));
    const x = (box[0][0] + box[1][0]) / 2 + Stage.covered() / 2 / zoom, y = (box[0][1] + box[1][1]) / 2 + 8 / zoom;
    Stage.moveTo({ position: { x, y }, scale: zoom }, animated);
  },

  covered() {
    return $('panel').hidden || narrow() ? 0 : $('panel').offsetWidth;
  },

  moveTo(view, animated = true) {
    Stage.network.moveTo({ ...view, animation: animated && !still() ? { duration: 260, easingFunction: 'easeInOutQuad' } : false });
    Stage.moving = animated;
    Stage.dirty = true;
    Stage.rest();
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

const dashes = status => [[], [7, 4], [2, 4], [2, 4], [2, 4], []][status];

function arrow(path, x, y, ux, uy, size) {
  path.moveTo(x, y);
  path.lineTo(x - ux * size - uy * size * 0.42, y - uy * size + ux * size * 0.42);
  path.lineTo(x - ux * size + uy * size * 0.42, y - uy * size - ux * size * 0.42);
  path.closePath();
}

/** Two short strokes across a line: a fact that is denied. */
function strike(ctx, x, y, ux, uy) {
  for (const shift of [-3, 3]) {
    const cx = x + ux * shift, cy = y + uy * shift;
    ctx.moveTo(cx - uy * 6 - ux * 3, cy + ux * 6 - uy * 3);
    ctx.lineTo(cx + uy * 6 + ux * 3, cy - ux * 6 + uy * 3);
  }
}

const lineTexts = new Map();

/** "accesses ⇄ blocks", "integrates +2": what a line says, in a few words. */
function lineText(line) {
  const known = lineTexts.get(line);
  if (known) return known;
  const ways = [new Set(), new Set()];
  for (const f of G.lineFacts(line)) if (V.fact[f] >= 0) ways[G.facts.s[f] === G.lines.a[line] ? 0 : 1].add(relationOf(f)[1]);
  const said = ways.map(way => [...way]).filter(way => way.length);
  const first = said.map(way => short(way[0], 26) + (said.length < 2 && way.length > 1 ? ` +${way.length - 1}` : ''));
  const more = said.length > 1 ? said.reduce((sum, way) => sum + way.length - 1, 0) : 0;
  const text = first.join(' ⇄ ') + (more ? ` +${more}` : '');
  lineTexts.set(line, text);
  return text;
}

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
