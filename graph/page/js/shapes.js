// The shapes of the classes: on the canvas, in the legend, in a saved SVG.

const CORNERS = {
  triangle: polygon(3, -90), triangleDown: polygon(3, 90), square: polygon(4, 45), diamond: polygon(4, 0),
  hexagon: polygon(6, 0), star: starred(5),
};
// So that every shape looks equally large.
const GROWN = { dot: 1, triangle: 1.22, triangleDown: 1.1, square: 1.2, diamond: 1.22, hexagon: 1.08, star: 1.36, value: 0.8 };

function polygon(n, turn) {
  return Array.from({ length: n }, (_, i) => {
    const angle = (i * 360 / n + turn) * Math.PI / 180;
    return [Math.cos(angle), Math.sin(angle)];
  });
}

function starred(n) {
  return Array.from({ length: 2 * n }, (_, i) => {
    const angle = (i * 180 / n - 90) * Math.PI / 180, r = i % 2 ? 0.45 : 1;
    return [Math.cos(angle) * r, Math.sin(angle) * r];
  });
}

/** A picture of `width` by `height` device pixels, drawn by `draw(ctx)`: fixed, so that copying it is cheap. */
function picture(width, height, draw) {
  const made = typeof OffscreenCanvas === 'function' ? new OffscreenCanvas(width, height) : el('canvas', { width, height });
  draw(made.getContext('2d'));
  return made.transferToImageBitmap?.() ?? made;
}

/** Add a shape of radius `r` at (x, y) to the path of `ctx`. */
function trace(ctx, shape, x, y, r) {
  const size = r * (GROWN[shape] ?? 1), corners = CORNERS[shape];
  if (!corners) {
    ctx.moveTo(x + size, y);
    ctx.arc(x, y, size, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], i) => (i ? ctx.lineTo(x + dx * size, y + dy * size) : ctx.moveTo(x + dx * size, y + dy * size)));
  ctx.closePath();
}

/** The same shape as the `d` of an SVG path. */
function shapePath(shape, x, y, r) {
  const size = r * (GROWN[shape] ?? 1), corners = CORNERS[shape], at = n => n.toFixed(1);
  if (!corners) return `M${at(x - size)} ${at(y)}a${at(size)} ${at(size)} 0 1 0 ${at(2 * size)} 0a${at(size)} ${at(size)} 0 1 0 ${at(-2 * size)} 0Z`;
  return 'M' + corners.map(([dx, dy]) => `${at(x + dx * size)} ${at(y + dy * size)}`).join('L') + 'Z';
}

/** A small picture of a class for the legend and lists. */
function icon(kind) {
  const { colour, shape } = G.classes[kind], space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg'), path = document.createElementNS(space, 'path');
  svg.setAttribute('viewBox', '-8 -8 16 16');
  svg.setAttribute('class', 'icon-of-class');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', shapePath(shape, 0, 0, 5.4));
  path.setAttribute('fill', colour);
  path.setAttribute('stroke', rim(colour));
  svg.append(path);
  return svg;
}

/** A class colour mixed towards the text colour: dark on white, light on black. */
const rims = new Map();
function rim(colour) {
  const known = rims.get(colour);
  if (known) return known;
  const dark = document.documentElement.dataset.theme === 'dark', to = dark ? 255 : 0, share = dark ? 0.35 : 0.42;
  const mix = at => Math.round(parseInt(colour.slice(at, at + 2), 16) * (1 - share) + to * share);
  const mixed = `rgb(${mix(1)},${mix(3)},${mix(5)})`;
  rims.set(colour, mixed);
  return mixed;
}
