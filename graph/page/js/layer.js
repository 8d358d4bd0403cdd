// Everything under the labels - lines, nodes, and in a large graph the dots of the nodes that are not
// live - on a picture of its own, larger than the stage. It is drawn when the view comes to rest and
// moved along with the view until then, so that a frame costs the same for any number of nodes.

const MARGIN = 0.22;

const Layer = {
  image: null, view: null, drawn: 0, cost: 0,

  /** Draw the picture for this view: { scale, left, top, width, height, ratio }; screen = world·scale + left. */
  draw(view) {
    const { width, height, ratio } = view, began = performance.now();
    const wide = Math.ceil(width * (1 + 2 * MARGIN) * ratio), high = Math.ceil(height * (1 + 2 * MARGIN) * ratio);
    const box = [-width * MARGIN, -height * MARGIN, width * (1 + MARGIN), height * (1 + MARGIN)];
    Layer.image?.close?.();
    Layer.image = picture(wide, high, ctx => {
      ctx.setTransform(ratio, 0, 0, ratio, width * MARGIN * ratio, height * MARGIN * ratio);
      if (Stage.large) {
        Layer.thinLines(ctx, view, box);
        Layer.dots(ctx, view, box);
      }
      const { a, b } = G.lines, { lifted } = Stage;
      drawLines(ctx, view, box, [...Stage.liveLines()].filter(l => a[l] !== lifted && b[l] !== lifted));
      Layer.nodes(ctx, view, box);
    });
    Layer.view = { ...view };
    Layer.drawn = performance.now();
    Layer.cost = Layer.drawn - began;
  },

  /** Whether the picture, moved to the view `now`, still fills the stage. */
  covers(now) {
    const then = Layer.view;
    if (!then || then.width !== now.width || then.height !== now.height || then.ratio !== now.ratio) return false;
    const [x, y, zoom] = Layer.offset(now);
    return x <= 0 && y <= 0 && x + then.width * (1 + 2 * MARGIN) * zoom >= now.width && y + then.height * (1 + 2 * MARGIN) * zoom >= now.height;
  },

  offset(now) {
    const then = Layer.view, zoom = now.scale / then.scale;
    return [now.left - (then.left + then.width * MARGIN) * zoom, now.top - (then.top + then.height * MARGIN) * zoom, zoom];
  },

  /** Put the picture where it belongs in the present view. */
  show(ctx, now) {
    const [x, y, zoom] = Layer.offset(now), { image, view: { ratio } } = Layer;
    if (zoom === 1) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.drawImage(image, Math.round(x * ratio), Math.round(y * ratio));
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    } else ctx.drawImage(image, x, y, image.width / ratio * zoom, image.height / ratio * zoom);
  },

  /** The lines of the first frame that aren't live: a sample is enough behind the rest. */
  thinLines(ctx, { scale, left, top }, [x0, y0, x1, y1]) {
    const { a, b, first } = G.lines;
    ctx.strokeStyle = ink('edge');
    ctx.globalAlpha = (Stage.marked ? 0.4 : 1) * Math.min(0.5, 0.1 * Math.max(1, scale ** 0.8));
    ctx.lineWidth = 0.8;
    let some = 0;
    ctx.beginPath();
    for (let l = 0; l < first; l++) {
      const p = a[l], q = b[l];
      if (V.line[l] < 0 || (Stage.live.has(p) && Stage.live.has(q))) continue;
      const ax = G.x[p] * scale + left, ay = G.y[p] * scale + top, bx = G.x[q] * scale + left, by = G.y[q] * scale + top;
      if (Math.max(ax, bx) < x0 || Math.min(ax, bx) > x1 || Math.max(ay, by) < y0 || Math.min(ay, by) > y1) continue;
      ctx.moveTo(ax, ay);
      ctx.lineTo(bx, by);
      if (++some % 200 === 0) { ctx.stroke(); ctx.beginPath(); }
    }
    ctx.stroke();
  },

  dots(ctx, { scale, left, top }, [x0, y0, x1, y1]) {
    const grow = Math.max(1, scale ** 0.5);
    ctx.globalAlpha = Stage.marked ? 0.25 : 0.8;
    G.classes.forEach(({ colour }, kind) => {
      ctx.fillStyle = colour;
      for (let i = 0; i < G.drawn; i++) {
        if (G.nodes.kind[i] !== kind || !V.node[i] || Stage.live.has(i)) continue;
        const x = G.x[i] * scale + left, y = G.y[i] * scale + top, r = Math.max(0.8, G.nodes.size[i] * 0.4) * grow;
        if (x > x0 && x < x1 && y > y0 && y < y1) ctx.fillRect(x - r, y - r, 2 * r, 2 * r);
      }
    });
  },

  /** The live nodes, the most important on top. */
  nodes(ctx, { scale, left, top, ratio }, [x0, y0, x1, y1]) {
    for (const node of [...Stage.live].sort((p, q) => q - p)) {
      const x = G.x[node] * scale + left, y = G.y[node] * scale + top;
      if (!V.node[node] || node === Stage.lifted || x < x0 || x > x1 || y < y0 || y > y1) continue;
      ctx.globalAlpha = !Stage.marked || Stage.marked.nodes.has(node) ? 1 : Stage.faint;
      drawNode(ctx, node, x, y, Stage.radius(node, scale), ratio);
    }
    ctx.globalAlpha = 1;
  },
};

/** One node of radius `r`, copied from a picture of its class and size. */
function drawNode(ctx, node, x, y, r, ratio) {
  const size = Math.round(r * 2) / 2, kind = G.nodes.kind[node];
  if (Stage.light && !Stage.moving) { paintNode(ctx, kind, x, y, r); return; }
  const key = `node${kind}/${size}/${ratio}`;
  let image = sprites.get(key);
  if (!image) {
    const half = Math.ceil(size * 1.4 + 3);
    image = picture(Math.ceil(half * 2 * ratio), Math.ceil(half * 2 * ratio), own => {
      own.scale(ratio, ratio);
      paintNode(own, kind, half, half, size);
    });
    sprites.set(key, image);
  }
  ctx.drawImage(image, x - image.width / ratio / 2, y - image.height / ratio / 2, image.width / ratio, image.height / ratio);
}

function paintNode(ctx, kind, x, y, r) {
  const { colour, shape } = G.classes[kind];
  ctx.beginPath();
  trace(ctx, shape, x, y, r);
  ctx.fillStyle = colour;
  ctx.strokeStyle = rim(colour);
  ctx.lineWidth = r > 5 ? 1.3 : 0.9;
  ctx.lineJoin = 'round';
  ctx.fill();
  ctx.stroke();
}
