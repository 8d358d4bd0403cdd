// Named queries, a click away: their parameters in a small form, bound as terms and never as SPARQL.

const Shelf = {
  open: null,

  make() {
    return [el('div', { class: 'shelf', role: 'group', 'aria-label': 'Named queries' }, ...Engine.carried.queries.map(query => el('button', { title: query.about, 'aria-pressed': 'false', data: { testid: `shelf-${query.name}`, name: query.name }, onclick: () => Shelf.choose(query) }, query.name))),
      el('form', { id: 'parameters', hidden: true, onsubmit: event => { event.preventDefault(); Shelf.run(); } })];
  },

  /** Show a query's parameters; one that needs none is asked at once. */
  choose(query) {
    Shelf.open = query;
    for (const button of document.querySelectorAll('.shelf button')) button.setAttribute('aria-pressed', button.dataset.name === query.name ? 'true' : 'false');
    $('parameters').replaceChildren(el('p', {}, query.about), ...query.parameters.map(Shelf.field), ...(query.parameters.length ? [el('button', { class: 'main', data: { testid: 'shelf-run' } }, 'Ask')] : []));
    $('parameters').hidden = false;
    const needed = query.parameters.findIndex(({ fallback, name }) => fallback === null && !Shelf.input(name).value);
    if (needed < 0) Shelf.run();
    else Shelf.input(query.parameters[needed].name).focus();
  },

  input: name => $('parameters').querySelector(`[data-parameter="${name}"]`),

  field({ name, kind, fallback, about }) {
    const chosen = kind === 'entity' && fallback === null && S.selected?.node !== undefined ? labelOf(S.selected.node) : fallback ?? '';
    const given = { data: { parameter: name, testid: `parameter-${name}` }, title: about, required: fallback === null };
    if (kind === 'status') return el('label', {}, upper(name), el('select', given, ...G.statuses.map(status => el('option', { value: status, selected: status === fallback }, STATUS_WORDS[status]))));
    const known = kind === 'entity' || kind === 'document', list = known && el('datalist', { id: `known-${name}` });
    const hints = () => list.replaceChildren(...Shelf.names(kind, Shelf.input(name).value).map(value => el('option', { value })));
    return el('label', {}, upper(name), el('input', { ...given, type: kind === 'number' ? 'number' : 'text', min: 0, value: chosen, list: known && `known-${name}`, oninput: known && hints, onfocus: known && hints, autocomplete: 'off', placeholder: fallback === '' ? 'any' : null }), list);
  },

  names(kind, typed) {
    const low = plain(typed.trim()), all = kind === 'document' ? G.documents.map(d => d.id) : G.nodes.label.slice(0, G.entities);
    return all.filter(name => plain(name.slice(0, 200)).includes(low)).slice(0, 12);
  },

  async run() {
    const query = Shelf.open;
    try {
      const terms = {};
      for (const parameter of query.parameters) terms[parameter.name] = await Shelf.terms(parameter, Shelf.input(parameter.name).value.trim());
      go({ query: query.text.replace(/^# param .*\n/gm, '').replace(/VALUES \?(\w+) \{\}/g, (_, name) => `VALUES ?${name} { ${terms[name]} }`).trim() });
    } catch (error) {
      Sparql.tell(upper(error.message), 'bad');
    }
  },

  async terms({ name, kind, fallback }, value) {
    if (kind === 'number') {
      if (!/^\d{1,9}$/.test(value)) throw new Error(`${name}: a whole number is needed`);
      return value;
    }
    if (kind === 'status') return `<${Engine.carried.prefixes.fl}${upper(value)}>`;
    if (kind === 'text') return quoted(value);
    if (!value && fallback === '') return 'UNDEF';
    if (!value) throw new Error(`${name}: which ${kind}?`);
    const low = plain(value).replace(/\s+/g, ' ');
    Search.index();
    const known = kind === 'entity' ? Search.names.flatMap((names, i) => (names.includes(low) || iriOf(i) === value ? [iriOf(i)] : [])).filter(iri => !iri.startsWith('_:')) : [];
    if (known.length) return known.map(iri => `<${iri}>`).join(' ');
    Sparql.tell('Looking the name up …', 'busy');
    const called = kind === 'document' ? 'dcterms:identifier|dcterms:title' : 'rdfs:label|skos:altLabel', wanted = quoted(value.toLowerCase().replace(/\s+/g, ' '));
    const { rows } = await Engine.ask(`SELECT DISTINCT ?n { ?n ${called} ?name FILTER(isIRI(?n) && (LCASE(STR(?name)) = ${wanted} || STR(?n) = ${quoted(value)})) } ORDER BY ?n`);
    if (!rows.length) throw new Error(`no ${kind} is called “${short(value, 60)}”`);
    return rows.map(({ n }) => `<${n.value}>`).join(' ');
  },
};

const quoted = text => '"' + text.replace(/[\\"]/g, c => '\\' + c).replace(/\n/g, '\\n').replace(/\r/g, '\\r') + '"';
