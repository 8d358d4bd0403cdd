// Lines as they are drawn: solid, dashed, dotted or struck by status, with arrow heads.

const dashes = status => [[], [7, 4], [2, 4], [2, 4], [2, 4], []][status];

/** Draw `lines` (numbers) in this view, within `box`, those lit by `Stage.marked` over the others. */
function drawLines(ctx, view, box, lines) {
  const groups = new Map();
  for (const l of lines) {
    const light = Stage.marked ? (Stage.marked.lines.has(l) ? 'high' : 'faint') : 'plain', width = Math.min(3, 1 + 0.35 * (V.weight[l] - 1));
    const key = `${light}|${V.line[l]}|${width}`;
    (groups.get(key) ?? groups.set(key, []).get(key)).push(l);
  }
  const order = ['faint', 'plain', 'high'], rank = ([key]) => order.indexOf(key.split('|')[0]);
  for (const [key, members] of [...groups].sort((p, q) => rank(p) - rank(q))) {
    const [light, status, width] = key.split('|');
    strokeLines(ctx, view, box, members, light, Number(status), Number(width));
  }
}

/** One line on top of the picture, as when the pointer is over it. */
function drawOver(ctx, view, line) {
  strokeLines(ctx, view, [0, 0, view.width, view.height], [line], 'high', V.line[line], Math.min(3, 1 + 0.35 * (V.weight[line] - 1)));
}

function strokeLines(ctx, view, box, lines, light, status, width) {
  const crosses = [], denied = status === DENIED, crowd = Stage.crowd;
  ctx.globalAlpha = light === 'faint' ? Stage.faint : light === 'plain' && !denied ? crowd : 1;
  ctx.strokeStyle = ctx.fillStyle = denied ? ink('denied') : light === 'high' ? ink('accent') : ink('edge');
  ctx.lineWidth = width + (light === 'high' ? 0.9 : 0.1);
  for (let at = 0; at < lines.length; at += 60) strokeSome(ctx, view, box, lines.slice(at, at + 60), status, width, crosses);
  ctx.strokeStyle = ink('denied');
  ctx.lineWidth = 2.2;
  ctx.beginPath();
  for (const [x, y, ux, uy] of crosses) strike(ctx, x, y, ux, uy);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** A few lines in one path: long paths are slow to fill. */
function strokeSome(ctx, { scale, left, top }, [x0, y0, x1, y1], lines, status, width, crosses) {
  const heads = new Path2D();
  ctx.beginPath();
  for (const l of lines) {
    const p = G.lines.a[l], q = G.lines.b[l];
    const ax = G.x[p] * scale + left, ay = G.y[p] * scale + top, bx = G.x[q] * scale + left, by = G.y[q] * scale + top;
    if (Math.max(ax, bx) < x0 || Math.min(ax, bx) > x1 || Math.max(ay, by) < y0 || Math.min(ay, by) > y1) continue;
    const length = Math.hypot(bx - ax, by - ay) || 1, ux = (bx - ax) / length, uy = (by - ay) / length;
    const from = Stage.radius(p, scale) * 1.15 + 1.5, to = Stage.radius(q, scale) * 1.15 + 1.5;
    if (length < from + to) continue;
    ctx.moveTo(ax + ux * from, ay + uy * from);
    ctx.lineTo(bx - ux * to, by - uy * to);
    const size = Math.min(6.5 + width, (length - from - to) * 0.6) * (Stage.crowd < 0.6 ? 0.75 : 1);
    if (!isValue(q) && V.way[l] & 1) arrow(heads, bx - ux * to, by - uy * to, ux, uy, size);
    if (!isValue(p) && V.way[l] & 2) arrow(heads, ax + ux * from, ay + uy * from, -ux, -uy, size);
    if (V.denied[l]) crosses.push([ax + (bx - ax) * 0.34, ay + (by - ay) * 0.34, ux, uy]);
  }
  ctx.setLineDash(dashes(status));
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fill(heads);
}

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
  const text = inFewWords(ways.map(way => [...way]));
  lineTexts.set(line, text);
  return text;
}

/** The relations of the two ways of a line. */
function inFewWords(ways) {
  const said = ways.filter(way => way.length);
  const first = said.map(way => short(way[0], 26) + (said.length < 2 && way.length > 1 ? ` +${way.length - 1}` : ''));
  const more = said.length > 1 ? said.reduce((sum, way) => sum + way.length - 1, 0) : 0;
  return first.join(' ⇄ ') + (more ? ` +${more}` : '');
}
