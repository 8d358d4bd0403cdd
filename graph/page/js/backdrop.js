// The many nodes of a large graph that are not live: dots and thin lines on a still picture, drawn
// when the view comes to rest and moved along with it until then.

const MOST_LINES = 9000;

const Backdrop = {
  image: document.createElement('canvas'),
  view: null,

  /** Draw the picture for this view: { scale, left, top, width, height, ratio } (screen = world·scale + left). */
  draw(view, live) {
    const { image } = Backdrop, { width, height, ratio } = view, margin = 0.15;
    image.width = Math.ceil(width * (1 + 2 * margin) * ratio);
    image.height = Math.ceil(height * (1 + 2 * margin) * ratio);
    const ctx = image.getContext('2d');
    ctx.setTransform(ratio, 0, 0, ratio, width * margin * ratio, height * margin * ratio);
    const box = [-width * margin, -height * margin, width * (1 + margin), height * (1 + margin)];
    Backdrop.lines(ctx, view, box, live);
    Backdrop.dots(ctx, view, box, live);
    Backdrop.view = { ...view, margin };
  },

  lines(ctx, { scale, left, top }, [x0, y0, x1, y1], live) {
    const { a, b, count } = G.lines, step = Math.max(1, Math.ceil(count / MOST_LINES));
    ctx.beginPath();
    for (let l = 0; l < count; l += step) {
      const p = a[l], q = b[l];
      if (V.line[l] < 0 || (live(p) && live(q))) continue;
      const ax = G.x[p] * scale + left, ay = G.y[p] * scale + top, bx = G.x[q] * scale + left, by = G.y[q] * scale + top;
      if (Math.max(ax, bx) < x0 || Math.min(ax, bx) > x1 || Math.max(ay, by) < y0 || Math.min(ay, by) > y1) continue;
      ctx.moveTo(ax, ay);
      ctx.lineTo(bx, by);
    }
    ctx.strokeStyle = ink('edge');
    ctx.globalAlpha = Math.min(0.5, 0.09 * Math.max(1, scale ** 0.8));
    ctx.lineWidth = 0.8;
    ctx.stroke();
  },

  dots(ctx, { scale, left, top }, [x0, y0, x1, y1], live) {
    const grow = Math.max(1, scale ** 0.5);
    ctx.globalAlpha = 0.75;
    G.classes.forEach(({ colour }, kind) => {
      ctx.fillStyle = colour;
      for (let i = 0; i < G.drawn; i++) {
        if (G.nodes.kind[i] !== kind || !V.node[i] || live(i)) continue;
        const x = G.x[i] * scale + left, y = G.y[i] * scale + top, r = Math.max(0.9, G.nodes.size[i] * 0.45) * grow;
        if (x > x0 && x < x1 && y > y0 && y < y1) ctx.fillRect(x - r, y - r, 2 * r, 2 * r);
      }
    });
  },

  /** Put the picture where it belongs in the present view. */
  show(ctx, now) {
    const then = Backdrop.view;
    if (!then) return;
    const zoom = now.scale / then.scale, { image } = Backdrop;
    const x = now.left - then.left * zoom - then.width * then.margin * zoom, y = now.top - then.top * zoom - then.height * then.margin * zoom;
    ctx.drawImage(image, x, y, image.width / then.ratio * zoom, image.height / then.ratio * zoom);
  },
};
