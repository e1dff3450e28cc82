// Copies a citation instead of opening it: a link with data-copy leads to its text.
'use strict';
document.addEventListener('click', async event => {
  const link = event.target.closest('a[data-copy]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const reply = await fetch(link.href).catch(() => null);
  const text = reply ? await reply.text() : '';
  const status = document.querySelector('.copied');
  if (!reply || !reply.ok) status.textContent = 'The citation could not be fetched.';
  else if (await copy(text)) confirm(link, status);
  else location.assign(link.href);  // there it can be copied by hand
});

function confirm(link, status) {
  const name = link.dataset.name || link.textContent;
  link.dataset.name = name;
  link.textContent = 'Copied';
  setTimeout(() => { link.textContent = name; }, 1500);
  status.textContent = '';  // so that the same words are heard again
  setTimeout(() => { status.textContent = 'The citation is copied.'; }, 50);
}

// The clipboard is for secure pages only; many a newsroom's server is none.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const box = document.createElement('textarea');
  box.value = text;
  document.body.append(box);
  const focused = document.activeElement;
  box.select();
  const done = document.execCommand('copy');
  box.remove();
  focused.focus();
  return done;
}
