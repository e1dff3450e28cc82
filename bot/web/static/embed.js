// For other sites: <script src="https://VERBATIM/embed.js" async></script> turns each
//   <div class="verbatim" data-question="..." data-theme="light|dark|auto"><a href="...">...</a></div>
// into a frame with the answer; without data-question, with a box to ask in.
'use strict';
(() => {
  const base = new URL('.', document.currentScript.src);
  const MIN = 60, MAX = 2000;  // pixels

  function show(place) {
    place.dataset.verbatim = 'shown';  // for a second copy of this script too
    const {question = '', theme = 'light'} = place.dataset;
    const frame = document.createElement('iframe');
    frame.src = new URL(`frame?${new URLSearchParams({q: question, theme})}`, base).href;
    frame.title = question ? `Verbatim: ${question}` : 'Verbatim: ask the articles';
    frame.loading = 'lazy';
    // Without allow-same-origin: what is in there is no part of this site or of its own.
    frame.setAttribute('sandbox', 'allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox');
    frame.style.cssText = 'display:block;box-sizing:border-box;width:100%;height:160px;border:1px solid #c8ccd1;border-radius:3px';
    place.replaceChildren(frame);
  }

  function showAll() {
    document.querySelectorAll('div.verbatim:not([data-verbatim])').forEach(show);
  }

  addEventListener('message', event => {
    const frame = [...document.querySelectorAll('div.verbatim[data-verbatim] > iframe')]
      .find(each => each.contentWindow === event.source);
    // A sandbox has no origin, and says so.
    if (!frame || event.origin !== 'null' || !event.data || event.data.type !== 'verbatim:height') return;
    const height = Number(event.data.height);
    if (height > 0) frame.style.height = `${Math.min(Math.max(height + 2, MIN), MAX)}px`;
  });

  new MutationObserver(showAll).observe(document, {subtree: true, childList: true});
  showAll();
})();
