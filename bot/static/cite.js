// Makes a citation lead to its sentence. A link "#cite-TURN-NUMBER" names a sentence in the article
// pane; if the pane shows another answer's articles, the server is asked for those of TURN first.
'use strict';
(() => {
  let wanted = null;  // the citation that is waited for
  let wishes = 0;     // tells one wish for a turn from the next
  let from = null;    // the link that was followed, to come back to

  const inPane = id => {
    const sentence = document.getElementById(id);
    return sentence && sentence.closest('#pane') ? sentence : null;
  };

  function openArticle(sentence) {
    const article = sentence.closest('.cited-article');
    article.parentElement.querySelectorAll('.cited-article').forEach(
      each => each.classList.toggle('shut', each !== article));
    article.parentElement.querySelectorAll('.tab').forEach(tab => {
      const target = inPane(tab.getAttribute('href').slice(1));
      const current = Boolean(target) && target.closest('.cited-article') === article;
      tab.classList.toggle('current', current);
      tab.setAttribute('aria-current', String(current));
    });
  }

  function show(sentence) {
    wanted = null;
    openArticle(sentence);
    document.querySelectorAll('.sent.hit').forEach(each => each.classList.remove('hit'));
    sentence.classList.add('hit');
    sentence.scrollIntoView({block: 'center'});
    sentence.focus({preventScroll: true});
  }

  function ask(id) {
    const box = document.querySelector('#wanted textarea, #wanted input');
    if (!box) return;
    wanted = id;
    wishes += 1;
    box.value = `${id.split('-')[1]}#${wishes}`;
    box.dispatchEvent(new Event('input', {bubbles: true}));
  }

  document.addEventListener('click', event => {
    const link = event.composedPath().find(
      node => node.tagName === 'A' && (node.getAttribute('href') || '').startsWith('#cite-'));
    if (!link) return;
    event.preventDefault();
    if (!link.closest('#pane')) from = link;
    const id = link.getAttribute('href').slice(1);
    const sentence = inPane(id);
    if (sentence) show(sentence); else ask(id);
  }, true);

  // Escape leads from a sentence back to the citation that led there.
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !from || !from.isConnected) return;
    if (!document.activeElement || !document.activeElement.closest('#pane')) return;
    from.focus();
    from.scrollIntoView({block: 'nearest'});
  });

  // A fresh pane shows its first cited sentence: the pane scrolls, the page stays where it is.
  let shown = null;
  function freshPane() {
    const pane = document.getElementById('pane');
    const articles = pane && pane.querySelector('.cited-articles');
    if (wanted && inPane(wanted)) show(inPane(wanted));
    else if (articles && articles !== shown) {
      const first = articles.querySelector('.cited-article:not(.shut) .cited');
      const scroller = pane.closest('#reading');
      if (first && scroller)
        scroller.scrollTop += first.getBoundingClientRect().top
          - scroller.getBoundingClientRect().top - scroller.clientHeight / 3;
    }
    shown = articles;
  }

  // Gradio labels each message with its source text, marks and all; the message speaks for itself.
  function unlabel() {
    document.querySelectorAll('#chat [data-testid="bot"][aria-label], #chat [data-testid="user"][aria-label]')
      .forEach(message => message.removeAttribute('aria-label'));
  }

  new MutationObserver(() => { unlabel(); freshPane(); })
    .observe(document, {subtree: true, childList: true});
})();
