// Puts right by hand who said what, and takes it back; for who has the write token. The page comes
// anew from the server after each change.
const KEY = 'verbatim-token';  // kept by the library page, in this tab
const head = document.querySelector('#main');

async function send(path, options) {
  const key = sessionStorage.getItem(KEY);
  const headers = {...options.headers, ...(key && {Authorization: `Bearer ${key}`})};
  const reply = await fetch(path, {...options, headers}).catch(() => null);
  if (!reply) throw new Error('The server cannot be reached.');
  const said = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Error(said.error || `The server answered ${reply.status}.`);
}

// A form's fields, the places as numbers; the button that was pressed may stand for nobody, or
// for a role.
function record(form, button) {
  const fields = Object.fromEntries(new FormData(form));
  for (const name of ['start', 'end']) if (name in fields) fields[name] = Number(fields[name]);
  if (button.dataset.nobody) fields[button.dataset.nobody] = null;
  return fields;
}

async function change(from, path, options) {
  const said = from.closest('[data-writers]').querySelector('.said');
  try {
    await send(path, options);
    // Whoever was put right may have no page of that name any more.
    if (from.dataset.then) location.assign(from.dataset.then);
    else location.reload();
  } catch (error) {
    said.textContent = '';  // so that the same words are heard again
    setTimeout(() => { said.textContent = error.message; }, 50);
  }
}

document.addEventListener('submit', event => {
  const form = event.target.closest('form[data-correct]');
  if (!form) return;
  event.preventDefault();
  change(event.submitter, 'api/corrections', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(record(form, event.submitter)),
  });
});
document.addEventListener('click', event => {
  const button = event.target.closest('button[data-take-back]');
  if (button) change(button, `api/corrections/${button.dataset.takeBack}`, {method: 'DELETE'});
});

if ('mayWrite' in head.dataset || sessionStorage.getItem(KEY)) {
  document.querySelectorAll('[data-needs-write]').forEach(each => { each.hidden = false; });
}
