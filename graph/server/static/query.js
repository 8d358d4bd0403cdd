'use strict';
// The SPARQL editor: YASGUI on this server's endpoint alone, and the named queries above it.
(() => {
  const { Yasgui } = globalThis;
  const endpoint = new URL('/sparql', location.href).href;
  const first = `PREFIX fl: <https://w3id.org/factloom/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?who ?relation ?what {
  ?statement rdf:subject/rdfs:label ?who ; rdf:predicate/rdfs:label ?relation ; rdf:object/rdfs:label ?what ;
             fl:status fl:Stated .
} LIMIT 50`;

  // Its completion of prefixes and terms asks services on the network; here the server knows the prefixes.
  Yasgui.Yasqe.defaults.autocompleters = ['variables'];
  Yasgui.defaults.yasqe = { ...Yasgui.defaults.yasqe, value: first };
  const yasgui = new Yasgui(document.getElementById('editor'), {
    requestConfig: { endpoint, method: 'POST', headers: {} },
    endpointCatalogueOptions: { getData: () => [], keys: [] },
    copyEndpointOnNewTab: false,
    persistenceId: null,
    populateFromUrl: false,
    yasqe: { value: first, autocompleters: ['variables'], createShareableLink: null },
  });
  globalThis.editor = yasgui;

  const form = document.getElementById('shelf');
  const named = document.getElementById('named');
  const told = document.getElementById('told');
  named.addEventListener('change', () => {
    told.textContent = '';
    for (const set of form.querySelectorAll('fieldset')) {
      set.hidden = set.disabled = set.dataset.query !== named.value;
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    told.textContent = '';
    const values = new URLSearchParams(new FormData(form));
    const answer = await fetch(`/shelf/${named.value}?${values}`);
    const text = await answer.text();
    if (answer.ok) yasgui.getTab().getYasqe().setValue(text);
    else told.textContent = text;
  });
})();
