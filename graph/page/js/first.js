// The first frame: drawn from the head of the file, before the facts, texts and scripts behind it are read, on a
// canvas that goes when vis-network's has the same picture.

const First = {
  /** Resolves when the frame is painted, or when there is another state to open with than the first. */
  done: null,

  async draw() {
    theme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    foldFilters(!narrow());
    First.read(await readBlock('network'));
    if (location.hash.length > 1 || !G.drawn) return;
    await frame();
    First.paint();
    await frame();
  },

  read(network) {
    const { first: { nodes, far, way, weight, ...more }, edges } = network, ends = [...edges.flat(), ...far];
    Object.assign(G, more, { network, drawn: nodes.x.length, count: nodes.x.length, x: Float64Array.from(nodes.x), y: Float64Array.from(nodes.y) });
    G.nodes = { ...nodes, label: network.nodes.map(node => node.label) };
    // On a window that is taller than wide, the layout lies on its side.
    if (innerHeight > innerWidth * 1.1) {
      [G.x, G.y] = [G.y, G.x];
      for (const node of network.nodes) [node.x, node.y] = [node.y, node.x];
    }
    G.lines = { a: ends.filter((_, i) => i % 2 === 0), b: ends.filter((_, i) => i % 2), count: way.length, first: way.length };
    V.node = new Uint8Array(G.drawn).fill(1);
    for (const node of nodes.hidden) V.node[node] = 0;
    V.line = Int8Array.from(weight, n => (n ? STATED : -1));
    V.way = way;
    V.weight = weight;
    V.denied = new Uint8Array(way.length);
  },

  paint() {
    const canvas = $('first'), stage = $('stage'), ratio = devicePixelRatio || 1, width = stage.clientWidth, height = stage.clientHeight;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    Stage.enlist();
    Stage.few = Array.from(G.lines.a, (_, line) => line);
    Stage.tone(G.crowd);
    G.said.forEach((ways, line) => lineTexts.set(line, inFewWords(ways)));
    const { scale, position: { x, y } } = Stage.framed(null);
    const view = Stage.view = { scale, ratio, left: width / 2 - x * scale, top: height / 2 - y * scale, width, height }, ctx = canvas.getContext('2d');
    Stage.under(ctx, view);
    Stage.over(ctx, view);
    Stage.painted();
  },
};

/** The next frame. */
const frame = () => new Promise(done => requestAnimationFrame(done));

First.done = First.draw();
