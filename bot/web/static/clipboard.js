// Puts a text on the clipboard; whether that was allowed.
export async function copy(text) {
  // For secure pages only; many a newsroom's server is none.
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
