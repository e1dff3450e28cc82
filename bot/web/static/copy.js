// Copies a citation instead of opening it: a link with data-copy leads to its text.
import {copy} from './clipboard.js';

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
