// The engine's own thread: joined behind oxigraph's script, it loads the graph once and answers queries.
// A thread of its own keeps the page alive while a query runs, and can be stopped.

let store = null;

/** Base64 of gzip as bytes. */
async function unpacked(text) {
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const deeds = {
  async load({ wasm, content, text, media, base }) {
    initSync({ module: await unpacked(wasm) });
    store = new Store();
    store.load(text ?? await unpacked(content), { format: media, base_iri: base, lenient: true });
    return { triples: store.size };
  },

  async ask({ text, format }) {
    const began = performance.now(), found = store.query(text, { results_format: format, use_default_graph_as_union: true });
    return { found, milliseconds: performance.now() - began };
  },
};

addEventListener('message', async ({ data: { id, deed, given } }) => {
  try {
    postMessage({ id, given: await deeds[deed](given) });
  } catch (error) {
    postMessage({ id, error: String(error?.message ?? error) });
  }
});
