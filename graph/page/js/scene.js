// How the graph is drawn in a view: { scale, left, top, width, height, ratio }, where screen = world·scale + left
// in CSS pixels. Below are lines and nodes (`under`), above them names, relations and rings (`over`).

const Stage = {
  network: null, nodes: null, live: new Set(), labels: { nodes: [], lines: [] }, few: [], marked: null, hover: null, crowd: 1, lifted: -1, light: false, moving: false,
  frames: 0, view: null, dirty: true, large: false, whole: true,

  /** How much is seen of what is not lit: more where little stands around. */
  get faint() { return Stage.light ? 0.34 : 0.15; },

  /** The nodes that are drawn in full when the page opens: those of pyvis's network. */
  enlist() {
    Stage.large = G.drawn > G.network.nodes.length;
    Stage.live = new Set(G.network.nodes.map(node => node.id).filter(node => V.node[node]));
  },

  /** The more lines there are to see, the fainter each; a few are drawn straight, without a picture between. */
  tone(seen = Stage.large ? Stage.few.length : V.line.reduce((sum, status) => sum + (status >= 0), 0)) {
    Stage.light = !Stage.large && seen <= 160 && Stage.live.size <= 120;
    Stage.crowd = Math.min(1, Math.max(0.32, (160 / Math.max(seen, 1)) ** 0.5));
  },

  /** A radius on the screen: nodes grow with the root of the zoom, so that near ones part. */
  radius(node, scale) {
    const size = G.nodes.size[node] ?? 4, seen = Stage.marked?.nodes.has(node) && !isValue(node) ? Math.max(size, 4.5) : size;
    return seen * Math.min(2.4, Math.max(0.72, scale ** 0.5));
  },

  at(node) {
    const { scale, left, top } = Stage.view;
    return [G.x[node] * scale + left, G.y[node] * scale + top];
  },

  under(ctx, view) {
    const fresh = Stage.dirty || !Layer.view;
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

  over(ctx, view) {
    ctx.save();
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    if (Stage.dirty) Stage.label(view);
    Stage.dirty = false;
    Stage.overlay(ctx, view);
    ctx.restore();
  },

  /** Count a frame; the first one is marked for measuring. */
  painted() {
    if (!Stage.frames++) performance.mark('first-draw');
  },

  /** The node under the pointer's thumb, with its lines, over the picture of all others. */
  carry(ctx, view) {
    const node = Stage.lifted, [x, y] = Stage.at(node);
    drawLines(ctx, view, [0, 0, view.width, view.height], [...G.linesAt(node)].filter(l => V.line[l] >= 0 && (!Stage.large || (Stage.live.has(G.lines.a[l]) && Stage.live.has(G.lines.b[l])))));
    drawNode(ctx, node, x, y, Stage.radius(node, view.scale), view.ratio);
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
      ctx.globalAlpha = !Stage.marked || Stage.marked.nodes.has(node) ? 1 : Stage.faint;
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
      if (mx > 0 && mx < width && my > 0 && my < height) inside.push({ line: l, ax, ay, bx, by });
    }
    if (inside.length > 170 && !Stage.marked) return [];
    inside.sort((p, q) => V.weight[q.line] - V.weight[p.line] || p.line - q.line);
    return inside.map(each => ({ ...each, text: lineText(each.line), denied: V.line[each.line] === DENIED }));
  },

  /** The scale and the middle at which the nodes given, or all that are shown, fill the stage. */
  framed(nodes) {
    const seen = nodes ?? Array.from({ length: G.drawn }, (_, i) => i).filter(i => V.node[i]);
    if (!seen.length) return null;
    const xs = seen.map(i => G.x[i]), ys = seen.map(i => G.y[i]);
    const box = [Math.min, Math.max].map(pick => [xs.reduce((a, b) => pick(a, b)), ys.reduce((a, b) => pick(a, b))]);
    const stage = $('stage'), free = stage.clientWidth - Stage.covered(), sides = narrow() ? 76 : Math.min(150, free * 0.34);
    // On a phone the panel lies over the lower part.
    const high = stage.clientHeight * (narrow() && !$('panel').hidden ? 0.42 : 1), down = (stage.clientHeight - high) / 2 + 8;
    const fitting = Math.min((free - sides) / Math.max(box[1][0] - box[0][0], 1), (high - (high < 400 ? 70 : 110)) / Math.max(box[1][1] - box[0][1], 1));
    const scale = Math.max(0.05, Math.min(fitting, nodes ? 5 : 1.35));
    return { scale, position: { x: (box[0][0] + box[1][0]) / 2 + Stage.covered() / 2 / scale, y: (box[0][1] + box[1][1]) / 2 + down / scale } };
  },

  covered() {
    return $('panel').hidden || narrow() ? 0 : $('panel').offsetWidth;
  },
};
