// Unpacks the page's other scripts, vis-network and our own; the policy of the page knows the checksum of each.

(async () => {
  if (!self.DecompressionStream) { document.body.textContent = 'This page needs a browser of 2023 or newer.'; return; }
  const texts = await Promise.all(JSON.parse($('scripts').textContent).map(unzipped));
  await First.done;
  for (const text of texts) {
    const script = document.createElement('script');
    script.textContent = text;
    document.head.append(script);
  }
})();
