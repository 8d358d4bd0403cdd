// Unpacks the page's scripts, vis-network and our own; the policy of the page knows the checksum of each.

(async () => {
  if (!self.DecompressionStream) { document.body.textContent = 'This page needs a browser of 2023 or newer.'; return; }
  const unpack = async text => {
    const letters = atob(text), bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  };
  for (const text of await Promise.all(JSON.parse(document.getElementById('scripts').textContent).map(unpack))) {
    const script = document.createElement('script');
    script.textContent = text;
    document.head.append(script);
  }
})();
