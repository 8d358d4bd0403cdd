// SPARQL, run by oxigraph in a thread of its own. Nothing of it is unpacked before the first question.

const Engine = {
  thread: null, ready: null, waiting: new Map(), asked: 0, triples: 0,
  LONGEST: 30_000, LOADING: 180_000, // milliseconds

  there: () => Boolean($('engine')),

  /** Prefixes and named queries, read once. */
  get carried() {
    return Engine.held ??= JSON.parse($('rdf').textContent);
  },

  /** Start the thread and load the graph; a second call waits for the first. */
  start() {
    return Engine.ready ??= Engine.load().catch(error => { Engine.stop(error.message); throw error; });
  },

  async load() {
    const { program, wasm } = JSON.parse($('engine').textContent), { base } = Engine.carried;
    const address = URL.createObjectURL(new Blob([await unzipped(program)], { type: 'text/javascript' }));
    Engine.thread = new Worker(address);
    Engine.thread.addEventListener('message', Engine.answered);
    Engine.thread.addEventListener('error', event => { event.preventDefault(); Engine.stop(`the engine did not start: ${event.message || 'this browser refused it'}`); });
    const { triples } = await Engine.tell('load', { wasm, base, ...Engine.graph() }, Engine.LOADING);
    URL.revokeObjectURL(address);
    Engine.triples = triples;
  },

  /** Whether the graph is too large to be carried a second time: then it is made from what the page holds. */
  get plain() { return !Engine.carried.content; },

  graph() {
    if (Engine.plain) return { text: [...plainTriples()].join(''), media: 'application/n-triples' };
    return { content: Engine.carried.content, media: Engine.carried.media };
  },

  tell(deed, given, longest) {
    const id = ++Engine.asked;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => Engine.stop(`stopped after ${Math.round(longest / 1000)} seconds; ask for less, or use factloom query`), longest);
      Engine.waiting.set(id, { resolve, reject, timer });
      Engine.thread.postMessage({ id, deed, given });
    });
  },

  answered({ data: { id, given, error } }) {
    const { resolve, reject, timer } = Engine.waiting.get(id) ?? {};
    clearTimeout(timer);
    Engine.waiting.delete(id);
    if (error === undefined) resolve?.(given);
    else reject?.(new Error(error));
  },

  /** End the thread and whatever it does; the next question starts a new one. */
  stop(why = 'stopped') {
    Engine.thread?.terminate();
    Engine.thread = Engine.ready = null;
    for (const { reject, timer } of Engine.waiting.values()) { clearTimeout(timer); reject(new Error(why)); }
    Engine.waiting.clear();
  },

  /** The answer to a query: `{ form, columns, rows, milliseconds }`; a row holds terms as in SPARQL results JSON. */
  async ask(text, longest = Engine.LONGEST) {
    const form = formOf(text);
    if (!form) throw new Error('a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE');
    if (/(?<![\w?$:.-])FROM\b(?!:)/i.test(bare(text))) throw new Error('FROM is refused: a query reads the graph of this page and no other');
    const unknown = undeclared(text);
    if (unknown !== undefined) throw new Error(`the prefix ${unknown}: is not declared`);
    await Engine.start();
    const graph = form === 'CONSTRUCT' || form === 'DESCRIBE';
    try {
      const { found, milliseconds } = await Engine.tell('ask', { text: withPrefixes(text), format: graph ? 'application/n-triples' : 'json' }, longest);
      return { form, milliseconds, ...(graph ? triplesOf(found) : tableOf(JSON.parse(found))) };
    } catch (error) {
      throw new Error(inPlace(error.message));
    }
  },
};

/** A query without comments, IRIs and strings, so that its words can be looked at. */
const bare = text => text.replace(/<[^<>"{}|^`\\\s]*>|"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, ' ');

const formOf = text => bare(text).match(/(?<![\w?$:.-])(SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|DROP)\b(?!:)/i)?.[1].toUpperCase().replace(/^(INSERT|DELETE|LOAD|CLEAR|DROP)$/, '');

/** The prefixes a query declares itself. */
const declared = text => new Set([...bare(text).matchAll(/\bPREFIX\s+([\w.-]*):/gi)].map(m => m[1]));

/** The first prefix that neither the query nor the page declares. */
function undeclared(text) {
  const known = new Set([...declared(text), ...Object.keys(Engine.carried.prefixes), '_']);
  const used = [...bare(text).matchAll(/(?<![\w?$:%.\\-])([\p{L}_][\p{L}\p{N}_.-]*)?:/gu)].map(m => m[1] ?? '');
  return used.find(prefix => !known.has(prefix));
}

/** The query under the prefixes it doesn't declare, all on one line before it. */
function withPrefixes(text) {
  const own = declared(text), lines = Object.entries(Engine.carried.prefixes).filter(([name]) => !own.has(name)).map(([name, iri]) => `PREFIX ${name}: <${iri}>`);
  return lines.join(' ') + '\n' + text;
}

/** An engine's message with the line as the reader counts it. */
const inPlace = message => message.replace(/, \[[^]*$/, '').replace(/\berror at (\d+):(\d+)/, (_, line, column) => `line ${line - 1}, column ${column}`);

function tableOf({ head, results, boolean }) {
  if (boolean !== undefined) return { columns: ['answer'], rows: [{ answer: { type: 'literal', value: boolean ? 'yes' : 'no' } }] };
  return { columns: head.vars, rows: results.bindings };
}

const TRIPLE = /^(<[^>]*>|_:\S+) <([^>]*)> (.*) \.$/, TEXT = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?$/;

function triplesOf(lines) {
  const rows = lines.split('\n').flatMap(line => {
    const [, subject, predicate, object] = line.match(TRIPLE) ?? [];
    return subject ? [{ subject: termOf(subject), predicate: { type: 'uri', value: predicate }, object: termOf(object) }] : [];
  });
  return { columns: ['subject', 'predicate', 'object'], rows, lines };
}

const ESCAPES = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f' };
const unescaped = text => text.replace(/\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))/gi, (_, four, eight, one) => (one ? ESCAPES[one] ?? one : String.fromCodePoint(parseInt(four ?? eight, 16))));

function termOf(text) {
  if (text.startsWith('<') && !text.startsWith('<<')) return { type: 'uri', value: unescaped(text.slice(1, -1)) };
  const [, value, language, datatype] = text.match(TEXT) ?? [];
  if (value === undefined) return { type: 'bnode', value: text.replace(/^_:/, '') };
  return { type: 'literal', value: unescaped(value), ...(language && { 'xml:lang': language }), ...(datatype && { datatype }) };
}
