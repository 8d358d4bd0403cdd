// What everything else reads: the graph `G`, what the reader has chosen `S`, what is therefore seen `V`.

const G = {};

/** The text behind base64 of gzip. */
async function unzipped(text) {
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

async function readBlock(id) {
  const value = JSON.parse($(id).textContent);
  return typeof value === 'string' ? JSON.parse(await unzipped(value)) : value;
}

const labelOf = node => G.nodes.label[node];
const classOf = node => G.classes[G.nodes.kind[node]];
const isValue = node => node >= G.entities;
const relationOf = fact => G.relations[G.facts.r[fact]];

const SHOWN_FIRST = new Set([0]);

const S = {
  view: 'graph',
  selected: null, // { node } | { line } | { fact } | { path: [from, to] } | { sentence } | { silent } | { topic }
  focus: null, // { node, hops }
  document: 0,
  statuses: new Set(SHOWN_FIRST),
  offClasses: new Set(),
  offRelations: new Set(),
  offDocuments: new Set(),
  confidence: 0,
  query: '', // SPARQL
  from: '', to: '', // dates of documents, ISO 8601
};

const STATED = 0, DENIED = 5;

const V = {
  fact: new Int8Array(0), // the strongest status shown, or -1
  node: new Uint8Array(0),
  line: new Int8Array(0),
  way: new Uint8Array(0), // 1: first to second, 2: second to first, 3: both
  denied: new Uint8Array(0), // some shown evidence denies a fact of the line
  weight: new Uint16Array(0), // facts on the line
  document: new Uint8Array(0),
  facts: 0, nodes: 0, hiddenByStatus: 0,
};

function theme(name) {
  document.documentElement.dataset.theme = name;
  inks.clear();
  sprites.clear();
  rims.clear();
}

function foldFilters(open) {
  document.body.classList.toggle('folded', !open);
  $('show-filters').setAttribute('aria-expanded', open ? 'true' : 'false');
}
