// What can be taken away: a picture, the table, the shown facts as Turtle.

const Files = {
  make() {
    const entries = [['Picture (PNG)', Files.png, 'png'], ['Drawing (SVG)', Files.svg, 'svg'], ['Copy shown facts as CSV', () => copyText(Files.csv(), 'Facts copied as CSV'), 'csv'],
      ['Copy shown facts as Turtle', () => copyText(Files.turtle(), 'Facts copied as Turtle'), 'turtle'], ['Copy a link to this view', copyLink, 'link'], ['Print', () => print(), 'print']];
    $('saves').replaceChildren(...entries.map(([label, act, name]) => el('button', { data: { testid: `save-${name}` }, onclick: () => { Files.toggle(false); act(); } }, label)));
    addEventListener('beforeprint', Files.beforePrint);
    addEventListener('afterprint', Files.afterPrint);
    $('save').addEventListener('click', () => Files.toggle($('saves').hidden));
    document.addEventListener('click', event => { if (!event.target.closest('#save, #saves')) Files.toggle(false); });
  },

  toggle(open) {
    $('saves').hidden = !open;
    $('save').setAttribute('aria-expanded', open ? 'true' : 'false');
  },

  shown() {
    return Array.from({ length: G.facts.count }, (_, f) => f).filter(f => V.fact[f] >= 0);
  },

  /** The view as it stands on a canvas of its own, `ratio` device pixels to one of the page. */
  canvas(ratio) {
    const view = { ...Stage.view, ratio }, held = [Layer.image, Layer.view];
    const made = el('canvas', { width: Math.ceil(view.width * ratio), height: Math.ceil(view.height * ratio) }), ctx = made.getContext('2d');
    Layer.image = null;
    Layer.draw(view);
    ctx.scale(ratio, ratio);
    ctx.fillStyle = ink('canvas');
    ctx.fillRect(0, 0, view.width, view.height);
    Layer.show(ctx, view);
    Stage.overlay(ctx, view);
    [Layer.image, Layer.view] = held;
    return made;
  },

  png() {
    Files.canvas(Math.max(2, devicePixelRatio)).toBlob(blob => download(blob, 'graph.png'));
  },

  /** Paper is white: print a picture in light colours, whatever the theme. */
  beforePrint() {
    Files.theme = document.documentElement.dataset.theme;
    theme('light');
    Stage.label(Stage.view);
    $('printed').src = Files.canvas(2).toDataURL();
  },

  afterPrint() {
    theme(Files.theme);
    $('printed').removeAttribute('src');
    Stage.dirty = true;
    Stage.redraw();
  },

  svg() {
    const { width, height, scale } = Stage.view, out = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif">`, `<rect width="100%" height="100%" fill="${ink('canvas')}"/>`];
    for (const l of Stage.liveLines()) {
      const [ax, ay] = Stage.at(G.lines.a[l]), [bx, by] = Stage.at(G.lines.b[l]), denied = V.line[l] === DENIED;
      out.push(`<path d="M${ax.toFixed(1)} ${ay.toFixed(1)}L${bx.toFixed(1)} ${by.toFixed(1)}" stroke="${ink(denied ? 'denied' : 'edge')}" stroke-dasharray="${dashes(V.line[l]).join(' ')}" fill="none"><title>${xml([...G.lineFacts(l)].filter(f => V.fact[f] >= 0).map(inWords).join('\n'))}</title></path>`);
    }
    for (const node of Stage.live) {
      const [x, y] = Stage.at(node), { colour, shape } = classOf(node);
      if (V.node[node]) out.push(`<path d="${shapePath(shape, x, y, Stage.radius(node, scale))}" fill="${colour}" stroke="${rim(colour)}"><title>${xml(labelOf(node))}</title></path>`);
    }
    for (const { line, share } of Stage.labels.lines) {
      const [ax, ay] = Stage.at(G.lines.a[line]), [bx, by] = Stage.at(G.lines.b[line]);
      out.push(text(ax + (bx - ax) * share, ay + (by - ay) * share, lineText(line), LINE_FONT, ink('muted')));
    }
    for (const { node, side, sprite: made } of Stage.labels.nodes) {
      const [x, y] = Stage.at(node), [left, top] = corner(side, x, y, Stage.radius(node, scale), made);
      wrapped(labelOf(node)).forEach((row, i) => out.push(text(left + made.width / 2, top + 2 + LINE_HEIGHT * (i + 0.5), row, NODE_FONT, ink('text'))));
    }
    download(new Blob([out.join('') + '</svg>'], { type: 'image/svg+xml' }), 'graph.svg');

    function text(x, y, words, size, colour) {
      return `<text x="${x.toFixed(1)}" y="${(y + size * 0.35).toFixed(1)}" font-size="${size}" text-anchor="middle" fill="${colour}" stroke="${ink('canvas')}" stroke-width="3" paint-order="stroke">${xml(words)}</text>`;
    }
  },

  csv() {
    const rows = Files.shown().map(f => [...Table.shown().map(name => (name === 'status' ? G.statuses[V.fact[f]] : Table.columns[name](f))), iriOf(G.facts.s[f]), relationOf(f)[0], iriOf(G.facts.o[f])].map(csvCell).join(','));
    return [[...Table.shown(), 'subject IRI', 'relation IRI', 'object IRI'].map(csvCell).join(','), ...rows].join('\r\n') + '\r\n';
  },

  /** The stated facts that are shown, as plain triples; what is not stated stands in comments. */
  turtle() {
    return Files.shown().map(f => `${V.fact[f] === STATED ? '' : `# ${G.statuses[V.fact[f]]}: `}${tripleOf(f)}`).join('') || '\n';
  },
};

const iriTerm = text => `<${text.replace(/[\u0000-\u0020<>"{}|^`\\]/g, c => '%' + c.charCodeAt(0).toString(16).padStart(2, '0'))}>`;
const textTerm = text => '"' + text.replace(/[\\"]/g, c => '\\' + c).replace(/\n/g, '\\n').replace(/\r/g, '\\r') + '"';

function nodeTerm(node) {
  if (!isValue(node)) return iriTerm(iriOf(node));
  const [value, datatype] = G.nodes.values[node - G.entities];
  return datatype ? `${textTerm(value)}^^${iriTerm(datatype)}` : textTerm(value);
}

const tripleOf = fact => `${nodeTerm(G.facts.s[fact])} ${iriTerm(relationOf(fact)[0])} ${nodeTerm(G.facts.o[fact])} .\n`;

/** Names, classes and every fact that some sentence states, whatever the filters, as lines of N-Triples. */
function* plainTriples() {
  const named = (iri, label, property = 'http://www.w3.org/2000/01/rdf-schema#label') => `${iriTerm(iri)} <${property}> ${textTerm(label)} .\n`;
  for (const { iri, label } of G.classes) if (iri) yield named(iri, label);
  for (const [iri, label] of G.relations) yield named(iri, label);
  for (let node = 0; node < G.entities; node++) {
    yield named(iriOf(node), labelOf(node));
    for (const alias of G.nodes.aliases[node] ?? []) yield named(iriOf(node), alias, 'http://www.w3.org/2004/02/skos/core#altLabel');
    yield `${nodeTerm(node)} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ${iriTerm(classOf(node).iri)} .\n`;
  }
  for (let f = 0; f < G.facts.count; f++) if ([...evidenceOf(f)].some(row => G.evidence.status[row] === STATED)) yield tripleOf(f);
}

// A cell that opens like a formula is kept from being one in a spreadsheet.
const csvCell = text => `"${String(text).replace(/^([=+\-@\t\r])/, "'$1").replaceAll('"', '""')}"`;

const xml = text => String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ');

function download(blob, name) {
  const link = el('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  toast(`Saved ${name}`);
}

async function copyText(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    download(new Blob([text], { type: 'text/plain' }), 'factloom.txt');
    toast('This browser lets no page copy: saved as a file instead');
  }
}
