// Names beside nodes and relations on lines: placed greedily, most important first, never overlapping.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';
const NODE_FONT = 12.5, LINE_FONT = 11, LINE_HEIGHT = 15, WRAP = 22;

const sprites = new Map(), ruler = document.createElement('canvas').getContext('2d');

/** A label measured once and kept: { width, height } in CSS pixels; its picture is made when it is first moved. */
function sprite(text, kind) {
  const ratio = Math.max(devicePixelRatio, 1), key = kind + ratio + text;
  let made = sprites.get(key);
  if (!made) {
    if (sprites.size > 1500) sprites.clear();
    sprites.set(key, made = measured(text, kind, ratio));
  }
  return made;
}

function measured(text, kind, ratio) {
  const size = kind === 'line' || kind === 'redline' ? LINE_FONT : NODE_FONT;
  const font = `${kind === 'strong' ? '600 ' : kind === 'value' ? 'italic ' : ''}${size}px ${FONT}`;
  const lines = kind === 'line' || kind === 'redline' ? [text] : wrapped(text);
  ruler.font = font;
  const width = Math.ceil(Math.max(...lines.map(line => ruler.measureText(line).width))) + 8, height = lines.length * LINE_HEIGHT + 4;
  return { image: null, width, height, ratio, lines, font, kind };
}

/** Put a label at (left, top): written out at first, later copied from its picture, which is quicker. */
function putLabel(ctx, label, left, top) {
  if (label.image) { ctx.drawImage(label.image, left, top, label.width, label.height); return; }
  ctx.save();
  ctx.translate(left, top);
  drawLabel(ctx, label.lines, label.font, label.kind, label.width);
  ctx.restore();
}

function makePicture(label) {
  const { width, height, ratio, lines, font, kind } = label;
  label.image ??= picture(Math.ceil(width * ratio), Math.ceil(height * ratio), ctx => {
    ctx.scale(ratio, ratio);
    drawLabel(ctx, lines, font, kind, width);
  });
}

function drawLabel(ctx, lines, font, kind, width) {
  Object.assign(ctx, { font, textAlign: 'center', textBaseline: 'middle', lineJoin: 'round', lineWidth: 4, strokeStyle: ink('canvas') });
  ctx.fillStyle = ink({ line: 'muted', redline: 'denied', value: 'muted' }[kind] ?? 'text');
  lines.forEach((line, i) => {
    const y = 2 + LINE_HEIGHT * (i + 0.5);
    ctx.strokeText(line, width / 2, y);
    ctx.fillText(line, width / 2, y);
  });
}

/** A label in one line or two of about equal length. */
function wrapped(text) {
  const line = short(text, 2 * WRAP);
  if (Array.from(line).length <= WRAP) return [line];
  const cuts = [...line.matchAll(/[ \-/]/g)].map(m => m.index + 1);
  if (!cuts.length) return [short(line, WRAP + 6)];
  const cut = cuts.reduce((best, at) => (Math.abs(at - line.length / 2) < Math.abs(best - line.length / 2) ? at : best));
  return [line.slice(0, cut).trim(), line.slice(cut).trim()].map(part => short(part, WRAP + 6));
}

/** Boxes taken on the screen, in cells, so that a look costs the same with any number of them. */
class Taken {
  constructor() { this.cells = new Map(); }

  * around(x, y, w, h) {
    for (let i = x >> 6; i <= (x + w) >> 6; i++) for (let j = y >> 5; j <= (y + h) >> 5; j++) yield i * 65536 + j;
  }

  free(x, y, w, h, but = -2) {
    for (const key of this.around(x, y, w, h)) {
      for (const box of this.cells.get(key) ?? []) {
        if (box[4] !== but && x < box[0] + box[2] && box[0] < x + w && y < box[1] + box[3] && box[1] < y + h) return false;
      }
    }
    return true;
  }

  take(x, y, w, h, owner = -1) {
    for (const key of this.around(x, y, w, h)) {
      const held = this.cells.get(key);
      if (held) held.push([x, y, w, h, owner]);
      else this.cells.set(key, [[x, y, w, h, owner]]);
    }
  }
}

/**
 * Where labels go at this zoom. `shown` are nodes in order of importance with screen places
 * ([{ node, x, y, r, strong }]), `lines` those whose relation may be written, `rest` nodes that come last.
 * Gives `{ nodes: [{ node, side, sprite }], lines: [{ line, share, sprite }] }`.
 */
function placeLabels(shown, lines, rest, width, height) {
  const inside = ({ x, y }) => x > -40 && y > -20 && x < width + 40 && y < height + 20;
  const crowded = shown.filter(inside).length > 160;
  const taken = new Taken(), placed = { nodes: [], lines: [] };
  // In a crowd the names of the greatest may lie over lesser nodes, or they would be the ones without a name.
  const near = shown.filter(inside), head = crowded ? near.slice(0, 60) : near, bar = ({ node, x, y, r }) => taken.take(x - r, y - r, 2 * r, 2 * r, node);
  head.forEach(bar);
  placeNames(head, taken, placed.nodes, width);
  for (const { line, ax, ay, bx, by, text, denied } of lines) placeOnLine(line, ax, ay, bx, by, text, denied, taken, placed.lines);
  const others = crowded ? near.slice(60) : rest.filter(inside);
  others.forEach(bar);
  placeNames(others.slice(0, 400), taken, placed.nodes, width);
  return placed;
}

function placeNames(shown, taken, placed, width) {
  for (const { node, x, y, r, strong } of shown) {
    const made = sprite(labelOf(node), strong ? 'strong' : isValue(node) ? 'value' : 'node');
    for (const side of ['below', 'right', 'above', 'left']) {
      const [left, top] = corner(side, x, y, r, made);
      // A name is not cut by the edge of the stage, unless its node is.
      if (x > 0 && x < width && (left < 0 || left + made.width > width)) continue;
      if (!taken.free(left + 2, top + 2, made.width - 4, made.height - 4, node)) continue;
      taken.take(left, top + 1, made.width, made.height - 2);
      placed.push({ node, side, sprite: made });
      break;
    }
  }
}

function placeOnLine(line, ax, ay, bx, by, text, denied, taken, placed) {
  const made = sprite(text, denied ? 'redline' : 'line'), length = Math.hypot(bx - ax, by - ay);
  const flat = Math.abs(bx - ax) / (length || 1);
  if (length < 40 + made.width * flat * 0.9) return;
  for (const share of V.denied[line] ? [0.56, 0.62, 0.5, 0.68] : [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72]) {
    const left = ax + (bx - ax) * share - made.width / 2, top = ay + (by - ay) * share - made.height / 2;
    if (!taken.free(left, top + 2, made.width, made.height - 4)) continue;
    taken.take(left, top, made.width, made.height);
    placed.push({ line, share, sprite: made });
    return;
  }
}

function corner(side, x, y, r, { width, height }) {
  if (side === 'below') return [x - width / 2, y + r + 1];
  if (side === 'above') return [x - width / 2, y - r - height - 1];
  return [side === 'right' ? x + r + 1 : x - r - width - 1, y - height / 2];
}
